import type { Browsers } from './browsers.ts'
import { drive } from './drive.ts'
import type { Job } from './job.ts'
import type { Observed } from './observed.ts'
import type { FaultServer } from './server.ts'

/** What came of a job; an exception where it could not be driven at all. */
export type Result = Observed | Error

/**
 * Puts the jobs to so many pages side by side. A page is used again, as one that navigates; what hides its tab
 * has a tab of its own. Each result is told as it comes, and all are given in the order of the jobs.
 */
export async function runJobs(
  jobs: readonly Job[],
  pages: number,
  browsers: Browsers,
  server: FaultServer,
  onResult: (job: Job, result: Result) => void,
): Promise<void> {
  const waiting = [...jobs]
  /** Where nothing is kept that another job left. */
  const inContextOfItsOwn = async (job: Job) => {
    const own = await browsers.newContext()
    return drive(await own.newPage(), server, job).finally(() => own.close())
  }
  const work = async () => {
    const context = await browsers.newContext()
    const page = await context.newPage()
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const own = job
      const { plan, expect } = own.row
      const result = plan.pageFault?.startsWith('hidden')
        ? browsers.withWindow(async (window) => {
            const tab = await window.newPage()
            return drive(tab, server, own).finally(() => tab.close())
          })
        : expect.kept !== null
          ? inContextOfItsOwn(own)
          : drive(page, server, own)
      onResult(own, await result.catch((error: unknown) => asError(error)))
    }
    await context.close()
  }
  await Promise.all(Array.from({ length: pages }, work))
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

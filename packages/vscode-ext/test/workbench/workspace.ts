import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SAMPLE } from '../../scripts/paths.ts'
import { collectorUrl, health } from '../suite/collector.ts'

export interface TemporaryWorkspace {
  readonly path: string
  /** Ends its collector and removes it. */
  remove(): Promise<void>
}

/** A copy of the sample's sources, so that a test's runs never land among a developer's own. */
export async function copySample(): Promise<TemporaryWorkspace> {
  const path = await mkdtemp(join(tmpdir(), 'evenkeel-workspace-'))
  await cp(join(SAMPLE, 'src'), join(path, 'src'), { recursive: true })
  await cp(join(SAMPLE, 'package.json'), join(path, 'package.json'))
  return {
    path,
    async remove() {
      try {
        const { pid } = await health(path)
        process.kill(pid, 'SIGTERM')
      } catch {
        // None was started, or it is gone.
      }
      await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}

/** Waits until a window has started the workspace's collector; its address. */
export async function collectorOf({ path }: TemporaryWorkspace, withinMs = 60_000): Promise<string> {
  const deadline = Date.now() + withinMs
  for (;;) {
    try {
      await health(path)
      return collectorUrl(path)
    } catch (error) {
      if (Date.now() > deadline) throw new Error('No window started a collector.', { cause: error })
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

import { appendFileSync } from 'node:fs'
import type { Runner, Suite, Test } from 'mocha'

/** One line of the report file. */
export type ReportLine =
  | { readonly kind: 'suite'; readonly title: string; readonly depth: number }
  | {
      readonly kind: 'passed' | 'skipped'
      readonly title: string
      readonly depth: number
      readonly ms: number
    }
  | { readonly kind: 'failed'; readonly title: string; readonly depth: number; readonly error: string }
  | { readonly kind: 'end' }

/** Writes into a file how it goes: an extension host in a browser has no console that a runner could read. */
export function writeReport(file: string, runner: Runner): void {
  const write = (line: ReportLine): void => appendFileSync(file, `${JSON.stringify(line)}\n`)
  let depth = -1
  runner.on('suite', ({ title }: Suite) => {
    depth += 1
    if (title !== '') write({ kind: 'suite', title, depth })
  })
  runner.on('suite end', () => {
    depth -= 1
  })
  runner.on('pass', ({ title, duration = 0 }: Test) =>
    write({ kind: 'passed', title, depth: depth + 1, ms: duration }),
  )
  runner.on('pending', ({ title }: Test) => write({ kind: 'skipped', title, depth: depth + 1, ms: 0 }))
  runner.on('fail', (test: Test, error: Error) => {
    write({ kind: 'failed', title: test.fullTitle(), depth: depth + 1, error: error.stack ?? String(error) })
  })
  runner.on('end', () => write({ kind: 'end' }))
}

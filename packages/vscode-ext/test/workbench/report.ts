import { existsSync, readFileSync } from 'node:fs'
import type { ReportLine } from '../suite/reporter.ts'

/** Follows a suite's report file and prints it as it grows. */
export interface Report {
  /** Resolves when the suite has ended, rejects where it has not in time. */
  ended(withinMs: number): Promise<void>
  /** Prints what failed and the closing line; the exit code. */
  close(): number
}

export function followReport(file: string, print: (line: string) => void = console.log): Report {
  const lines: ReportLine[] = []
  const read = (): void => {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    // The last piece is empty, or a line that is still being written.
    const complete = text.split('\n').slice(0, -1)
    for (const line of complete.slice(lines.length)) {
      const parsed = JSON.parse(line) as ReportLine
      lines.push(parsed)
      const shown = show(parsed)
      if (shown !== null) print(shown)
    }
  }
  const count = (kind: ReportLine['kind']): number => lines.filter((line) => line.kind === kind).length
  return {
    async ended(withinMs) {
      const deadline = Date.now() + withinMs
      for (;;) {
        read()
        if (count('end') > 0) return
        if (Date.now() > deadline) throw new Error(`The suite did not end within ${withinMs / 1000} s.`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    close() {
      read()
      for (const line of lines) if (line.kind === 'failed') print(`\n${line.title}\n${line.error}`)
      // A suite that broke off has failed, however many of its tests had passed.
      const failed = count('failed') + (count('end') > 0 ? 0 : 1)
      print(`\n${count('passed')} passed, ${failed} failed, ${count('skipped')} skipped`)
      return failed === 0 && count('passed') > 0 ? 0 : 1
    },
  }
}

function show(line: ReportLine): string | null {
  if (line.kind === 'end') return null
  const indent = '  '.repeat(line.depth)
  switch (line.kind) {
    case 'suite':
      return `${indent}${line.title}`
    case 'passed':
      return `${indent}✓ ${line.title} (${line.ms} ms)`
    case 'skipped':
      return `${indent}- ${line.title}`
    case 'failed':
      return `${indent}✗ ${line.title}`
  }
}

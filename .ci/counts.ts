/** How a runner's tests ended. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with the escape character
const COLOUR = /\u001b\[[0-9;]*m/g

/**
 * Reads a runner's own closing line: Vitest's `Tests  1 failed | 3 passed | 2 skipped (6)` or the plain
 * `3 passed, 1 failed, 2 skipped`. Output without one counts as no tests.
 */
export function readCounts(output: string): Counts {
  const lines = output.replace(COLOUR, '').split('\n')
  const closing =
    lines.findLast((line) => /^\s*Tests\s+\d/.test(line) || /^\d+ passed, \d+ failed/.test(line)) ?? ''
  const count = (word: string): number => Number(new RegExp(`(\\d+) ${word}`).exec(closing)?.[1] ?? 0)
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') + count('todo') }
}

/** The sum of several runners' counts. */
export function total(counts: readonly Counts[]): Counts {
  return counts.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}

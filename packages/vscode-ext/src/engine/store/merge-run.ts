import type { AttemptRecord, RunRecord } from '@evenkeel/shared'

/**
 * Two readings of one run as one. The same run may be sent again, whole or in part, or closed twice (by
 * its page and by a later sweep); the result must not depend on which came first. For the run itself and
 * for each attempt the reading that ended later stands, and between equals the one whose JSON sorts last.
 */
export function mergeRuns(left: RunRecord, right: RunRecord): RunRecord {
  return { ...laterRun(left, right), attempts: mergeAttempts(left.attempts, right.attempts) }
}

function laterRun(left: RunRecord, right: RunRecord): RunRecord {
  if (left.settledMs !== right.settledMs) return left.settledMs > right.settledMs ? left : right
  return rootJson(left) >= rootJson(right) ? left : right
}

function rootJson(run: RunRecord): string {
  return JSON.stringify({ ...run, attempts: [] })
}

type Attempts = readonly AttemptRecord[]

function mergeAttempts(left: Attempts, right: Attempts): Attempts {
  const bySpan = new Map(left.map((attempt) => [attempt.spanId, attempt]))
  for (const attempt of right) {
    const other = bySpan.get(attempt.spanId)
    bySpan.set(attempt.spanId, other === undefined ? attempt : laterAttempt(other, attempt))
  }
  // A reading that has them all also has them in the order they were made.
  const whole = [left, right].find((attempts) => attempts.length === bySpan.size)
  return whole === undefined
    ? [...bySpan.values()].sort(byStart)
    : whole.map((attempt) => bySpan.get(attempt.spanId) ?? attempt)
}

function laterAttempt(left: AttemptRecord, right: AttemptRecord): AttemptRecord {
  if (left.endedMs !== right.endedMs) return left.endedMs > right.endedMs ? left : right
  return JSON.stringify(left) >= JSON.stringify(right) ? left : right
}

function byStart(left: AttemptRecord, right: AttemptRecord): number {
  return (
    left.startedMs - right.startedMs || left.endedMs - right.endedMs || (left.spanId < right.spanId ? -1 : 1)
  )
}

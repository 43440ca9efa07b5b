import type { AttemptRecord, RunRecord } from '@evenkeel/shared'

/**
 * What became of an attempt: `answered` (its answer is the run's), `partial` (it failed, but what it
 * brought stayed on the screen), `omitted` (the step that gives nothing), `lost`.
 */
export type AttemptRole = 'answered' | 'partial' | 'omitted' | 'lost'

/** The role of each attempt, in their order. */
export function rolesOf(run: RunRecord): readonly AttemptRole[] {
  const partial = partialIndex(run)
  return run.attempts.map((attempt, index) => {
    if (attempt.failure === null) return attempt.step === 'omit' ? 'omitted' : 'answered'
    return index === partial ? 'partial' : 'lost'
  })
}

/** Where a run ended with a piece of an answer: the last attempt that showed something. */
function partialIndex({ outcome, attempts }: RunRecord): number {
  const kept = outcome === 'incomplete' || outcome === 'stopped' || outcome === 'abandoned'
  return kept ? attempts.findLastIndex(({ firstTokenMs }) => firstTokenMs !== null) : -1
}

/** `model primary`, `template`: the step in the words of the ladder. */
export function nameOfStep({ step, tier }: AttemptRecord): string {
  return tier === null ? step : `${step} ${tier}`
}

import type { Failure, FallbackCause, Level, Moment, Outcome, StepKind } from '@evenkeel/shared'
import { FAILURE_TABLE, isFallback } from '@evenkeel/shared'

/** Everything that decides how a run ended. */
export interface RunEnd {
  /** Who ended it: the ladder by answering or running out, the user by stopping, or whoever left or asked anew. */
  readonly by: 'ladder' | 'user' | 'departure'
  /** The step that answered; `null` where none did (`omit` is no answer). */
  readonly answered: {
    readonly step: StepKind
    /** It is where a run at level 5 starts. */
    readonly isTop: boolean
    /** The answer took the place of a partial one. */
    readonly replaced: boolean
  } | null
  readonly level: Level
  /** The user is told of this level. */
  readonly isTold: boolean
  /** Something visible is on the screen: an answer, or a part of a failed one. */
  readonly hasContent: boolean
  /** Of every failed attempt, in order; `killed` where the feature was off before the first. */
  readonly failures: readonly Failure[]
}

/** What a run is called that ended so. */
export interface Conclusion {
  readonly outcome: Outcome
  readonly fallbackCause: FallbackCause | null
  /** What the user may be told of the settled run. */
  readonly moment: Moment | null
}

export function conclude(end: RunEnd): Conclusion {
  const outcome = outcomeOf(end)
  return {
    outcome,
    fallbackCause: isFallback(outcome) ? causeOf(end) : null,
    moment: momentOf(outcome, end),
  }
}

function outcomeOf({ by, answered, level, hasContent, failures }: RunEnd): Outcome {
  if (by === 'user') return 'stopped'
  if (by === 'departure') return 'abandoned'
  // Whatever the user was given in place of a model's answer: it was the operator's wish, and is in no rate.
  if (failures.includes('killed')) return 'disabled'
  if (answered !== null) return answered.isTop && level === 5 ? 'answered' : 'degraded'
  return hasContent ? 'incomplete' : 'omitted'
}

/** Failures that say no more than that the budget was spent, or that a hedge was faster. */
const LATE: ReadonlySet<Failure> = new Set(['timeout.first-token', 'timeout.complete', 'aborted'])

/**
 * What first knocked the run off its best answer. A failed attempt counts before the level, because it
 * would have failed at level 5 too.
 */
function causeOf({ failures: [first], level }: RunEnd): FallbackCause {
  if (first === undefined) return level < 5 ? 'level' : 'failure'
  return LATE.has(first) ? 'late' : 'failure'
}

function momentOf(outcome: Outcome, { answered, isTold, hasContent, failures }: RunEnd): Moment | null {
  const onModelAnswer: Moment = isTold ? 'limited' : 'disclosure'
  switch (outcome) {
    case 'abandoned':
      return null
    case 'stopped':
      return hasContent ? onModelAnswer : null
    case 'disabled':
    case 'incomplete':
      return outcome
    case 'omitted': {
      const failure = failures.at(-1)
      return (failure === undefined ? null : FAILURE_TABLE[failure].moment) ?? 'omitted'
    }
    case 'answered':
    case 'degraded':
      if (answered?.replaced) return 'replaced'
      if (answered?.step === 'template') return 'template'
      return answered?.step === 'cache' ? 'cached' : onModelAnswer
  }
}

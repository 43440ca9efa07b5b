import type { Failure, FallbackCause, Level, Moment, Outcome } from '@evenkeel/shared'
import { FAILURE_TABLE } from '@evenkeel/shared'

/** Everything that decides how a run ended. */
export interface RunEnd {
  /** Who ended it: the ladder by answering or running out, the user by stopping, or whoever left or asked anew. */
  readonly by: 'ladder' | 'user' | 'departure'
  /** The place of the step that answered; `null` where none did (`omit` is no answer). */
  readonly answeredAt: number | null
  /** The place where a run at level 5 starts. */
  readonly top: number
  readonly level: Level
  /** A part of a failed answer is still shown. */
  readonly hasPartial: boolean
  /** Of every failed attempt, in order. */
  readonly failures: readonly Failure[]
}

export function outcomeOf(end: RunEnd): Outcome {
  if (end.by === 'user') return 'stopped'
  if (end.by === 'departure') return 'abandoned'
  if (end.answeredAt !== null) return end.answeredAt === end.top && end.level === 5 ? 'answered' : 'degraded'
  if (end.hasPartial) return 'incomplete'
  return end.failures.includes('killed') ? 'disabled' : 'omitted'
}

/** Failures that say no more than that the budget was spent. */
const LATE: ReadonlySet<Failure> = new Set(['timeout.first-token', 'timeout.complete'])

/**
 * What first knocked the run off its best answer: a failed attempt before the level, because that
 * would have failed at level 5 too. `null` for an outcome that is no fallback.
 */
export function fallbackCauseOf(outcome: Outcome, end: RunEnd): FallbackCause | null {
  if (outcome !== 'degraded' && outcome !== 'incomplete' && outcome !== 'omitted') return null
  const [first] = end.failures
  if (first === undefined) return end.level < 5 ? 'level' : 'failure'
  return LATE.has(first) ? 'late' : 'failure'
}

/** What the settled run is shown as. */
export interface Shown {
  readonly outcome: Outcome
  readonly answeredBy: 'model' | 'cache' | 'template' | 'omit' | null
  /** The answer took the place of a partial one. */
  readonly replaced: boolean
  /** Anything visible is there. */
  readonly hasContent: boolean
  /** The level is told to the user. */
  readonly isLimited: boolean
  readonly failures: readonly Failure[]
}

/** What the user may be told of a settled run. */
export function momentOf(shown: Shown): Moment | null {
  const onModelAnswer: Moment = shown.isLimited ? 'limited' : 'disclosure'
  switch (shown.outcome) {
    case 'abandoned':
      return null
    case 'stopped':
      return shown.hasContent ? onModelAnswer : null
    case 'disabled':
    case 'incomplete':
      return shown.outcome
    case 'omitted': {
      const failure = shown.failures.at(-1)
      return (failure === undefined ? null : FAILURE_TABLE[failure].moment) ?? 'omitted'
    }
    case 'answered':
    case 'degraded':
      if (shown.replaced) return 'replaced'
      if (shown.answeredBy === 'template') return 'template'
      return shown.answeredBy === 'cache' ? 'cached' : onModelAnswer
  }
}

/** How a run ended. */
export type Outcome =
  | 'answered'
  | 'degraded'
  | 'incomplete'
  | 'omitted'
  | 'disabled'
  | 'stopped'
  | 'abandoned'

export const OUTCOMES = [
  'answered',
  'degraded',
  'incomplete',
  'omitted',
  'disabled',
  'stopped',
  'abandoned',
] as const satisfies readonly Outcome[]

/** Why a run was not answered in full: an attempt failed, the level was below 5, or the answer came late. */
export type FallbackCause = 'failure' | 'level' | 'late'

export const FALLBACK_CAUSES = ['failure', 'level', 'late'] as const satisfies readonly FallbackCause[]

/** Runs by outcome; weights of sampled runs make these fractional. An absent outcome counts as 0. */
export type OutcomeCounts = Readonly<Partial<Record<Outcome, number>>>

/** Outcomes that are the user's or the team's wish rather than the feature's doing; they are in no rate. */
const IN_NO_RATE: ReadonlySet<Outcome> = new Set(['disabled', 'stopped', 'abandoned'])

/** Whether a run with this outcome counts in the figures' denominator. */
export function isRated(outcome: Outcome): boolean {
  return !IN_NO_RATE.has(outcome)
}

/** Whether a run with this outcome is a fallback. */
export function isFallback(outcome: Outcome): boolean {
  return isRated(outcome) && outcome !== 'answered'
}

/** Runs that count in rates: answered, degraded, incomplete and omitted. */
export function ratedRuns(counts: OutcomeCounts): number {
  return sum(counts, isRated)
}

/** (degraded + incomplete + omitted) / (answered + those), from 0 to 1; `null` where no run counts. */
export function fallbackShare(counts: OutcomeCounts): number | null {
  const rated = ratedRuns(counts)
  return rated === 0 ? null : sum(counts, isFallback) / rated
}

function sum(counts: OutcomeCounts, counted: (outcome: Outcome) => boolean): number {
  return OUTCOMES.reduce((total, outcome) => total + (counted(outcome) ? (counts[outcome] ?? 0) : 0), 0)
}

import { fallbackShare, type Interaction, isRated, OUTCOMES, type Outcome, ratedRuns } from '@evenkeel/shared'
import type { FeatureFigures, Percentiles } from '../contract.ts'

/** The runs of one feature that ended one way: their weight, and the weight of the signals that marked them. */
export interface OutcomeTotals {
  readonly outcome: Outcome
  readonly weight: number
  readonly thumbsDown: number
  readonly regenerated: number
}

/** What the latest run of a feature says of the feature itself. */
export interface LatestRun {
  readonly interaction: Interaction
  readonly budgetFirstTokenMs: number | null
  readonly budgetCompleteMs: number
  readonly startedAtEpochMs: number
}

export interface FiguresInput {
  readonly feature: string
  readonly environment: string
  readonly windowMs: number
  readonly totals: readonly OutcomeTotals[]
  readonly latest: LatestRun
  readonly firstTokenMs: Percentiles | null
  readonly completeMs: Percentiles | null
}

/**
 * The figures of one feature from its totals. Rates count rated runs only, above and below the line. Where few of
 * many runs were kept, their weight may fall short of the signals': a rate is 1 at most.
 */
export function featureFigures(input: FiguresInput): FeatureFigures {
  const { totals, latest } = input
  const outcomes: Partial<Record<Outcome, number>> = {}
  for (const outcome of OUTCOMES) {
    const weight = sum(totals, (row) => (row.outcome === outcome ? row.weight : 0))
    if (weight > 0) outcomes[outcome] = weight
  }
  const rated = ratedRuns(outcomes)
  const share = (of: (row: OutcomeTotals) => number) =>
    rated === 0 ? null : Math.min(1, sum(totals, (row) => (isRated(row.outcome) ? of(row) : 0)) / rated)
  return {
    feature: input.feature,
    interaction: latest.interaction,
    environment: input.environment,
    windowMs: input.windowMs,
    runs: sum(totals, (row) => row.weight),
    outcomes,
    ratedRuns: rated,
    fallbackShare: fallbackShare(outcomes),
    thumbsDownRate: share((row) => row.thumbsDown),
    regenerateRate: share((row) => row.regenerated),
    firstTokenMs: input.firstTokenMs,
    completeMs: input.completeMs,
    budgetFirstTokenMs: latest.budgetFirstTokenMs,
    budgetCompleteMs: latest.budgetCompleteMs,
    lastRunEpochMs: latest.startedAtEpochMs,
  }
}

function sum(rows: readonly OutcomeTotals[], of: (row: OutcomeTotals) => number): number {
  return rows.reduce((total, row) => total + of(row), 0)
}

import { OUTCOMES } from '@evenkeel/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { featureFigures, type OutcomeTotals } from './feature-figures.ts'

const figures = (totals: readonly OutcomeTotals[]) =>
  featureFigures({
    feature: 'draft-reply',
    environment: 'production',
    windowMs: 1000,
    totals,
    latest: {
      interaction: 'progressive',
      budgetFirstTokenMs: 500,
      budgetCompleteMs: 5000,
      startedAtEpochMs: 42,
    },
    firstTokenMs: null,
    completeMs: null,
  })

const row = (outcome: OutcomeTotals['outcome'], weight: number, thumbsDown = 0, regenerated = 0) => ({
  outcome,
  weight,
  thumbsDown,
  regenerated,
})

describe('featureFigures', () => {
  it('counts by outcome, and rates by rated runs only', () => {
    expect(
      figures([row('answered', 6, 1, 2), row('degraded', 2, 1), row('stopped', 10, 5, 5), row('omitted', 2)]),
    ).toMatchObject({
      runs: 20,
      outcomes: { answered: 6, degraded: 2, stopped: 10, omitted: 2 },
      ratedRuns: 10,
      fallbackShare: 0.4,
      thumbsDownRate: 0.2,
      regenerateRate: 0.2,
      interaction: 'progressive',
      budgetFirstTokenMs: 500,
      lastRunEpochMs: 42,
    })
  })

  it('has no rates where nothing is rated', () => {
    expect(figures([row('abandoned', 3, 3, 3)])).toMatchObject({
      runs: 3,
      ratedRuns: 0,
      fallbackShare: null,
      thumbsDownRate: null,
      regenerateRate: null,
    })
  })

  it('keeps every rate between 0 and 1', () => {
    const rows = fc.array(
      fc
        .tuple(fc.constantFrom(...OUTCOMES), fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }))
        .map(([outcome, weight, part]) => row(outcome, weight, weight * part, weight * part)),
    )
    fc.assert(
      fc.property(rows, (totals) => {
        const { fallbackShare, thumbsDownRate, regenerateRate } = figures(totals)
        for (const rate of [fallbackShare, thumbsDownRate, regenerateRate])
          expect(rate === null || (rate >= 0 && rate <= 1 + 1e-9)).toBe(true)
      }),
    )
  })
})

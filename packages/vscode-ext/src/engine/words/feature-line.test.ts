import { describe, expect, it } from 'vitest'
import { DAY_MS, type FeatureFigures } from '../contract.ts'
import { featureFacts, featureLine, noRunsLine } from './feature-line.ts'

const figures: FeatureFigures = {
  feature: 'draft-reply',
  interaction: 'progressive',
  environment: 'production',
  windowMs: DAY_MS,
  runs: 12_400,
  outcomes: { answered: 11_507, degraded: 893 },
  ratedRuns: 12_400,
  fallbackShare: 0.072,
  thumbsDownRate: 0.031,
  regenerateRate: 0.01,
  firstTokenMs: { p50: 310, p95: 612, p99: 1_400, count: 12_000 },
  completeMs: { p50: 2_100, p95: 4_120, p99: 6_900, count: 12_000 },
  budgetFirstTokenMs: 500,
  budgetCompleteMs: 5_000,
  lastRunEpochMs: 0,
}

describe('the line of a feature', () => {
  it('is short, in a fixed order, and names its basis', () => {
    expect(featureLine(figures)).toBe(
      'p95 first token 612 ms (budget 500) · fallback 7.2 % · down 3.1 % · 12.4 k runs · production · 24 h',
    )
  })

  it('says both units where they differ', () => {
    expect(featureFacts({ ...figures, firstTokenMs: { p50: 1, p95: 1_240, p99: 1, count: 90 } })[0]).toBe(
      'p95 first token 1.2 s (budget 500 ms)',
    )
  })

  it('shows the complete answer where the interaction has no budget for a first token', () => {
    expect(featureFacts({ ...figures, budgetFirstTokenMs: null })[0]).toBe('p95 complete 4.1 s (budget 5)')
  })

  it.each([
    [{ runs: 18, ratedRuns: 18 }, 'n = 18: too few to say · production · 24 h'],
    [{ runs: 19, ratedRuns: 19 }, 'n = 19: too few to say · production · 24 h'],
    [{ runs: 25, ratedRuns: 18 }, 'n = 18 of 25 runs: too few to say · production · 24 h'],
    [{ runs: 1, ratedRuns: 0 }, 'n = 0 of 1 run: too few to say · production · 24 h'],
  ])('names the number and no rate from too few runs: %o', (few, line) => {
    expect(featureLine({ ...figures, ...few })).toBe(line)
  })

  it('rates from twenty runs on', () => {
    expect(featureLine({ ...figures, runs: 20, ratedRuns: 20 })).toContain('fallback 7.2 %')
  })

  it.each([null, { p50: 1, p95: 1, p99: 1, count: 19 }])(
    'says too few runs of a percentile that hardly any run has: %o',
    (firstTokenMs) => {
      expect(featureFacts({ ...figures, firstTokenMs })[0]).toBe(
        'p95 first token too few runs (budget 500 ms)',
      )
    },
  )

  it('says so where nobody was asked', () => {
    expect(featureLine({ ...figures, thumbsDownRate: null })).toContain('down unknown')
  })
})

it('a feature without runs says where none were seen, and how far back', () => {
  expect(noRunsLine('production', DAY_MS)).toBe('no runs · production · 24 h')
  expect(noRunsLine(undefined, DAY_MS)).toBe('no runs · 24 h')
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fallbackShare, isFallback, isRated, OUTCOMES, type OutcomeCounts, ratedRuns } from './outcome.ts'

describe('an outcome', () => {
  it.each([
    ['answered', true, false],
    ['degraded', true, true],
    ['incomplete', true, true],
    ['omitted', true, true],
    ['disabled', false, false],
    ['stopped', false, false],
    ['abandoned', false, false],
  ] as const)('%s: rated %s, fallback %s', (outcome, rated, fallback) => {
    expect(isRated(outcome)).toBe(rated)
    expect(isFallback(outcome)).toBe(fallback)
  })

  it('stands in that table, each one', () => {
    expect(OUTCOMES).toHaveLength(7)
  })
})

describe('the fallback share', () => {
  it('is (degraded + incomplete + omitted) / (answered + those)', () => {
    const counts = {
      answered: 90,
      degraded: 5,
      incomplete: 3,
      omitted: 2,
      disabled: 50,
      stopped: 7,
      abandoned: 9,
    }
    expect(ratedRuns(counts)).toBe(100)
    expect(fallbackShare(counts)).toBe(0.1)
  })

  it('is unknown, not zero, where no run counts', () => {
    expect(fallbackShare({})).toBeNull()
    expect(fallbackShare({ disabled: 3, stopped: 1, abandoned: 4 })).toBeNull()
  })

  it('takes the weights of sampled runs', () => {
    expect(fallbackShare({ answered: 7.5, degraded: 2.5 })).toBe(0.25)
  })

  it('lies between 0 and 1, and no disabled, stopped or abandoned run moves it', () => {
    const weight = fc.double({ min: 0, max: 1e6, noNaN: true })
    const counts: fc.Arbitrary<OutcomeCounts> = fc.record(
      Object.fromEntries(OUTCOMES.map((outcome) => [outcome, weight])),
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(counts, weight, (some, more) => {
        const share = fallbackShare(some)
        if (share !== null) {
          expect(share).toBeGreaterThanOrEqual(0)
          expect(share).toBeLessThanOrEqual(1)
        }
        expect(fallbackShare({ ...some, disabled: more, stopped: more, abandoned: more })).toBe(share)
      }),
    )
  })
})

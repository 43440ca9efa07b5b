import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCount, formatRuns } from './count.ts'

describe('a count', () => {
  it.each([
    [0, '0'],
    [1, '1'],
    [18, '18'],
    [17.6, '18'],
    [999, '999'],
    [999.7, '1 k'],
    [1_000, '1 k'],
    [1_240, '1.2 k'],
    [12_400, '12.4 k'],
    [99_960, '100 k'],
    [124_300, '124 k'],
    [999_600, '1 M'],
    [3_100_000, '3.1 M'],
    [2_500_000_000, '2.5 G'],
  ])('of %d reads "%s"', (count, text) => {
    expect(formatCount(count)).toBe(text)
  })

  it('has at most four digits and one unit up to a thousand billions', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 9e11, noNaN: true }), (count) => {
        expect(formatCount(count)).toMatch(/^\d{1,3}(\.\d)?( [kMG])?$/)
      }),
    )
  })

  it('of runs agrees with its noun', () => {
    expect([0, 1, 2, 12_400].map(formatRuns)).toEqual(['0 runs', '1 run', '2 runs', '12.4 k runs'])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { percentile, type Sample, SHARES, samplesBefore } from './percentiles.ts'

const even = (...values: number[]): Sample[] => values.map((value) => ({ value, weight: 1 }))
const sorted = (samples: Sample[]) => samples.toSorted((left, right) => left.value - right.value)
const samples = fc
  .array(fc.record({ value: fc.nat(1000), weight: fc.integer({ min: 1, max: 20 }) }), {
    minLength: 1,
    maxLength: 50,
  })
  .map(sorted)
const share = fc.constantFrom(...SHARES)

describe('percentile', () => {
  it.each([
    [even(7), 0.5, 7],
    [even(1, 2), 0.5, 1],
    [even(1, 2, 3), 0.5, 2],
    [even(1, 2, 3, 4), 0.95, 4],
    [even(...Array.from({ length: 100 }, (_, index) => index + 1)), 0.95, 95],
    [even(...Array.from({ length: 100 }, (_, index) => index + 1)), 0.99, 99],
    [even(...Array.from({ length: 20 }, (_, index) => index + 1)), 0.95, 19],
    [
      [
        { value: 1, weight: 1 },
        { value: 9, weight: 10 },
      ],
      0.5,
      9,
    ],
    [
      [
        { value: 1, weight: 10 },
        { value: 9, weight: 1 },
      ],
      0.5,
      1,
    ],
  ])('of %j at %d is %d', (list, at, expected) => {
    expect(percentile(list, at)).toBe(expected)
  })

  it('of weighted samples is that of as many equal ones', () => {
    fc.assert(
      fc.property(samples, share, (list, at) => {
        const spelledOut = list.flatMap(({ value, weight }) => even(...Array<number>(weight).fill(value)))
        expect(percentile(list, at)).toBe(percentile(spelledOut, at))
      }),
    )
  })

  it('does not change when every weight is scaled', () => {
    fc.assert(
      fc.property(samples, share, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (list, at, factor) => {
        const scaled = list.map(({ value, weight }) => ({ value, weight: weight * factor }))
        expect(percentile(scaled, at)).toBe(percentile(list, at))
      }),
    )
  })

  it('is never below a lower share’s, and always a value that occurred', () => {
    fc.assert(
      fc.property(samples, (list) => {
        const [p50 = 0, p95 = 0, p99 = 0] = SHARES.map((at) => percentile(list, at))
        expect(p50 <= p95 && p95 <= p99).toBe(true)
        expect(list.map(({ value }) => value)).toEqual(expect.arrayContaining([p50, p95, p99]))
      }),
    )
  })

  it('of nothing is refused', () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError)
  })
})

describe('samplesBefore', () => {
  it('is where the percentile stands among equal samples', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), share, (count, at) => {
        const list = even(...Array.from({ length: count }, (_, index) => index))
        expect(samplesBefore(count, at)).toBe(percentile(list, at))
      }),
    )
  })
})

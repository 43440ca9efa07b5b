import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatRate } from './rate.ts'

describe('a rate', () => {
  it.each([
    [0, '0 %'],
    [0.000_01, '< 0.01 %'],
    [0.000_4, '0.04 %'],
    [0.000_96, '0.1 %'],
    [0.031, '3.1 %'],
    [0.072, '7.2 %'],
    [0.07, '7 %'],
    [0.5, '50 %'],
    [0.999, '99.9 %'],
    [0.999_6, '> 99.9 %'],
    [1, '100 %'],
  ])('of %d reads "%s"', (rate, text) => {
    expect(formatRate(rate)).toBe(text)
  })

  it('says 0 % and 100 % of nothing and all only', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (rate) => {
        const text = formatRate(rate)
        expect(text === '0 %').toBe(rate === 0)
        // Half of a floating-point step below 1 is 1 for everyone but a machine.
        expect(text === '100 %').toBe(rate * 100 === 100)
      }),
    )
  })
})

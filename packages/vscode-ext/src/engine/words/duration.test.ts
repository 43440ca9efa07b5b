import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatExactMs, formatMs, quantityOfMs } from './duration.ts'

describe('a duration', () => {
  it.each([
    [0, '0 ms'],
    [0.004, '< 0.1 ms'],
    [0.4, '0.4 ms'],
    [0.96, '1 ms'],
    [430.4, '430 ms'],
    [999.4, '999 ms'],
    [999.7, '1.0 s'],
    [1_204, '1.2 s'],
    [9_949, '9.9 s'],
    [9_960, '10 s'],
    [48_200, '48 s'],
    [59_499, '59 s'],
    [59_800, '1 min'],
    [125_000, '2 min 5 s'],
    [3_600_000, '60 min'],
  ])('of %d ms reads "%s"', (ms, text) => {
    expect(formatMs(ms)).toBe(text)
  })

  it('never says 1000 ms or 60 s', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), (ms) => {
        const { figure, unit } = quantityOfMs(ms)
        expect(figure).not.toBe('1,000')
        expect(`${figure} ${unit}`).not.toMatch(/\b60 s$/)
      }),
    )
  })

  it('keeps microseconds where exact', () => {
    expect(formatExactMs(1204.318)).toBe('1,204.318 ms')
    expect(formatExactMs(5)).toBe('5 ms')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STRIP, stepPath } from './token-steps.ts'

describe('the strip of arrivals', () => {
  it('climbs by what came, when it came', () => {
    const arrivals = [
      { atMs: 100, characters: 25 },
      { atMs: 500, characters: 75 },
    ]
    expect(stepPath(arrivals, 1_000)).toBe('M100 100H100V75H500V0')
  })

  it.each([[[]], [[{ atMs: 4, characters: 0 }]]])('is empty where nothing arrived: %j', (arrivals) => {
    expect(stepPath(arrivals, 1_000)).toBe('')
  })

  it('stays within its place and ends at the top', () => {
    const arrival = fc.record({ atMs: fc.nat(20_000), characters: fc.integer({ min: 1, max: 400 }) })
    fc.assert(
      fc.property(fc.array(arrival, { minLength: 1, maxLength: 60 }), (arrivals) => {
        const path = stepPath(
          arrivals.toSorted((a, b) => a.atMs - b.atMs),
          10_000,
        )
        const numbers = [...path.matchAll(/([HV])([\d.]+)/g)].map(
          ([, axis, value]) => [axis, Number(value)] as const,
        )
        for (const [axis, value] of numbers) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(axis === 'H' ? STRIP.width : STRIP.height)
        }
        expect(path.endsWith('V0')).toBe(true)
      }),
    )
  })
})

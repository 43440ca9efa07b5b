import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { niceStep, ticksFor } from './ticks.ts'

describe('the axis', () => {
  it.each([
    [1.04, 6, ['0', '0.2 ms', '0.4 ms', '0.6 ms', '0.8 ms', '1.0 ms']],
    [850, 5, ['0', '200 ms', '400 ms', '600 ms', '800 ms']],
    [2_991, 6, ['0', '0.5 s', '1.0 s', '1.5 s', '2.0 s', '2.5 s']],
    [5_200, 6, ['0', '1 s', '2 s', '3 s', '4 s', '5 s']],
    [18_309, 4, ['0', '5 s', '10 s', '15 s']],
    [62_400, 5, ['0', '15 s', '30 s', '45 s', '60 s']],
    [187_200, 6, ['0', '1 min', '2 min', '3 min']],
    [187_200, 7, ['0', '0:30 min', '1 min', '1:30 min', '2 min', '2:30 min', '3 min']],
  ])('of %d ms in %i steps reads %j', (domainMs, maxTicks, labels) => {
    expect(ticksFor(domainMs, maxTicks).map(({ label }) => label)).toEqual(labels)
  })

  it('has no more ticks than fit, all on it, evenly spaced, each with a label of its own', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e8, noNaN: true }),
        fc.integer({ min: 2, max: 20 }),
        (domainMs, max) => {
          const ticks = ticksFor(domainMs, max)
          expect(ticks.length).toBeLessThanOrEqual(max + 1)
          expect(ticks[0]).toEqual({ atMs: 0, label: '0' })
          expect(ticks.at(-1)?.atMs).toBeLessThanOrEqual(domainMs * (1 + 1e-9))
          expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length)
        },
      ),
    )
  })

  it('steps by one, two or five times a power of ten up to ten seconds', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 10_000, noNaN: true }), (atLeastMs) => {
        const step = niceStep(atLeastMs)
        const lead = Number(step.toExponential(6).split('e')[0])
        expect([1, 2, 5]).toContain(lead)
        expect(step).toBeGreaterThanOrEqual(atLeastMs * (1 - 1e-9))
        expect(step).toBeLessThan(atLeastMs * 2.5 + 1e-9)
      }),
    )
  })
})

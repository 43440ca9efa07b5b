import { decodeTimeline, MAX_ARRIVALS } from '@evenkeel/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createArrivals } from './arrivals.ts'

describe('createArrivals', () => {
  it('says nothing where nothing arrived', () => {
    const arrivals = createArrivals()
    arrivals.add(5, 0)
    expect(arrivals.encode()).toBe('')
  })

  it('joins what arrived in the same millisecond', () => {
    const arrivals = createArrivals()
    arrivals.add(10.1, 3)
    arrivals.add(10.4, 4)
    arrivals.add(11, 1)
    expect(decodeTimeline(arrivals.encode())).toEqual([
      { atMs: 10, characters: 7 },
      { atMs: 11, characters: 1 },
    ])
  })

  it('stays bounded and loses no character, however long the answer', () => {
    const gaps = fc.array(fc.record({ gapMs: fc.nat(50), characters: fc.nat(20) }), { maxLength: 2_000 })
    fc.assert(
      fc.property(gaps, (all) => {
        const arrivals = createArrivals()
        let atMs = 0
        for (const { gapMs, characters } of all) {
          atMs += gapMs
          arrivals.add(atMs, characters)
        }
        const decoded = decodeTimeline(arrivals.encode())
        expect(decoded.length).toBeLessThanOrEqual(MAX_ARRIVALS)
        const sum = (list: readonly { characters: number }[]) =>
          list.reduce((total, { characters }) => total + characters, 0)
        expect(sum(decoded)).toBe(sum(all))
        expect(decoded.at(-1)?.atMs ?? 0).toBeLessThanOrEqual(atMs)
      }),
      { numRuns: 30 },
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Arrival, decodeTimeline, encodeTimeline, mergeArrivals } from './timeline.ts'

const arrivals: fc.Arbitrary<Arrival[]> = fc
  .array(fc.tuple(fc.nat({ max: 100_000 }), fc.nat({ max: 10_000 })), { maxLength: 300 })
  .map((steps) => {
    let atMs = 0
    return steps.map(([delta, characters]) => {
      atMs += delta
      return { atMs, characters }
    })
  })
const total = (list: readonly Arrival[]) => list.reduce((sum, { characters }) => sum + characters, 0)

describe('a timeline', () => {
  it('is the time since the arrival before and its characters, in base 36', () => {
    const text = encodeTimeline([
      { atMs: 412, characters: 5 },
      { atMs: 448, characters: 36 },
    ])
    expect(text).toBe('bg.5,10.10')
    expect(encodeTimeline([])).toBe('')
  })

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(arrivals, (list) => {
        expect(decodeTimeline(encodeTimeline(list))).toEqual(list)
      }),
    )
  })

  it('skips cells of another form and never throws', () => {
    expect(decodeTimeline('a.1,,b,c.,.d,1.2.3,!.1,5 .1,a.2')).toEqual([
      { atMs: 10, characters: 1 },
      { atMs: 20, characters: 2 },
    ])
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(decodeTimeline(text))))
  })

  it('merged by pairs is half as long, loses no character and lets nothing arrive early', () => {
    fc.assert(
      fc.property(arrivals, (list) => {
        const merged = mergeArrivals(list)
        expect(merged).toHaveLength(Math.ceil(list.length / 2))
        expect(total(merged)).toBe(total(list))
        expect(merged.at(-1)?.atMs).toBe(list.at(-1)?.atMs)
        for (const [index, { atMs }] of merged.entries()) {
          expect(atMs).toBeGreaterThanOrEqual(list[index * 2]?.atMs ?? 0)
        }
      }),
    )
  })
})

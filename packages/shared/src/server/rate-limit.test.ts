import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRateLimit } from './rate-limit.ts'

describe('createRateLimit', () => {
  it('lets a burst pass, then so many a second, and says how long to wait', () => {
    let nowMs = 0
    const take = createRateLimit({ burst: 2, perSecond: 4 }, () => nowMs)
    expect([take('a'), take('a'), take('a')]).toEqual([0, 0, 250])
    nowMs = 100
    expect(take('a')).toBe(150)
    nowMs = 250
    expect([take('a'), take('a')]).toEqual([0, 250])
  })

  it('fills up again to a burst, and no further', () => {
    let nowMs = 0
    const take = createRateLimit({ burst: 2, perSecond: 1 }, () => nowMs)
    take('a')
    nowMs = 3_600_000
    expect([take('a'), take('a'), take('a')]).toEqual([0, 0, 1_000])
  })

  it('does not make one sender pay for another', () => {
    const take = createRateLimit({ burst: 1, perSecond: 1 }, () => 0)
    expect([take('a'), take('b'), take('a')]).toEqual([0, 0, 1_000])
  })

  it('remembers the sender that it has just refused, however many others come', () => {
    const take = createRateLimit({ burst: 1, perSecond: 1 }, () => 0)
    for (let index = 0; index < 30_000; index += 1) {
      take(`other ${index}`)
      if (index > 0) expect(take('a')).toBe(index === 1 ? 0 : 1_000)
    }
  })

  it('lets no more pass than it says, however they come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(400), { maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 20 }),
        (gaps, burst, perSecond) => {
          let nowMs = 0
          const take = createRateLimit({ burst, perSecond }, () => nowMs)
          let passed = 0
          for (const gap of gaps) {
            nowMs += gap
            if (take('a') === 0) passed += 1
          }
          expect(passed).toBeLessThanOrEqual(burst + (nowMs / 1000) * perSecond + 1e-6)
        },
      ),
    )
  })
})

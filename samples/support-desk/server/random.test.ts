import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom, pick, seedOf } from './random.ts'

describe('createRandom', () => {
  it('gives the same numbers for the same seed', () => {
    const [one, other] = [createRandom(7), createRandom(7)]
    expect(Array.from({ length: 50 }, one)).toEqual(Array.from({ length: 50 }, other))
  })

  it('gives other numbers for another seed', () => {
    expect(createRandom(1)()).not.toBe(createRandom(2)())
  })

  it('stays from 0 inclusive to 1 exclusive, whatever the seed', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = createRandom(seed)
        return Array.from({ length: 20 }, random).every((number) => number >= 0 && number < 1)
      }),
    )
  })

  it('spreads evenly enough to choose by', () => {
    const random = createRandom(3)
    const low = Array.from({ length: 10_000 }, random).filter((number) => number < 0.25).length
    expect(low).toBeGreaterThan(2_300)
    expect(low).toBeLessThan(2_700)
  })
})

describe('pick', () => {
  it('chooses from the whole list', () => {
    const random = createRandom(5)
    const chosen = new Set(Array.from({ length: 100 }, () => pick(random, ['a', 'b', 'c'])))
    expect([...chosen].sort()).toEqual(['a', 'b', 'c'])
  })
})

describe('seedOf', () => {
  it('tells texts apart, also by their order of characters', () => {
    expect(seedOf('ab')).not.toBe(seedOf('ba'))
    expect(seedOf('draft')).toBe(seedOf('draft'))
  })
})

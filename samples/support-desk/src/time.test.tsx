import { describe, expect, it } from 'vitest'
import { ar } from './texts/ar.ts'
import { en } from './texts/en.ts'
import { age } from './time.tsx'

const MINUTE_MS = 60_000

describe('age', () => {
  it.each([
    [0, 'now'],
    [59_999, 'now'],
    [-5_000, 'now'],
    [MINUTE_MS, '1 min'],
    [59 * MINUTE_MS, '59 min'],
    [60 * MINUTE_MS, '1 h'],
    [23.9 * 60 * MINUTE_MS, '23 h'],
    [24 * 60 * MINUTE_MS, '1 d'],
    [40 * 24 * 60 * MINUTE_MS, '40 d'],
  ])('tells %d ms as %s', (passed, words) => {
    expect(age(1_000_000 - passed, 1_000_000, en.age)).toBe(words)
  })

  it('tells it in the units of the language', () => {
    expect(age(0, 2 * 60 * MINUTE_MS, ar.age)).toBe('2 س')
  })
})

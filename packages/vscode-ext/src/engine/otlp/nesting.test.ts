import { describe, expect, it } from 'vitest'
import { isNestedDeeper } from './nesting.ts'

describe('isNestedDeeper', () => {
  it.each([
    [1, 0, false],
    [null, 0, false],
    [{}, 0, true],
    [{}, 1, false],
    [{ a: [1] }, 1, true],
    [{ a: [1] }, 2, false],
    [[[], [[]]], 2, true],
    [[[], [[]]], 3, false],
  ])('%j deeper than %i: %s', (value, levels, expected) => {
    expect(isNestedDeeper(value, levels)).toBe(expected)
  })

  it('judges what would overflow a stack', () => {
    const depth = 1_000_000
    expect(isNestedDeeper(JSON.parse('['.repeat(depth) + ']'.repeat(depth)), 100)).toBe(true)
  })
})

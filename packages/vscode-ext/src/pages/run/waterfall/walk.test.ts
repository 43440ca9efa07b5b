import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRunFixtures } from '../fixtures.ts'
import { layOut, marksByRow } from './layout.ts'
import { isWalkKey, nextMark, type WalkKey } from './walk.ts'

const fixtures = createRunFixtures(0)
const rows = marksByRow(layOut(fixtures.degraded.run))
const KEYS: readonly WalkKey[] = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End']

describe('the walk through the waterfall', () => {
  it.each([
    ['attempt-1/whole', 'ArrowRight', 'attempt-1/0-auth'],
    ['attempt-1/0-auth', 'ArrowLeft', 'attempt-1/whole'],
    ['attempt-1/whole', 'ArrowLeft', 'attempt-1/whole'],
    ['attempt-1/whole', 'End', 'attempt-1/2-unknown'],
    ['attempt-1/2-unknown', 'ArrowRight', 'attempt-1/2-unknown'],
    ['attempt-1/2-unknown', 'Home', 'attempt-1/whole'],
    ['attempt-1/whole', 'ArrowDown', 'attempt-2/whole'],
    ['attempt-2/0-template', 'ArrowUp', 'attempt-1/2-unknown'],
    ['attempt-2/whole', 'ArrowDown', 'moment-2'],
    ['moment-0', 'ArrowDown', 'moment-0'],
    ['first-token-budget', 'ArrowUp', 'first-token-budget'],
    ['gone', 'ArrowDown', 'first-token-budget'],
  ] as const)('from %s by %s leads to %s', (from, key, to) => {
    expect(nextMark(rows, from, key)).toBe(to)
  })

  it('always leads to a mark that is there, and every mark can be reached', () => {
    const ids = rows.flat().map(({ id }) => id)
    fc.assert(
      fc.property(fc.constantFrom(...ids), fc.constantFrom(...KEYS), (from, key) => {
        expect(ids).toContain(nextMark(rows, from, key))
      }),
    )
    const reached = new Set([ids[0] ?? ''])
    for (const from of reached) for (const key of KEYS) reached.add(nextMark(rows, from, key))
    expect(reached.size).toBe(ids.length)
  })

  it('leaves every other key alone', () => {
    expect(['Tab', 'Enter', ' ', 'Escape', 'a', 'PageDown'].filter(isWalkKey)).toEqual([])
    expect(KEYS.every(isWalkKey)).toBe(true)
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordsFor } from './deck.ts'

describe('the words for a key', () => {
  it('are those of the key', () => {
    expect(wordsFor({ slow: 'Still on it.' }, 'slow')).toBe('Still on it.')
  })

  it('are those of the level where there are any', () => {
    const deck = { limited: 'Simpler.', 'limited.3': 'Much simpler.', 'limited.2': null } as const
    expect(wordsFor(deck, 'limited', { level: 4 })).toBe('Simpler.')
    expect(wordsFor(deck, 'limited', { level: 3 })).toBe('Much simpler.')
    expect(wordsFor(deck, 'limited', { level: 2 })).toBeNull()
  })

  it('tell silence on purpose from a key that is missing', () => {
    expect(wordsFor({ slow: null }, 'slow')).toBeNull()
    expect(wordsFor({}, 'slow')).toBeUndefined()
  })

  it('take the place of each placeholder', () => {
    const deck = { cached: 'From {age}, yes: {age}.' }
    const placeholders = { age: '3 days ago' }
    expect(wordsFor(deck, 'cached', { placeholders })).toBe('From 3 days ago, yes: 3 days ago.')
  })

  it('never show a placeholder whose value nobody knows', () => {
    const plain = { cached: 'From {age}.', 'cached.plain': 'An earlier answer.' }
    expect(wordsFor(plain, 'cached')).toBe('An earlier answer.')
    expect(wordsFor({ cached: 'From {age}.' }, 'cached')).toBeUndefined()
    expect(wordsFor({ cached: 'From {constructor}.' }, 'cached')).toBeUndefined()
  })

  it('are whatever a value says, be it a pattern, a placeholder or markup', () => {
    const values = fc.oneof(fc.string(), fc.constantFrom('$&', '$1', '{age}', '<b>', '\\'))
    fc.assert(
      fc.property(values, (age) => {
        expect(wordsFor({ cached: '[{age}]' }, 'cached', { placeholders: { age } })).toBe(`[${age}]`)
      }),
    )
  })
})

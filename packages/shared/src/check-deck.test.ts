import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDeck, DECK_KEYS } from './check-deck.ts'
import { en } from './decks/en.ts'

describe('the check of a deck', () => {
  it('finds nothing wrong with a complete one', () => {
    expect(checkDeck(en)).toEqual([])
    expect(
      checkDeck({ ...en, id: 'ours', 'limited.3': 'Simpler.', 'feedback.reasons.tone': 'Wrong tone' }),
    ).toEqual([])
  })

  it.each(DECK_KEYS)('misses %s', (key) => {
    const { [key]: _left, ...rest } = en as unknown as Record<string, unknown>
    expect(checkDeck(rest)).toEqual([
      { field: key, message: 'is missing: give it words, or null for silence.' },
    ])
  })

  it.each([
    [
      'a key that is none',
      { sloow: 'x' },
      'sloow',
      'is no key of a deck: remove it, or take one of the moments.',
    ],
    ['a key in other letters', { Slow: 'x' }, 'Slow', 'is no key of a deck: did you mean "slow".'],
    [
      'a key without its room',
      { latency: 'x' },
      'latency',
      'is no key of a deck: did you mean "feedback.reasons.latency".',
    ],
    [
      'a level that is none',
      { 'limited.6': 'x' },
      'limited.6',
      'is no key of a deck: did you mean "limited".',
    ],
    [
      'a level of what has none',
      { 'feedback.up.3': 'x' },
      'feedback.up.3',
      'is no key of a deck: did you mean "feedback.up".',
    ],
    ['a number', { slow: 3 }, 'slow', 'must be words in quotes, or null for silence.'],
    ['blanks', { slow: ' ' }, 'slow', 'has no words: write null where silence is meant.'],
    [
      'an unknown placeholder',
      { slow: 'Since {age}.' },
      'slow',
      'has the unknown placeholder {age}: there is none here.',
    ],
    [
      'a placeholder misspelt',
      { cached: 'From {Age}.' },
      'cached',
      'has the unknown placeholder {Age}: known is {age}.',
    ],
    [
      'a placeholder in plain words',
      { 'cached.plain': 'From {age}.' },
      'cached.plain',
      'has the unknown placeholder {age}: there is none here.',
    ],
    [
      'half a placeholder',
      { cached: 'From {age.' },
      'cached',
      'has a brace that belongs to no placeholder: write one as {name}, or leave the brace out.',
    ],
    ['a long sentence', { slow: 'x'.repeat(121) }, 'slow', 'is 121 characters long: say it in 120.'],
    [
      'a long button',
      { 'feedback.up': 'x'.repeat(41) },
      'feedback.up',
      'is 41 characters long: say it in 40.',
    ],
    [
      'a locale that is none',
      { locale: 'german!' },
      'locale',
      'must be a language tag such as "de" or "pt-BR".',
    ],
    ['an id without words', { id: null }, 'id', 'must be words in quotes, or null for silence.'],
  ])('names %s and the fix', (_what, change, field, message) => {
    expect(checkDeck({ ...en, ...change })).toEqual([{ field, message }])
  })

  it.each([[null], [[]], ['words'], [undefined], [3]])('takes %j for no deck', (deck) => {
    expect(checkDeck(deck).map(({ field }) => field)).toEqual(['deck'])
  })

  it('says something of anything, and never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (deck) => {
        expect(checkDeck(deck).length).toBeGreaterThan(0)
      }),
    )
  })
})

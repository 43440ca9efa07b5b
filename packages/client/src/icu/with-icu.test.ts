import { NO_CONTROLS, type WordContext, wordsFor } from '@evenkeel/shared'
import { ar, de, en } from '@evenkeel/shared/decks'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { noticeInWords } from '../react/notice-in-words.ts'
import { IDLE_STATE } from '../testing/scripted-run.ts'
import { type IcuOptions, withIcu } from './with-icu.ts'

const HOUR_MS = 3_600_000
const cachedFor = (ageMs: number | null) => ({
  state: { ...IDLE_STATE, moment: 'cached' as const, ageMs },
  controls: NO_CONTROLS,
})

/** What is said of an answer of this age. */
function said(cached: string, ageMs: number | null, locale = 'en', options: IcuOptions = {}) {
  return noticeInWords(cachedFor(ageMs), withIcu({ ...en, locale, cached }, options))
}

describe('a deck of ICU messages', () => {
  it('has plurals, by the number of days', () => {
    const text = 'From {days, plural, =0 {today} one {yesterday} other {# days ago}}.'
    expect([2, 30, 80].map((hours) => said(text, hours * HOUR_MS))).toEqual([
      'From today.',
      'From yesterday.',
      'From 3 days ago.',
    ])
  })

  it('has the six forms of Arabic', () => {
    const text = '{days, plural, zero {اليوم} one {يوم} two {يومان} few {# أيام} many {# يومًا} other {# يوم}}'
    const days = [0, 1, 2, 3, 11, 100].map((count) => said(text, count * 24 * HOUR_MS, 'ar'))
    expect(new Set(days).size).toBe(6)
    expect(days.slice(0, 3)).toEqual(['اليوم', 'يوم', 'يومان'])
  })

  it('has choices and numbers of the app’s own, asked each time', () => {
    let seats = 1_200
    const deck = withIcu(
      { locale: 'de', waiting: '{plan, select, pro {Sofort} other {Gleich}} für {seats, number}.' },
      { values: () => ({ plan: 'pro', seats }) },
    )
    const words = () => wordsFor(deck, 'waiting', { format: deck.format })
    expect(words()).toBe('Sofort für 1.200.')
    seats = 3
    expect(words()).toBe('Sofort für 3.')
  })

  it('has other words for one level, and knows the level', () => {
    const deck = withIcu({ limited: 'Level {level}', 'limited.2': 'Only {level, number}' })
    const words = (level: WordContext['level']) =>
      wordsFor(deck, 'limited', { ...(level && { level }), format: deck.format })
    expect([words(3), words(2)]).toEqual(['Level 3', 'Only 2'])
  })

  it.each([en, de, ar])('that are plain say what they said before: $locale', (deck) => {
    const plain = noticeInWords(cachedFor(5 * HOUR_MS), deck)
    expect(noticeInWords(cachedFor(5 * HOUR_MS), withIcu(deck))).toBe(plain)
  })

  it('keeps silence silent', () => {
    const silent = withIcu({ ...en, cached: null })
    expect(noticeInWords(cachedFor(HOUR_MS), silent)).toBeNull()
  })

  it('puts a value in as text, whatever it holds', () => {
    const deck = withIcu({ waiting: 'For <b>{name}</b>.' }, { values: { name: '{days, plural, <i>' } })
    expect(wordsFor(deck, 'waiting', { format: deck.format })).toBe('For <b>{days, plural, <i></b>.')
  })
})

describe('a message that cannot be said', () => {
  it.each([
    ['is broken', 'From {days, plural, one {a day}'],
    ['has no form for the rest', '{days, plural, one {a day}}'],
    ['names a value that nobody has', 'From {where}.'],
    ['asks for a number of what is none', 'From {age, number} days.'],
  ])('because it %s leaves the plain words', (_why, text) => {
    expect(said(text, HOUR_MS, 'en', { onError: () => {} })).toBe('This is an earlier answer.')
  })

  it('leaves the plain words where the age is not known', () => {
    const onError = vi.fn()
    const text = 'From {days, plural, one {a day} other {# days}} ago.'
    expect(said(text, null, 'en', { onError })).toBe('This is an earlier answer.')
    expect(onError).not.toHaveBeenCalled()
  })

  it('is told once, and whoever is told may throw', () => {
    const onError = vi.fn(() => {
      throw new Error('the logger is down')
    })
    const deck = withIcu({ ...en, cached: '{' }, { onError })
    for (let count = 0; count < 3; count += 1) noticeInWords(cachedFor(HOUR_MS), deck)
    expect(onError).toHaveBeenCalledTimes(1)
  })

  it('is never an exception, whatever the text and the locale', () => {
    const texts = fc.oneof(
      fc.string(),
      fc
        .array(
          fc.constantFrom('{', '}', 'days', ', plural, ', 'other', '#', "'", '<', '>', 'one {x}', '::', ' '),
        )
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(
        texts,
        fc.oneof(fc.string(), fc.constantFrom('en', 'ar', 'xx-invalid-')),
        (text, locale) => {
          const words = said(text, HOUR_MS, locale, { onError: () => {} })
          expect(words === null || typeof words === 'string').toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })
})

import { describe, expect, it } from 'vitest'
import { checkDeck, DECK_KEYS } from '../check-deck.ts'
import type { Deck } from '../deck.ts'
import { ar, de, en } from './index.ts'

const placeholdersOf = (text: unknown) => (typeof text === 'string' ? (text.match(/\{\w+\}/g) ?? []) : text)

describe.each([
  ['English', 'en', en, /^[ -~]+$/],
  ['German', 'de', de, /^[ -~äöüÄÖÜß]+$/],
  ['Arabic', 'ar', ar, /^[\p{Script=Arabic}\p{Script=Inherited} .،؟]+$/u],
] as const)('the %s deck', (_name, locale, deck: Deck, letters) => {
  const words = Object.entries(deck).filter(([key]) => key !== 'locale')

  it('is complete and right', () => {
    expect(checkDeck(deck)).toEqual([])
    expect(Object.keys(deck)).toEqual(expect.arrayContaining([...DECK_KEYS]))
    expect(deck.locale).toBe(locale)
  })

  it.each(words)('says %s in its own letters and without raising its voice', (_key, text) => {
    if (text === null) return
    const plain = String(text).replace(/\{\w+\}/g, '')
    expect(plain).toMatch(letters)
    expect(text).not.toMatch(/[!！]|^\s|\s$|\s\s/)
  })

  it('has the keys, the silences and the placeholders of the English one', () => {
    expect(words.map(([key]) => key)).toEqual(Object.keys(en).filter((key) => key !== 'locale'))
    for (const [key, text] of words)
      expect(placeholdersOf(text)).toEqual(placeholdersOf(Reflect.get(en, key)))
  })

  it('ends its sentences, and leaves what stands on a button open', () => {
    for (const [key, text] of words) {
      const isLabel =
        /^feedback\.(up|down|regenerate|copy|send|code|reasons\..+)$|^code\.copy$|^image|^task/.test(key)
      if (typeof text === 'string') expect([key, /[.?؟]$/.test(text)]).toEqual([key, !isLabel])
    }
  })
})

it('addresses nobody in German', () => {
  for (const text of Object.values(de))
    expect(text ?? '').not.toMatch(/\b(du|dich|dir|dein\w*|Sie|Ihr\w*)\b/i)
})

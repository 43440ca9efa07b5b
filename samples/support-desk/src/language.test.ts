import { checkDeck } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { type FeatureId, languageOf } from './language.ts'
import type { Texts } from './texts/texts.ts'

const TAGS = ['en', 'de', 'ar']
const FEATURES: readonly FeatureId[] = ['draft-reply', 'classify-ticket', 'weekly-digest']

describe('languageOf', () => {
  it('takes the language that the address asks for, and English where it is none of the desk’s', () => {
    expect(languageOf('?lang=de').tag).toBe('de')
    expect(languageOf('?dir=rtl&lang=ar').direction).toBe('rtl')
    expect(languageOf('').tag).toBe('en')
    expect(languageOf('?lang=xx').tag).toBe('en')
  })
})

describe.each(TAGS)('the words in %s', (tag) => {
  const language = languageOf(`?lang=${tag}`)

  it.each(FEATURES)('of %s are a deck in which nothing is wrong, on top of a complete one', (feature) => {
    expect(checkDeck({ ...language.deck, ...language.decks[feature] })).toEqual([])
  })

  it.each(FEATURES)('of %s have the same keys as in English', (feature) => {
    expect(Object.keys(language.decks[feature])).toEqual(Object.keys(languageOf('').decks[feature]))
  })

  it('leave no text of the product empty', () => {
    expect(emptyIn(language.texts)).toEqual([])
  })
})

/** The paths of texts without a word. */
function emptyIn(texts: Texts, values: object = texts, path = ''): string[] {
  return Object.entries(values).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'object' && value !== null) return emptyIn(texts, value, `${path}.${name}`)
    return typeof value === 'string' && value.trim() === '' ? [`${path}.${name}`] : []
  })
}

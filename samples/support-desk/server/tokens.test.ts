import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokenize } from './tokens.ts'

describe('tokenize', () => {
  it('cuts words with the space before them', () => {
    expect(tokenize('Hi Mara, thank you.')).toEqual(['Hi', ' Mara', ',', ' thank', ' you', '.'])
  })

  it('cuts a long word into pieces', () => {
    expect(tokenize('internationalisation')).toEqual(['internat', 'ionalisa', 'tion'])
  })

  it('cuts words of every script', () => {
    expect(tokenize('مرحباً بك').length).toBeGreaterThan(1)
  })

  it('loses nothing: the pieces joined are the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => tokenize(text).join('') === text))
  })
})

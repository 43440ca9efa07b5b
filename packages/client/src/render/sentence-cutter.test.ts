import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createSentenceCutter } from './sentence-cutter.ts'

function sentencesOf(text: string, size: number, language?: string): string[] {
  const cutter = createSentenceCutter(language)
  const said: string[] = []
  for (let from = 0; from < text.length; from += size)
    said.push(...cutter.push(text.slice(from, from + size)))
  return [...said, ...cutter.end()]
}

const ANSWER = 'Hi Anna. It costs 3.5 dollars! Is that right?\n\nThank you'
const SENTENCES = ['Hi Anna.', 'It costs 3.5 dollars!', 'Is that right?', 'Thank you']

afterEach(() => vi.unstubAllGlobals())

describe('sentences of a text that grows', () => {
  it.each([1, 2, 7, 1_000])('are the same in pieces of %i', (size) => {
    expect(sentencesOf(ANSWER, size)).toEqual(SENTENCES)
  })

  it('are told as soon as the next one has begun, and no sooner', () => {
    const cutter = createSentenceCutter()
    expect(cutter.push('Hi Anna. ')).toEqual([])
    expect(cutter.push('It')).toEqual(['Hi Anna.'])
    expect(cutter.end()).toEqual(['It'])
  })

  it('are cut by punctuation where the browser knows no better', () => {
    vi.stubGlobal('Intl', { ...Intl, Segmenter: undefined })
    for (const size of [1, 5, 1_000]) expect(sentencesOf(ANSWER, size)).toEqual(SENTENCES)
  })

  it('may be in a script without blanks, and in a language that is none', () => {
    expect(sentencesOf('你好。谢谢！', 2, 'zh')).toEqual(['你好。', '谢谢！'])
    expect(sentencesOf('One. Two.', 3, 'no such language')).toEqual(['One.', 'Two.'])
  })

  it('are said without the marks of markdown', () => {
    const text =
      '## Result\n\n- **Yes**, see [the page](https://example.com/a_b). \n> `code` it is.\n\n| a | b |\n'
    expect(sentencesOf(text, 4)).toEqual(['Result', 'Yes , see the page.', 'code it is.', 'a b'])
  })

  it('are silent where there is nothing to say', () => {
    expect(sentencesOf('\n\n---\n\n***\n', 2)).toEqual([])
  })

  it('do not wait for ever for an end, and are not looked at again', () => {
    const cutter = createSentenceCutter()
    const said: string[] = []
    for (let index = 0; index < 2_000; index += 1) said.push(...cutter.push('word '))
    said.push(...cutter.end())
    expect(said.join(' ').split(' ')).toHaveLength(2_000)
    expect(Math.max(...said.map(({ length }) => length))).toBeLessThanOrEqual(600)
  })

  it('lose no letter, wherever the text is cut', () =>
    fc.assert(
      fc.property(
        fc.lorem({ mode: 'sentences', maxCount: 6 }),
        fc.integer({ min: 1, max: 40 }),
        (text, size) => {
          const letters = (value: string) => value.replace(/\s+/g, '')
          expect(letters(sentencesOf(text, size).join(''))).toBe(letters(text))
        },
      ),
    ))
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRedactor } from './create-redactor.ts'
import { HARMLESS, HOSTILE, REPEATED } from './texts.test.kit.ts'
import { valuesOf } from './values.test.kit.ts'

const redact = createRedactor()

describe('redact', () => {
  it.each(HOSTILE)('leaves nothing of: $text', ({ text, gone, label }) => {
    const left = redact(text)
    expect(left).toContain(`[${label}]`)
    for (const part of gone) expect(left).not.toContain(part)
  })

  it.each(HARMLESS)('leaves as it is: %s', (text) => {
    expect(redact(text)).toBe(text)
  })

  it('keeps what stands around', () => {
    expect(redact('Ask ada@example.com (not bob@example.org), today.')).toBe(
      'Ask [email] (not [email]), today.',
    )
    expect(redact('é 4111\u20091111\u20091111\u20091111 ü')).toBe('é [card] ü')
  })

  it.each(valuesOf)('finds every %s in the midst of anything', (label, values) => {
    const around = fc.string({ unit: 'grapheme', maxLength: 40 })
    const mark = fc.constantFrom(' ', '\n', ', ', '; ', '\t')
    fc.assert(
      fc.property(values, around, around, mark, mark, (value, before, after, open, close) => {
        const left = redact(`${before}${open}${value}${close}${after}`)
        expect(left).not.toContain(value)
        expect(left).toMatch(/\[\w+\]/)
        expect(label).not.toBe('')
      }),
      { numRuns: 300 },
    )
  })

  it('changes nothing where it was before', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const once = redact(text)
        expect(redact(once)).toBe(once)
      }),
      { numRuns: 500 },
    )
  })

  it('does not change a text of words', () => {
    const word = fc.stringMatching(/^[a-z]{1,12}$/).filter((each) => !/bearer|basic/.test(each))
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const text = words.join(' ')
        expect(redact(text)).toBe(text)
      }),
    )
  })

  it.each(REPEATED)('takes time that grows with the text alone: %j', (unit) => {
    const timeOf = (length: number) => {
      const text = unit.repeat(Math.ceil(length / unit.length))
      const times = Array.from({ length: 3 }, () => {
        // Of the processor: the clock on the wall also runs while others have it.
        const from = process.cpuUsage()
        redact(text)
        return process.cpuUsage(from).user / 1000
      })
      return Math.min(...times)
    }
    timeOf(2_000)
    // Twenty times the text: a square would take four hundred times as long.
    expect(timeOf(100_000)).toBeLessThan(100 * Math.max(timeOf(5_000), 1))
  })

  it('cuts a text that is longer than anybody writes', () => {
    expect(createRedactor({ maxLength: 5 })('123456789')).toBe('12345')
  })

  it('finds what the app looks for, by a pattern and by a function, and names it so', () => {
    const own = createRedactor({
      own: [
        { label: 'ticket', find: /\bT-\d{4}\b/ },
        { label: 'name', find: (text) => [[text.indexOf('Ada'), text.indexOf('Ada') + 3]] },
      ],
    })
    expect(own('Ada has T-1000 and T-2000, ada@example.com')).toBe(
      '[name] has [ticket] and [ticket], [email]',
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createObjectReader } from './object-reader.ts'

/** Cuts a text at arbitrary places. */
const cutText = (text: string, cuts: readonly number[]): string[] => {
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((from, index) => text.slice(from, places[index] ?? text.length))
}

function read(...pieces: string[]): { value: unknown; complete: boolean; error: string | null } {
  const reader = createObjectReader()
  for (const piece of pieces) reader.push(piece)
  return { value: reader.snapshot(), complete: reader.complete, error: reader.error }
}

describe('createObjectReader', () => {
  it.each([
    ['', undefined],
    ['{', {}],
    ['{"na', {}],
    ['{"name"', {}],
    ['{"name":"Ad', { name: 'Ad' }],
    ['{"name":"Ada","age":3', { name: 'Ada' }],
    ['{"name":"Ada","age":36,', { name: 'Ada', age: 36 }],
    ['{"ok":tru', {}],
    ['{"ok":true}', { ok: true }],
    ['[1,2', [1]],
    ['[1,2]', [1, 2]],
    ['[[],{"a":[', [[], { a: [] }]],
    ['"half', 'half'],
    ['"line\\', 'line'],
    ['"line\\n', 'line\n'],
    ['"\\u00', ''],
    ['"\\u00e9', 'é'],
    ['"\\ud83d', ''],
    ['"\\ud83d\\ude00', '😀'],
    ['{"__proto__":{"x":1}}', JSON.parse('{"__proto__":{"x":1}}')],
    ['{"a":1,"a":2}', { a: 2 }],
  ])('shows what has come of %s', (text, value) => {
    expect(read(text)).toMatchObject({ error: null })
    expect(read(text).value).toEqual(value)
  })

  it.each([
    ['{"a" 1}', /':' is missing at character 5/],
    ['[1 2]', /',' or '\]' is missing at character 3/],
    ['{a:1}', /a key should begin at character 1/],
    ['[01]', /'01' is no JSON value/],
    ['[nul]', /'nul' is no JSON value/],
    ['["\\x"]', /an unknown escape at character 3/],
    ['["\\u12g4"]', /not hexadecimal/],
    ['["a\nb"]', /a control character in a string at character 3/],
    ['{} x', /text after the end at character 3/],
    ['[1,]', /a value should begin at character 3/],
    ['{"a":1,}', /a key should begin/],
    ['<html>', /a value should begin at character 0/],
    ['['.repeat(300), /nesting deeper than 256/],
  ])('says why %s is not JSON and keeps what came before', (text, why) => {
    const { error, complete } = read(text)
    expect(error).toMatch(why)
    expect(complete).toBe(false)
  })

  it('reads what JSON.parse reads, however the text is cut', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.array(fc.nat(), { maxLength: 40 }), (text, cuts) => {
        const reader = createObjectReader()
        for (const piece of cutText(text, cuts)) {
          reader.push(piece)
          reader.snapshot()
        }
        expect(reader.error).toBeNull()
        expect(reader.complete).toBe(true)
        reader.push(' ')
        expect(reader.snapshot()).toEqual(JSON.parse(text))
      }),
      { numRuns: 500 },
    )
  })

  it('fails exactly where JSON.parse fails, on texts that are nearly JSON', () => {
    const nearly = fc
      .tuple(
        fc.json({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom('', '"', '{', ']', ',', 'e', '\\', '0', '-', ' '),
      )
      .map(([text, at, change]) => {
        const place = at % (text.length + 1)
        return text.slice(0, place) + change + text.slice(place + 1)
      })
    fc.assert(
      fc.property(nearly, (text) => {
        const { complete } = read(...text)
        let parses = true
        try {
          JSON.parse(text)
        } catch {
          parses = false
        }
        expect(complete).toBe(parses)
      }),
      { numRuns: 2_000 },
    )
  })

  it('never changes a value that it has shown', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const reader = createObjectReader()
        const shown: [value: unknown, asText: string | undefined][] = []
        for (const char of text) {
          reader.push(char)
          const value = reader.snapshot()
          shown.push([value, JSON.stringify(value)])
        }
        for (const [value, asText] of shown) expect(JSON.stringify(value)).toBe(asText)
      }),
    )
  })

  it('keeps the identity of rows that are closed, while later ones grow', () => {
    const reader = createObjectReader()
    const rows = (): unknown[] => (reader.snapshot() as { rows: unknown[] }).rows
    reader.push('{"rows":[{"id":1},{"id":2},{"id":3')
    const [first, second] = rows()
    reader.push('},{"id":4}')
    const after = rows()
    expect(after[0]).toBe(first)
    expect(after[1]).toBe(second)
    expect(after).toHaveLength(4)
  })

  it('keeps the identity of a row that was shown whole before its brace arrived', () => {
    const reader = createObjectReader()
    const row = (): unknown => (reader.snapshot() as unknown[])[0]
    reader.push('[{"title":"done"')
    const shown = row()
    reader.push('}')
    expect(row()).toBe(shown)
    reader.push(',{}]')
    expect(row()).toBe(shown)
  })

  it('gives the same snapshot where nothing arrived', () => {
    const reader = createObjectReader()
    reader.push('{"a":["x"')
    expect(reader.snapshot()).toBe(reader.snapshot())
    const before = reader.snapshot()
    reader.push('  ')
    expect(reader.snapshot()).toBe(before)
  })

  it('does not touch the prototype of anything', () => {
    const { value } = read('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  })
})

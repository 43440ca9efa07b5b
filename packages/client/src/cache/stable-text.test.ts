import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stableText } from './stable-text.ts'

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, shuffled(each)]),
  )
}

describe('the text of an input', () => {
  it.each([
    [
      { a: 1, b: { c: 2, d: 3 } },
      { b: { d: 3, c: 2 }, a: 1 },
    ],
    ['  hello ', 'hello'],
    [{ subject: ' Invoice\n' }, { subject: 'Invoice' }],
    [{ a: 1, b: undefined }, { a: 1 }],
    [{ at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }],
    [undefined, undefined],
  ])('is the same for %j and %j', (one, other) => {
    expect(stableText(one)).not.toBeNull()
    expect(stableText(one)).toBe(stableText(other))
  })

  it.each([
    [{ a: 1 }, { a: '1' }],
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
    ['a b', 'ab'],
    [{ a: { b: 1 } }, { a: 1, b: 1 }],
    [null, undefined],
    ['Hello', 'hello'],
  ])('is another for %j and %j', (one, other) => {
    expect(stableText(one)).not.toBe(stableText(other))
  })

  it.each([
    ['a map', new Map([[1, 2]])],
    ['a set within', { tags: new Set(['a']) }],
    ['bytes', new Uint8Array([1])],
    ['a file', new Blob(['x'])],
    [
      'an instance',
      new (class Ticket {
        #secret = 1
        read = () => this.#secret
      })(),
    ],
    ['a function', { f: () => 1 }],
    ['a number that JSON has not', { big: 1n }],
  ])('is none for %s, which JSON does not show whole', (_what, input) => {
    expect(stableText(input)).toBeNull()
  })

  it('is none for a circle', () => {
    const circle: { self?: unknown } = {}
    circle.self = circle
    expect(stableText(circle)).toBeNull()
  })

  it('does not depend on the order of keys, and differs where JSON differs by more', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = stableText(value)
        expect(stableText(shuffled(value))).toBe(text)
        expect(stableText([value])).not.toBe(text)
        expect(stableText(JSON.parse(text ?? ''))).toBe(text)
      }),
    )
  })
})

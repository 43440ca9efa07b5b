import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareStructure } from './share-structure.ts'

describe('shareStructure', () => {
  it('keeps the objects that say the same, and takes those that do not', () => {
    const before = { rows: [{ id: 1, tags: ['a'] }, { id: 2 }], title: 'x' }
    const after = {
      rows: [
        { id: 1, tags: ['a'] },
        { id: 2, done: true },
      ],
      title: 'x',
    }
    const shared = shareStructure(before, after)
    expect(shared).toEqual(after)
    expect(shared.rows[0]).toBe(before.rows[0])
    expect(shared.rows[1]).not.toBe(before.rows[1])
    expect(shared).not.toBe(before)
  })

  it('gives the one before where all of it says the same', () => {
    const before = { a: [1, { b: null }], c: Number.NaN }
    expect(shareStructure(before, structuredClone(before))).toBe(before)
  })

  it('takes what is no plain data as it is', () => {
    const date = new Date(0)
    expect(shareStructure({ at: new Date(0) }, { at: date }).at).toBe(date)
    expect(shareStructure([1], { 0: 1 })).toEqual({ 0: 1 })
    expect(shareStructure({ a: 1 }, 'a')).toBe('a')
    expect(shareStructure(undefined, { a: 1 })).toEqual({ a: 1 })
  })

  it('tells a property that is missing from one that is undefined', () => {
    expect(Object.keys(shareStructure({ b: 1 }, { a: undefined }))).toEqual(['a'])
    expect(Object.keys(shareStructure({ a: undefined }, {}))).toEqual([])
  })

  it('is no way to a prototype', () => {
    const hostile: unknown = JSON.parse('{"__proto__":{"polluted":true},"a":{"x":1}}')
    const shared = shareStructure({ a: { x: 2 } }, hostile)
    expect(JSON.stringify(shared)).toBe(JSON.stringify(hostile))
    expect(Object.getPrototypeOf(shared)).toBe(Object.prototype)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('ends on a value that goes deeper than any stack', () => {
    const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)])
    expect(JSON.stringify(shareStructure(deep(2_000), deep(2_000)))).toBe(JSON.stringify(deep(2_000)))
  })

  it('says what `after` says, whatever was before', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
        expect(JSON.stringify(shareStructure(before, after))).toBe(JSON.stringify(after))
      }),
    )
  })
})

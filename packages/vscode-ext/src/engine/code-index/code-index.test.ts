import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createCodeIndex } from './code-index.ts'
import { findFeatures } from './find-features.ts'
import { editBetween, reanchor } from './reanchor.ts'

const good = "const f = defineFeature({ id: 'a' })\nconst g = defineFeature({ id: 'b' })\n"

describe('the code index', () => {
  it('parses a text once', () => {
    const find = vi.fn(findFeatures)
    const index = createCodeIndex(find)
    index.read('a.ts', good)
    index.read('a.ts', good)
    expect(find).toHaveBeenCalledTimes(1)
  })

  it('keeps the last good result while a line above is being typed', () => {
    const index = createCodeIndex()
    index.read('a.ts', good)
    const typed = `function half( {\n${good}`
    const starts = index.read('a.ts', typed).map(({ start }) => typed.slice(start, start + 13))
    expect(starts).toEqual(['defineFeature', 'defineFeature'])
  })

  it('keeps a call that is being typed in, and those after it', () => {
    const index = createCodeIndex()
    index.read('a.ts', good)
    const typed = good.replace("{ id: 'a' }", "{ id: 'a', ladder: [")
    expect(index.read('a.ts', typed).map(({ id, start }) => [id, typed.slice(start, start + 13)])).toEqual([
      ['a', 'defineFeature'],
      ['b', 'defineFeature'],
    ])
  })

  it('drops a call that was cut out with something unfinished in its place', () => {
    const index = createCodeIndex()
    index.read('a.ts', good)
    const typed = good.replace("const f = defineFeature({ id: 'a' })", '[')
    expect(index.read('a.ts', typed).map(({ id }) => id)).toEqual(['b'])
  })

  it('takes the new result as soon as the file parses again', () => {
    const index = createCodeIndex()
    index.read('a.ts', good)
    index.read('a.ts', `${good}(`)
    expect(index.read('a.ts', good.replace("'a'", "'c'")).map(({ id }) => id)).toEqual(['c', 'b'])
  })

  it('knows nothing of a file that never parsed, or was closed', () => {
    const index = createCodeIndex()
    expect(index.read('a.ts', `${good}(`)).toEqual([])
    index.read('a.ts', good)
    index.forget('a.ts')
    expect(index.read('a.ts', `${good}(`)).toEqual([])
  })

  it('keeps files apart', () => {
    const index = createCodeIndex()
    index.read('a.ts', good)
    expect(index.read('b.ts', `${good}(`)).toEqual([])
  })

  it('takes a file that nests too deeply for the parser as one that does not parse', () => {
    const index = createCodeIndex()
    index.read('a.ts', good)
    const deep = `${good}${'['.repeat(20_000)}${']'.repeat(20_000)}`
    expect(index.read('a.ts', deep).map(({ id }) => id)).toEqual(['a', 'b'])
  })

  it('does not parse a bundle', () => {
    const find = vi.fn(findFeatures)
    expect(createCodeIndex(find).read('a.js', `${good}${' '.repeat(1_000_000)}`)).toEqual([])
    expect(find).not.toHaveBeenCalled()
  })
})

describe('an edit', () => {
  it('turns the one text into the other, whatever they are', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 30 })
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { start, endBefore, endAfter } = editBetween(before, after)
        expect(before.slice(0, start) + after.slice(start, endAfter) + before.slice(endBefore)).toBe(after)
      }),
    )
  })

  it('leaves every offset that it does not swallow on the same character', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(text, text, fc.nat(29), (before, after, at) => {
        const offset = at % before.length
        const moved = reanchor(offset, editBetween(before, after))
        const edit = editBetween(before, after)
        if (moved === null || moved === edit.start) return
        expect(after[moved]).toBe(before[offset])
      }),
    )
  })
})

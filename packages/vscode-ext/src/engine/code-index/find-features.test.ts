import { describe, expect, it } from 'vitest'
import { findFeatures } from './find-features.ts'

const ids = (text: string, fileName = 'draft-reply.tsx'): string[] =>
  findFeatures(fileName, text).map(({ id }) => id)
const ours = "import { defineFeature } from '@evenkeel/client'\n"

describe('findFeatures finds a call', () => {
  it.each([
    ['by a plain id', "const f = defineFeature({ id: 'draft-reply' })", ['draft-reply']],
    ['with a type argument', "const f = defineFeature<Ticket>({ id: 'draft-reply' })", ['draft-reply']],
    [
      'with several type arguments',
      "defineFeature<Ticket, Reply<string>, 'tone'>({ id: 'draft-reply' })",
      ['draft-reply'],
    ],
    ['by a template literal without expressions', 'defineFeature({ id: `draft-reply` })', ['draft-reply']],
    ['by a quoted key', "defineFeature({ 'id': 'draft-reply' })", ['draft-reply']],
    ['by an escaped id', "defineFeature({ id: 'draft\\u002dreply' })", ['draft-reply']],
    ['with the id after other fields', "defineFeature({ ladder: [], id: 'draft-reply' })", ['draft-reply']],
    ['by the id that wins', "defineFeature({ id: 'first', id: 'second' })", ['second']],
    ['behind as const', "defineFeature({ id: 'draft-reply' as const } as const)", ['draft-reply']],
    ['behind satisfies', "defineFeature({ id: 'draft-reply' } satisfies Spec)", ['draft-reply']],
    ['in parentheses', "defineFeature(({ id: ('draft-reply') }))", ['draft-reply']],
    ['that is exported as default', "export default defineFeature({ id: 'draft-reply' })", ['draft-reply']],
    ['inside a component', "function A() { return <b>{defineFeature({ id: 'a' }).id}</b> }", ['a']],
    ['inside a class', "class A { static f = defineFeature({ id: 'a' }) }", ['a']],
    [
      'beside others, in the order of the file',
      "defineFeature({id:'b'}); defineFeature({id:'a'})",
      ['b', 'a'],
    ],
    ['after a spread', "defineFeature({ ...base, id: 'a' })", ['a']],
  ])('%s', (_name, text, expected) => {
    expect(ids(ours + text)).toEqual(expected)
  })

  it.each([
    ["import { defineFeature as feature } from '@evenkeel/client'\nfeature({ id: 'a' })", ['a']],
    ["import { defineFeature } from '@evenkeel/client/core'\ndefineFeature({ id: 'a' })", ['a']],
    ["import * as evenkeel from '@evenkeel/client'\nevenkeel.defineFeature({ id: 'a' })", ['a']],
    ["import { defineFeature } from './ai'\ndefineFeature({ id: 'a' })", ['a']],
    ["import { defineFeature } from '@/ai'\ndefineFeature({ id: 'a' })", ['a']],
    ["defineFeature({ id: 'a' })", ['a']],
    ["const { defineFeature } = require('@evenkeel/client')\ndefineFeature({ id: 'a' })", ['a']],
  ])('however it was imported: %s', (text, expected) => {
    expect(ids(text)).toEqual(expected)
  })

  it('where it starts and ends', () => {
    const text = `${ours}\nexport const f = defineFeature({ id: 'a' })\n`
    const [site] = findFeatures('a.ts', text)
    expect(text.slice(site?.start, site?.end)).toBe("defineFeature({ id: 'a' })")
  })

  it.each(['a.ts', 'a.mts', 'a.cts', 'a.tsx', 'a.js', 'a.jsx', 'a.mjs', 'A.TSX'])('in %s', (fileName) => {
    expect(ids(`${ours}const f = defineFeature({ id: 'a' })`, fileName)).toEqual(['a'])
  })

  it('beside an angle-bracket cast in a .ts file', () => {
    expect(ids(`${ours}const n = <number>x; defineFeature({ id: 'a' })`, 'a.ts')).toEqual(['a'])
  })

  it('in a file with decorators, top-level await and an early return', () => {
    const text = "await 1; @sealed class A { @prop x = 1 }\ndefineFeature({ id: 'a' })\nreturn"
    expect(ids(text, 'a.ts')).toEqual(['a'])
  })
})

describe('findFeatures leaves alone', () => {
  it.each([
    ['an id that is computed', 'defineFeature({ id: prefix + name })'],
    ['a template literal with an expression', 'defineFeature({ id: `draft-$' + '{kind}` })'],
    ['an id held in a variable', 'defineFeature({ id })'],
    ['a computed key', "defineFeature({ [id]: 'a' })"],
    ['no argument', 'defineFeature()'],
    ['an argument that is no object', 'defineFeature(spec)'],
    ['an id deeper inside', "defineFeature({ inner: { id: 'a' } })"],
    ['a method of something else', "flags.defineFeature({ id: 'a' })"],
    ['a computed method', "evenkeel['defineFeature']({ id: 'a' })"],
    ['a mention in a comment', "// defineFeature({ id: 'a' })"],
    ['a mention in a string', `const s = "defineFeature({ id: 'a' })"`],
    ['the function itself', 'export { defineFeature }'],
  ])('%s', (_name, text) => {
    expect(ids(ours + text)).toEqual([])
  })

  it("another package's defineFeature", () => {
    expect(ids("import { defineFeature } from 'jest-cucumber'\ndefineFeature({ id: 'a' })")).toEqual([])
    expect(ids("import defineFeature from 'flags'\ndefineFeature({ id: 'a' })")).toEqual([])
    expect(ids("import * as flags from 'flags'\nflags.defineFeature({ id: 'a' })")).toEqual([])
  })
})

describe('findFeatures on a file in pieces', () => {
  it('throws where nothing can be read', () => {
    expect(() => ids(`${ours}const f = defineFeature({ id: 'a'`)).toThrow(SyntaxError)
  })

  it('does not parse a file that cannot define a feature', () => {
    expect(ids('this is ( no code')).toEqual([])
  })

  it('reads on past an error that the parser recovers from', () => {
    expect(ids(`${ours}let a; let a; defineFeature({ id: 'a' })`)).toEqual(['a'])
  })
})

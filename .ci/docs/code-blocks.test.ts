import { describe, expect, it } from 'vitest'
import { asModule } from './as-module.ts'
import { codeBlocksIn } from './code-blocks.ts'

describe('codeBlocksIn', () => {
  it('finds TypeScript with and without elements, and no other language', () => {
    const markdown = 'One\n\n```ts\na()\n```\n\n```sh\nb\n```\n\n```tsx\nc()\nd()\n```\n'
    expect(codeBlocksIn(markdown)).toEqual([
      { line: 4, code: 'a()\n' },
      { line: 12, code: 'c()\nd()\n' },
    ])
  })
})

describe('asModule', () => {
  const exported = { '@evenkeel/client': ['useAI', 'createEngine'] }
  const lineOf = (text: string, sought: string) =>
    text.split('\n').findIndex((line) => line.includes(sought)) + 1

  it('leaves each line where it is in the manual', () => {
    const text = asModule({ line: 30, code: "import { x } from 'y'\n\nreturn x\nz()\n" }, exported)
    expect(['import { x }', 'return x', 'z()'].map((sought) => lineOf(text, sought))).toEqual([30, 32, 33])
  })

  it('imports what a block uses and does not bind itself', () => {
    const imports = (code: string) => asModule({ line: 9, code }, exported).split('\n')[0]
    expect(imports('useAI(f)')).toBe("export {}; import { useAI } from '@evenkeel/client'")
    expect(imports("import { useAI } from './own.ts'\nuseAI(f)")).toBe('export {}')
    expect(imports('const createEngine = () => {}\ncreateEngine()')).toBe('export {}')
    expect(imports('useAIs(f)')).toBe('export {}')
  })

  it('makes statements of elements, and a function of what returns', () => {
    expect(asModule({ line: 2, code: '<a>\n</a>\n<b />\n' }, {})).toBe('export {}\n;<a>\n</a>\n;<b />\n')
    expect(asModule({ line: 2, code: 'return <a />\n' }, {})).toBe(
      'export {}\nexport async function Sample() { return <a />\n}\n',
    )
  })
})

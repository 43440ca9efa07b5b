import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as client from '@evenkeel/client'
import * as shared from '@evenkeel/shared'
import * as server from '@evenkeel/shared/server'
import { describe, expect, it } from 'vitest'
import { asModule } from './as-module.ts'
import { codeBlocksIn } from './code-blocks.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const PLACE = join(ROOT, '.cache', 'docs')

/** What a manual imports once, at its head, and then takes for granted. */
const SHARED = {
  '@evenkeel/shared': Object.keys(shared),
  '@evenkeel/shared/server': Object.keys(server),
}
const MANUALS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'README.md': {},
  'packages/client/README.md': { '@evenkeel/client': Object.keys(client) },
  'packages/shared/README.md': SHARED,
  'packages/vscode-ext/src/engine/README.md': {
    '../../packages/vscode-ext/src/engine/attach.ts': ['attachCollector'],
  },
}

/** The compiler's complaints, by manual and line. */
async function complaints(files: Readonly<Record<string, string>>): Promise<string[]> {
  rmSync(PLACE, { recursive: true, force: true })
  mkdirSync(PLACE, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(PLACE, name), text)
  writeFileSync(
    join(PLACE, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../tsconfig.base.json',
      compilerOptions: {
        lib: ['ESNext', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
        jsx: 'react-jsx',
        types: ['node'],
        composite: false,
        declaration: false,
        declarationMap: false,
        emitDeclarationOnly: false,
        noEmit: true,
        // A sample shows what there is, and need not use it.
        noUnusedLocals: false,
        noUnusedParameters: false,
      },
      files: [...Object.keys(files), '../../.ci/docs/given.d.ts'],
    }),
  )
  const said = await promisify(execFile)('npx', ['tsc', '-p', PLACE, '--pretty', 'false'], {
    cwd: ROOT,
  }).then(
    ({ stdout }) => stdout,
    ({ stdout, message }: { stdout?: string; message: string }) => stdout || message,
  )
  return said
    .split('\n')
    .filter((line) => line.includes('error TS'))
    .map((line) => line.replace(/^\.cache\/docs\/([\w.-]+)--\d+\.tsx\((\d+),\d+\)/, '$1:$2'))
}

describe('the manuals', () => {
  it('show code that compiles against what is exported', async () => {
    const files: Record<string, string> = {}
    for (const [manual, exported] of Object.entries(MANUALS)) {
      const blocks = codeBlocksIn(readFileSync(join(ROOT, manual), 'utf8'))
      expect(blocks.length, manual).toBeGreaterThan(0)
      for (const block of blocks) {
        files[`${manual.replaceAll('/', '.')}--${block.line}.tsx`] = asModule(block, exported)
      }
    }
    expect(Object.keys(files).length).toBeGreaterThan(30)
    expect(await complaints(files)).toEqual([])
  })

  it('would be told of a name that is gone, at its line', async () => {
    const gone = { line: 7, code: "import { useGone } from '@evenkeel/client'\nuseGone()\n" }
    const [first] = await complaints({ 'some.md--7.tsx': asModule(gone, {}) })
    expect(first).toMatch(/^some\.md:7: error TS2305/)
  })
})

import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const main = join(import.meta.dirname, 'main.ts')
let pristine: string
let copy: string

function copySources(from: string, to: string): void {
  for (const folder of globSync(['packages/*/src', 'samples/*/{src,server}'], { cwd: from })) {
    cpSync(join(from, folder), join(to, folder), { recursive: true })
  }
}

function check(): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, copy], { encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

beforeAll(() => {
  pristine = mkdtempSync(join(tmpdir(), 'evenkeel-house-'))
  copySources(root, pristine)
})

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'evenkeel-house-'))
  copySources(pristine, copy)
  return () => rmSync(copy, { recursive: true })
})

afterAll(() => rmSync(pristine, { recursive: true }))

describe('the architecture check', () => {
  it('passes on the sources as they are', () => {
    expect(check()).toMatchObject({ status: 0 })
  })

  it.each([
    ['packages/shared/src/level.ts', "import 'node:fs'", "'shared' may import only"],
    [
      'packages/shared/src/level.ts',
      "import type {} from './server/index.ts'",
      "'shared' must not import 'shared/server'",
    ],
    [
      'packages/client/src/stream/event.ts',
      "import type {} from '../run/run.ts'",
      "'client/stream' must not import 'client/run'",
    ],
    ['packages/client/src/run/run.ts', "import 'react'", "'client/run' may import only"],
    ['packages/client/src/run/run.ts', "import 'zod'", "'client/run' may import only"],
    ['packages/vscode-ext/src/engine/contract.ts', "import 'vscode'", "'engine' may import only"],
    [
      'packages/vscode-ext/src/engine/contract.ts',
      "export {} from '@evenkeel/client'",
      "'engine' must not import 'client entries'",
    ],
    [
      'packages/vscode-ext/src/engine/contract.ts',
      "type A = import('../editor/none.ts').A",
      'which does not exist',
    ],
    [
      'packages/client/src/core.ts',
      "const later = import('@evenkeel/shared/src/level.ts')",
      'which is no public entry',
    ],
  ])('fails when %s says %s', (file, line, complaint) => {
    appendFileSync(join(copy, file), `\n${line}\n`)
    const { status, output } = check()
    expect(output).toContain(complaint)
    expect(output).toContain(file)
    expect(status).toBe(1)
  })

  it('fails on an import cycle and names its files', () => {
    const folder = join(copy, dirname('packages/shared/src/level.ts'))
    writeFileSync(join(folder, 'hen.ts'), "import './egg.ts'\n")
    writeFileSync(join(folder, 'egg.ts'), "import './hen.ts'\n")
    const { status, output } = check()
    expect(output).toMatch(/import cycle: .*(hen|egg)\.ts → .*(hen|egg)\.ts/)
    expect(status).toBe(1)
  })
})

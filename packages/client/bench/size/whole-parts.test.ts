import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bundlePart } from '../../../../.ci/whole-parts.ts'

const source = join(import.meta.dirname, '../../src')
const modules = globSync('**/*.{ts,tsx}', { cwd: source }).filter((file) => !/\.test\./.test(file))
const parts = new Set(
  modules.flatMap((file) => {
    const path = join(source, file)
    const imports = readFileSync(path, 'utf8').matchAll(/(?<!typeof )import\('(\..+?)'\)/g)
    return [...imports].map(([, part = '']) => join(dirname(path), part))
  }),
)
const STATE = /^(export )?(let |const [^=]+ = new Weak)/m

describe('the parts that are loaded when they are needed', () => {
  it('are found, and so is state', () => {
    expect([...parts].map((part) => part.slice(source.length))).toEqual(
      expect.arrayContaining(['/run/on-demand.ts', '/run/resume.ts', '/stream/other-bodies.ts']),
    )
    expect(readFileSync(join(source, 'react/adopt-styles.ts'), 'utf8')).toMatch(STATE)
    expect(readFileSync(join(source, 'run/default-engine.ts'), 'utf8')).toMatch(STATE)
  })

  it.each([...parts].map((part) => part.slice(source.length + 1)))(
    'are one module each, with a copy of nothing that keeps state: %s',
    async (part) => {
      const { code, modules } = await bundlePart(join(source, part))
      expect(code).not.toMatch(/^import .* from "(\.|@evenkeel)/m)
      expect(code).toMatch(/^export \{/m)
      expect(modules).toContain(join(source, part))
      expect(modules.filter((module) => STATE.test(readFileSync(module, 'utf8')))).toEqual([])
    },
  )
})

import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bundlePart, keepsState } from '../../../../.ci/whole-parts.ts'

const source = join(import.meta.dirname, '../../src')
const modules = globSync('**/*.{ts,tsx}', { cwd: source }).filter((file) => !/\.test\./.test(file))
const parts = new Set(
  modules.flatMap((file) => {
    const path = join(source, file)
    const imports = readFileSync(path, 'utf8').matchAll(/(?<!typeof )import\('(\..+?)'\)/g)
    return [...imports].map(([, part = '']) => join(dirname(path), part))
  }),
)

describe('the parts that are loaded when they are needed', () => {
  it('are found', () => {
    expect([...parts].map((part) => part.slice(source.length))).toEqual(
      expect.arrayContaining(['/run/on-demand.ts', '/run/resume.ts', '/stream/other-bodies.ts']),
    )
  })

  it.each([
    ['react/adopt-styles.ts', true],
    ['run/default-engine.ts', true],
    ['render/read-object.ts', true],
    ['../../shared/src/define-feature.ts', true],
    ['run/asking.ts', false],
    ['render/attach-view.ts', false],
    ['stream/provider-failure.ts', false],
  ])('keep no copy of %s: %s, because it keeps state', (module, isApart) => {
    expect(keepsState(join(source, module))).toBe(isApart)
  })

  it.each([...parts].map((part) => part.slice(source.length + 1)))(
    'are one module each, but for what keeps state: %s',
    async (part) => {
      const entry = join(source, part)
      const { code, modules } = await bundlePart(entry)
      expect(code).toMatch(/^export \{/m)
      expect(modules.filter((module) => module !== entry && keepsState(module))).toEqual([])
      const apart = [...code.matchAll(/ from "([^"]+)"/g)].map(([, from = '']) => from)
      const own = apart.filter((from) => /^\.|^@evenkeel/.test(from))
      expect(own.filter((from) => !keepsState(join(dirname(entry), from)))).toEqual([])
    },
  )
})

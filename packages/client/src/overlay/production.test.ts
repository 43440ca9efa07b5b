import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

/** An app with the overlay in it, as a product imports it. */
const APP = `
import { createEngine, createRun, defineFeature } from '@evenkeel/client/core'
import { EvenkeelOverlay, mountOverlay } from '@evenkeel/client/overlay'
const feature = defineFeature({ id: 'a', interaction: 'progressive', ladder: [{ step: 'omit' }] })
globalThis.app = { run: createRun(feature, createEngine()), overlay: EvenkeelOverlay, remove: mountOverlay() }
`

async function bundle(mode: 'production' | 'development', conditions: readonly string[]) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: APP, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: '/out',
    write: false,
    metafile: true,
    minify: mode === 'production',
    conditions: ['evenkeel-source', 'browser', ...conditions],
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    external: ['react', 'react-dom', 'react-dom/client', 'react/jsx-runtime'],
    jsx: 'automatic',
    logLevel: 'error',
  })
  const carried = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([module, { bytesInOutput }]) => (bytesInOutput > 0 ? [module] : [])),
  )
  return {
    ofOverlay: carried.filter((module) => /src\/overlay\//.test(module)),
    carried,
    text: outputFiles.map(({ text }) => text).join('\n'),
  }
}

/** Words that only the overlay says, and what it needs. */
const SIGNS = ['evenkeel-overlay', 'KeyE', 'until cleared', 'react-dom', 'Forced by the overlay']

describe('a production build', () => {
  it.each([
    ['of a bundler that knows the condition', ['production']],
    ['of a bundler that only replaces NODE_ENV', []],
  ])('%s carries nothing of the overlay', async (_which, conditions) => {
    const { ofOverlay, carried, text } = await bundle('production', conditions)
    expect(ofOverlay).toEqual([])
    expect(SIGNS.filter((sign) => text.includes(sign))).toEqual([])
    expect(carried.some((module) => module.endsWith('run/engine.ts'))).toBe(true)
  })
})

describe('a development build', () => {
  it('carries all of it, and what registers it although nobody imports that by name', async () => {
    const { ofOverlay, text } = await bundle('development', ['development'])
    const names = ofOverlay.map((module) => module.split('/').at(-1))
    expect(names).toEqual(expect.arrayContaining(['installed-store.ts', 'overlay.tsx', 'rehearse-runs.ts']))
    expect(SIGNS.filter((sign) => !text.includes(sign))).toEqual([])
  })
})

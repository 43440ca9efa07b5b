import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Defect } from './plant.ts'
import { createPlanting } from './planting.ts'

const source = fileURLToPath(new URL('../src/', import.meta.url))

/** The script of a page, bundled from the real sources with this defect in them; `null` for one without. */
export async function buildPage(entry: string, defect: Defect | null): Promise<string> {
  const planting = createPlanting(source, defect)
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    platform: 'browser',
    conditions: ['evenkeel-source', 'production'],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
    plugins: [planting.plugin],
  })
  planting.check()
  return outputFiles[0]?.text ?? ''
}

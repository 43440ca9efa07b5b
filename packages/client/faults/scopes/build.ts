import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type BuildOptions, build } from 'esbuild'
import type { Defect } from '../plant.ts'
import { createPlanting } from '../planting.ts'
import type { startProductServer } from './server.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const here = fileURLToPath(new URL('.', import.meta.url))
let builds = 0

/** The product, both halves of it. */
export interface Product {
  readonly startProductServer: typeof startProductServer
  /** The scripts of its pages, in chunks as a product's bundler would make them: path → text. */
  readonly scripts: ReadonlyMap<string, string>
}

/** Builds the product from the real sources, with this defect in them; `null` for a copy without one. */
export async function buildProduct(defect: Defect | null): Promise<Product> {
  const planting = createPlanting(`${root}packages`, defect)
  const options = {
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['evenkeel-source', 'production'] as string[],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
    plugins: [planting.plugin],
  } as const satisfies BuildOptions
  const [pages, server] = await Promise.all([
    build({
      ...options,
      entryPoints: [`${here}page/page.ts`, `${here}page/app.tsx`],
      platform: 'browser',
      splitting: true,
      jsx: 'automatic',
      outdir: '/scripts',
    }),
    build({
      ...options,
      entryPoints: [`${here}server.ts`],
      platform: 'node',
      external: ['@openfeature/*'],
    }),
  ])
  planting.check()
  builds += 1
  const folder = `${root}.cache/faults-scopes`
  mkdirSync(folder, { recursive: true })
  const file = `${folder}/server-${process.pid}-${builds}.mjs`
  writeFileSync(file, server.outputFiles[0]?.text ?? '')
  const half = (await import(pathToFileURL(file).href)) as Pick<Product, 'startProductServer'>
  return {
    startProductServer: half.startProductServer,
    scripts: new Map(pages.outputFiles.map(({ path, text }) => [path, text])),
  }
}

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import type { Defect } from '../plant.ts'
import type { startProductServer } from './product-server.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const here = fileURLToPath(new URL('.', import.meta.url))
let builds = 0

/** The product, both halves of it. */
export interface Product {
  readonly startProductServer: typeof startProductServer
  /** The script of its page, in chunks as a product's bundler would make them: path → text. */
  readonly scripts: ReadonlyMap<string, string>
}

/** Builds the product from the real sources, with this defect in them; `null` for a copy without one. */
export async function buildProduct(defect: Defect | null): Promise<Product> {
  const planting = createPlanting(defect)
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
  const [page, server] = await Promise.all([
    build({
      ...options,
      entryPoints: [`${here}page.ts`],
      platform: 'browser',
      splitting: true,
      outdir: '/scripts',
    }),
    build({ ...options, entryPoints: [`${here}product-server.ts`], platform: 'node' }),
  ])
  planting.check()
  builds += 1
  const folder = `${root}.cache/faults-telemetry`
  mkdirSync(folder, { recursive: true })
  const file = `${folder}/server-${process.pid}-${builds}.mjs`
  writeFileSync(file, server.outputFiles[0]?.text ?? '')
  const half = (await import(pathToFileURL(file).href)) as Pick<Product, 'startProductServer'>
  return {
    startProductServer: half.startProductServer,
    scripts: new Map(page.outputFiles.map(({ path, text }) => [path, text])),
  }
}

function createPlanting(defect: Defect | null): { readonly plugin: Plugin; check(): void } {
  let isPlanted = defect === null
  const plugin: Plugin = {
    name: 'plant',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (defect === null || relative(`${root}packages`, path).split(sep).join('/') !== defect.file)
          return null
        const text = readFileSync(path, 'utf8')
        const found = text.split(defect.from).length - 1
        // A defect that no longer fits the source would be noticed by nobody, and prove nothing.
        if (found !== 1) throw new Error(`'${defect.name}' fits ${defect.file} ${found} times, not once.`)
        isPlanted = true
        return { contents: text.replace(defect.from, () => defect.to), loader: 'ts' }
      })
    },
  }
  return {
    plugin,
    check() {
      if (!isPlanted) throw new Error(`'${defect?.name}': ${defect?.file} is not among what is built.`)
    },
  }
}

import { readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Defect } from './plant.ts'

const source = fileURLToPath(new URL('../src/', import.meta.url))

/** The script of a page, bundled from the real sources with this defect in them; `null` for one without. */
export async function buildPage(entry: string, defect: Defect | null): Promise<string> {
  let isPlanted = defect === null
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
    plugins: [
      {
        name: 'plant',
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, ({ path }) => {
            if (defect === null || relative(source, path).split(sep).join('/') !== defect.file) return null
            const text = readFileSync(path, 'utf8')
            const found = text.split(defect.from).length - 1
            // A defect that no longer fits the source would be noticed by nobody, and prove nothing.
            if (found !== 1) throw new Error(`'${defect.name}' fits ${defect.file} ${found} times, not once.`)
            isPlanted = true
            return { contents: text.replace(defect.from, () => defect.to), loader: 'ts' }
          })
        },
      },
    ],
  })
  if (!isPlanted) throw new Error(`'${defect?.name}': ${defect?.file} is not among what is built.`)
  return outputFiles[0]?.text ?? ''
}

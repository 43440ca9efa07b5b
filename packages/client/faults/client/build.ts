import { readFileSync } from 'node:fs'
import { basename, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import type { Defect } from '../plant.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const packages = fileURLToPath(new URL('../../../', import.meta.url))

/**
 * One page with its library, as a bundler makes it for production: what is imported later is in chunks of its
 * own. With a defect in it, where one is given, in a file relative to `packages/`.
 */
export async function buildPage(
  page: string,
  defect: Defect | null = null,
): Promise<ReadonlyMap<string, string>> {
  let isPlanted = defect === null
  const plant: Plugin = {
    name: 'plant',
    setup({ onLoad }) {
      onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
        if (defect === null || relative(packages, path).split(sep).join('/') !== defect.file) return null
        const text = readFileSync(path, 'utf8')
        const found = text.split(defect.from).length - 1
        // A defect that no longer fits the source would be noticed by nobody, and prove nothing.
        if (found !== 1) throw new Error(`'${defect.name}' fits ${defect.file} ${found} times, not once.`)
        isPlanted = true
        const loader = path.endsWith('x') ? 'tsx' : 'ts'
        return { contents: text.replace(defect.from, () => defect.to), loader }
      })
    },
  }
  const { outputFiles } = await build({
    entryPoints: { entry: `${here}pages/${page}.tsx` },
    bundle: true,
    splitting: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    outdir: '/out',
    conditions: ['evenkeel-source', 'browser', 'production'],
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'error',
    plugins: [plant],
  })
  if (!isPlanted) throw new Error(`'${defect?.name}': ${defect?.file} is not among what is built.`)
  return new Map(outputFiles.map(({ path, text }) => [basename(path), text]))
}

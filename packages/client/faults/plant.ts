import { readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { build, type Plugin } from 'esbuild'

/** A defect put into a copy of one source file: what stands there, once, and what takes its place. */
export interface Defect {
  readonly name: string
  /** Relative to `src/`. */
  readonly file: string
  readonly from: string
  readonly to: string
}

const source = new URL('../src/', import.meta.url).pathname

/**
 * The exports of this entry, whose imports are relative to `src/`, bundled from the real sources with this
 * defect in them; `null` for a copy without one.
 */
export async function plant(entry: string, defect: Defect | null): Promise<unknown> {
  let isPlanted = defect === null
  const plugin: Plugin = {
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
  }
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: source },
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['evenkeel-source'],
    logLevel: 'error',
    plugins: [plugin],
  })
  if (!isPlanted) throw new Error(`'${defect?.name}': ${defect?.file} is not among what is built.`)
  const text = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64')
  return import(`data:text/javascript;base64,${text}`)
}

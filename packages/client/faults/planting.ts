import { readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import type { Plugin } from 'esbuild'
import type { Defect } from './plant.ts'

/** Puts a defect into the sources as they are bundled; its `file` is a path beneath `folder`. */
export function createPlanting(
  folder: string,
  defect: Defect | null,
): { readonly plugin: Plugin; check(): void } {
  let isPlanted = defect === null
  const plugin: Plugin = {
    name: 'plant',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (defect === null || relative(folder, path).split(sep).join('/') !== defect.file) return null
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
    /** Throws where the defect is not in what was built. */
    check() {
      if (!isPlanted) throw new Error(`'${defect?.name}': ${defect?.file} is not among what is built.`)
    },
  }
}

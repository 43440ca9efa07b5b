import { readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { build, type Plugin } from 'esbuild'
import type { CreateReader } from '../../src/stream/reader.ts'
import type { Defect } from './planted.ts'

const streamFolder = new URL('../../src/stream/', import.meta.url).pathname

/** The reader, bundled from its real sources, with this defect in them; `null` for a copy without one. */
export async function buildReader(defect: Defect | null): Promise<CreateReader> {
  let planted = defect === null
  const plant: Plugin = {
    name: 'plant',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (defect === null || relative(streamFolder, path).split(sep).join('/') !== defect.file) return null
        const source = readFileSync(path, 'utf8')
        const found = source.split(defect.from).length - 1
        // A defect that no longer fits the source would be noticed by nobody, and prove nothing.
        if (found !== 1) throw new Error(`'${defect.name}' fits ${defect.file} ${found} times, not once.`)
        planted = true
        return { contents: source.replace(defect.from, () => defect.to), loader: 'ts' }
      })
    },
  }
  const { outputFiles } = await build({
    stdin: {
      contents: "export * from './create-reader.ts'; export { preloadProtocols } from './protocols.ts'",
      resolveDir: streamFolder,
    },
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['evenkeel-source'],
    logLevel: 'silent',
    plugins: [plant],
  })
  if (!planted) throw new Error(`'${defect?.name}': ${defect?.file} is not part of the reader.`)
  const source = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64')
  const { createReader, preloadProtocols } = (await import(`data:text/javascript;base64,${source}`)) as {
    createReader: CreateReader
    preloadProtocols: () => Promise<void>
  }
  await preloadProtocols()
  return createReader
}

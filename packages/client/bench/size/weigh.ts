import { gzipSync } from 'node:zlib'
import { build, type Metafile } from 'esbuild'

/** What a page downloads of a module: at once, and in all. Bytes after minification and gzip, each chunk by itself. */
export interface Weight {
  readonly firstLoadGz: number
  /** With every chunk that is imported later. */
  readonly everythingGz: number
}

const EXTERNAL = ['react', 'react-dom', 'react/jsx-runtime', 'react-dom/client', '@tanstack/react-query']

/** Bundles `source` as an application would, for production, with React outside. */
export async function weigh(source: string, resolveDir: string): Promise<Weight> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir, loader: 'tsx', sourcefile: 'entry.tsx' },
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    outdir: '/out',
    absWorkingDir: '/',
    conditions: ['evenkeel-source', 'browser', 'production'],
    define: { 'process.env.NODE_ENV': '"production"' },
    external: EXTERNAL,
    legalComments: 'none',
    logLevel: 'error',
  })
  const sizes = new Map(
    outputFiles.map(({ path, contents }) => [path.replace(/^\//, ''), gzipSync(contents).length]),
  )
  const sum = (paths: Iterable<string>): number =>
    [...paths].reduce((total, path) => total + (sizes.get(path) ?? 0), 0)
  return { firstLoadGz: sum(loadedAtOnce(metafile)), everythingGz: sum(sizes.keys()) }
}

/** The entry and whatever it imports statically, directly or not. */
function loadedAtOnce({ outputs }: Metafile): Set<string> {
  const loaded = new Set<string>()
  const load = (path: string): void => {
    if (loaded.has(path)) return
    loaded.add(path)
    for (const { path: target, kind, external } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && !external) load(target)
    }
  }
  for (const [path, { entryPoint }] of Object.entries(outputs)) if (entryPoint === 'entry.tsx') load(path)
  if (loaded.size === 0)
    for (const [path, { entryPoint }] of Object.entries(outputs))
      if (entryPoint?.endsWith('entry.tsx')) load(path)
  return loaded
}

import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { build, type Metafile, type Plugin } from 'esbuild'
import { slimParser } from '../../../../.ci/slim-parser.ts'
import { wholeParts } from '../../../../.ci/whole-parts.ts'

/** What a page downloads of a module. Bytes after minification and gzip, each chunk by itself. */
export interface Weight {
  /** The entry and whatever it imports statically. */
  readonly firstLoadGz: number
  /** The modules of which something is in there. */
  readonly firstLoadModules: readonly string[]
  /** With every chunk that is imported later. */
  readonly everythingGz: number
  /** With every chunk that is imported later, but for those whose module `isLeftOut` names. */
  upToGz(isLeftOut: (module: string) => boolean): number
}

const EXTERNAL = ['react', 'react-dom', 'react/jsx-runtime', 'react-dom/client', '@tanstack/react-query']

/**
 * Bundles `source` as an application would, for production, with React outside. Of the modules that fit one of
 * `without` nothing is bundled but functions of the same names that do nothing: for asking what they weigh.
 */
export async function weigh(
  source: string,
  resolveDir: string,
  without: readonly RegExp[] = [],
): Promise<Weight> {
  const hollow = without.length === 0 ? [] : [hollowed(without)]
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
    // As the library is built for those who install it.
    plugins: [...hollow, slimParser, wholeParts(hollow)],
  })
  const sizes = new Map(
    outputFiles.map(({ path, contents }) => [path.replace(/^\//, ''), gzipSync(contents).length]),
  )
  const sum = (paths: Iterable<string>): number =>
    [...paths].reduce((total, path) => total + (sizes.get(path) ?? 0), 0)
  const upToGz = (isLeftOut: (module: string) => boolean): number => sum(reached(metafile, isLeftOut))
  const firstLoad = reached(metafile, null)
  const firstLoadModules = [...firstLoad].flatMap((path) =>
    Object.entries(metafile.outputs[path]?.inputs ?? {})
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([module]) => module),
  )
  return { firstLoadGz: sum(firstLoad), firstLoadModules, everythingGz: upToGz(() => false), upToGz }
}

/** Empties modules. */
function hollowed(modules: readonly RegExp[]): Plugin {
  return {
    name: 'modules without what is in them',
    setup({ onLoad }) {
      onLoad({ filter: /\.[jt]sx?$/ }, async ({ path }) => {
        if (!modules.some((module) => module.test(path))) return null
        const names = (await readFile(path, 'utf8')).matchAll(
          /^export (?:async )?(?:function|const|class) (\w+)|^export \{ (\w+)/gm,
        )
        const functions = [...names].map(([, named, listed]) => `export function ${named ?? listed}() {}`)
        return { contents: functions.join('\n'), loader: 'js' }
      })
    },
  }
}

/** The chunks that are loaded with the entry; with dynamic imports too, where `isLeftOut` is given. */
function reached({ outputs }: Metafile, isLeftOut: ((module: string) => boolean) | null): Set<string> {
  const loaded = new Set<string>()
  const load = (path: string): void => {
    if (loaded.has(path)) return
    loaded.add(path)
    for (const { path: target, kind, external } of outputs[path]?.imports ?? []) {
      const module = outputs[target]?.entryPoint ?? target
      if (external || (kind === 'dynamic-import' && (isLeftOut === null || isLeftOut(module)))) continue
      load(target)
    }
  }
  for (const [path, { entryPoint }] of Object.entries(outputs))
    if (entryPoint?.endsWith('entry.tsx')) load(path)
  return loaded
}

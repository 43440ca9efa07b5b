import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { slimEventSourcePlugin } from './slim-event-source.ts'
import { root } from './steps.ts'

/**
 * Bundles each part that the library loads when it is needed into one module, with copies of its own of what
 * it shares with others. Left apart, the modules that two parts share become a file for each such set, and
 * each file is a request, and is compressed by itself. What keeps state must not be shared by import, because
 * a copy would keep one of its own; a test holds that. `within` are plugins for what a part is bundled of.
 */
export function wholeParts(within: readonly Plugin[] = []): Plugin {
  return {
    name: 'parts that are whole',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\.?\// }, ({ path, kind, importer, resolveDir }) =>
        kind === 'dynamic-import' && importer.includes('/packages/client/src/')
          ? { path: join(resolveDir, path), namespace: 'part' }
          : null,
      )
      onLoad({ filter: /./, namespace: 'part' }, async ({ path }) => ({
        contents: (await bundlePart(path, { within })).code,
        resolveDir: dirname(path),
      }))
    },
  }
}

/** A variable, a store that is empty at first, or a React context, at the top of a module. */
const STATE =
  /^(export )?(let |const [^=\n]+= (\/\*.*?\*\/ )?(new (Weak)?(Map|Set)(<.*>)?\(\)|createContext))/m

/** Packages of which a part has a copy. */
const COPIED = /^(@evenkeel\/|eventsource-parser$)/

/** Whether a module remembers anything from one call to the next. */
export function keepsState(module: string): boolean {
  return STATE.test(readFileSync(module, 'utf8'))
}

/** A part as one module. */
export interface WholePart {
  readonly code: string
  readonly sourcemap: string
  /** The modules that are in it. */
  readonly modules: readonly string[]
}

interface PartOptions {
  /** Where the part will be; where it is, unless said otherwise. */
  readonly outfile?: string
  /** What the names of the parts that it loads itself end with where it will be. */
  readonly ending?: string
  readonly within?: readonly Plugin[]
}

/** Bundles a part for a place. What it loads itself stays a part of its own. */
export async function bundlePart(path: string, options: PartOptions = {}): Promise<WholePart> {
  const { outfile = path, ending, within = [] } = options
  const { outputFiles, metafile } = await build({
    entryPoints: [path],
    outfile,
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    sourcemap: 'external',
    sourcesContent: false,
    format: 'esm',
    // Else esbuild would decide here what `process.env.NODE_ENV` is, and not the product's own bundler.
    platform: 'neutral',
    target: 'es2022',
    jsx: 'automatic',
    conditions: ['evenkeel-source'],
    logLevel: 'warning',
    plugins: [
      ...within,
      slimEventSourcePlugin,
      {
        name: 'copies of our own modules alone',
        setup({ onResolve }) {
          const apart = (asked: { readonly resolveDir: string; readonly path: string }) => {
            const from = relative(dirname(path), join(asked.resolveDir, asked.path))
            const named = (from.startsWith('.') ? from : `./${from}`).replace(/\.tsx?$/, ending ?? '$&')
            return { path: named, external: true, sideEffects: false }
          }
          onResolve({ filter: /./ }, (asked) => {
            if (asked.kind === 'dynamic-import') return apart(asked)
            if (!asked.path.startsWith('.') && asked.kind !== 'entry-point')
              return COPIED.test(asked.path) ? null : { external: true }
            const isOurs = asked.importer.includes('/packages/client/src/')
            return isOurs && keepsState(join(asked.resolveDir, asked.path)) ? apart(asked) : null
          })
        },
      },
    ],
  })
  const textOf = (end: string): string => outputFiles.find((file) => file.path.endsWith(end))?.text ?? ''
  return {
    code: textOf(outfile),
    sourcemap: textOf('.map'),
    modules: Object.values(metafile.outputs).flatMap(({ inputs }) =>
      Object.keys(inputs)
        .filter((module) => (inputs[module]?.bytesInOutput ?? 0) > 0)
        .map((module) => join(root, module)),
    ),
  }
}

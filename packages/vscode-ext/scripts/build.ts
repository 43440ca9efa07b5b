import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import { EXTENSION } from './paths.ts'

/** The oldest Node that a supported editor runs extensions on. */
const NODE_TARGET = 'node22.15'
/** The browser of the oldest supported editor. */
const PAGE_TARGET = 'chrome134'

export interface ExtensionBuild {
  /** Small and without comments, as it is shipped; else readable, with source maps. */
  readonly production: boolean
}

/**
 * Builds the extension into `dist/`: `extension.cjs` for the editor, `collector.cjs` that it starts,
 * `cli.mjs`, and the pages. VS Code loads its entry with `require`, hence CommonJS in a package of modules.
 */
export async function buildExtension({ production }: ExtensionBuild): Promise<void> {
  const dist = join(EXTENSION, 'dist')
  const source = (path: string): string => join(EXTENSION, 'src', path)
  await rm(dist, { recursive: true, force: true })
  const shared: BuildOptions = {
    bundle: true,
    conditions: ['evenkeel-source'],
    define: { 'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development') },
    legalComments: 'none',
    logLevel: 'warning',
    minify: production,
    sourcemap: production ? false : 'linked',
  }
  const node: BuildOptions = { ...shared, platform: 'node', target: NODE_TARGET }
  await Promise.all([
    build({
      ...node,
      entryPoints: [source('editor/extension.ts')],
      outfile: join(dist, 'extension.cjs'),
      format: 'cjs',
      external: ['vscode'],
    }),
    build({
      ...node,
      entryPoints: [source('engine/collector/main.ts')],
      outfile: join(dist, 'collector.cjs'),
      format: 'cjs',
    }),
    build({
      ...node,
      entryPoints: [source('cli/main.ts')],
      outfile: join(dist, 'cli.mjs'),
      format: 'esm',
      banner: { js: '#!/usr/bin/env node' },
    }),
    build({
      ...shared,
      platform: 'browser',
      target: PAGE_TARGET,
      entryPoints: [{ in: source('pages/run/main.tsx'), out: 'run' }],
      outdir: join(dist, 'pages'),
      format: 'esm',
      jsx: 'automatic',
      loader: { '.ttf': 'file', '.svg': 'dataurl' },
      assetNames: '[name]',
    }),
  ])
}

if (import.meta.main) {
  const production = !process.argv.includes('--development')
  await buildExtension({ production })
  console.log(`built packages/vscode-ext/dist (${production ? 'production' : 'development'})`)
}

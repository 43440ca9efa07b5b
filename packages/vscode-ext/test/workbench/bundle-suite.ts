import { join } from 'node:path'
import { build } from 'esbuild'
import { EXTENSION } from '../../scripts/paths.ts'

/** The suite as one file that an extension host can load; returns its path. */
export async function bundleSuite(folder: string): Promise<string> {
  const outfile = join(folder, 'suite.cjs')
  await build({
    entryPoints: [join(EXTENSION, 'test', 'suite', 'main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    conditions: ['evenkeel-source'],
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  })
  return outfile
}

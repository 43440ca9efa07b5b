import { globSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from './steps.ts'

/**
 * Builds a package module by module, so that every `'use client'` stays where it is written and a
 * bundler can leave out what is not used. Types come from `tsc`.
 */
async function buildLibrary(name: string): Promise<void> {
  const source = join(root, 'packages', name, 'src')
  const files = globSync('**/*.{ts,tsx}', { cwd: source }).filter((file) => !/\.test\.|\.test-d\./.test(file))
  await build({
    entryPoints: files.map((file) => join(source, file)),
    outdir: join(root, 'packages', name, 'dist'),
    outbase: source,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    sourcemap: true,
    sourcesContent: false,
    packages: 'external',
    logLevel: 'warning',
    plugins: [
      {
        name: 'one output a module',
        setup({ onResolve }) {
          onResolve({ filter: /^\.\.?\// }, ({ path, kind }) =>
            kind === 'entry-point' ? null : { path: path.replace(/\.tsx?$/, '.js'), external: true },
          )
        },
      },
    ],
  })
}

for (const name of ['shared', 'client']) {
  const started = performance.now()
  if (process.argv.includes('--clean'))
    await rm(join(root, 'packages', name, 'dist'), { recursive: true, force: true })
  await buildLibrary(name)
  console.log(`@evenkeel/${name}: built in ${Math.round(performance.now() - started)} ms`)
}

import { globSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { slimParser } from './slim-parser.ts'
import { root } from './steps.ts'

/** Where the markdown parser's packages come in. They are built into this module, so that no page loads what is turned off. */
const PARSER = 'markdown/micromark.ts'

/**
 * Builds a package module by module, so that every `'use client'` stays where it is written and a
 * bundler can leave out what is not used. Types come from `tsc`.
 */
async function buildLibrary(name: string): Promise<void> {
  const source = join(root, 'packages', name, 'src')
  const files = globSync('**/*.{ts,tsx}', { cwd: source }).filter(
    (file) => !/\.test\.|\.test-d\./.test(file) && file !== PARSER,
  )
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

async function buildParser(): Promise<void> {
  const client = join(root, 'packages/client')
  await build({
    entryPoints: [join(client, 'src', PARSER)],
    outfile: join(client, 'dist', PARSER.replace(/ts$/, 'js')),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    // It has a way of its own for browsers; which one a page gets is for the page's bundler to say.
    external: ['decode-named-character-reference'],
    banner: { js: `/*\n${await readFile(join(root, 'node_modules/micromark/license'), 'utf8')}*/` },
    logLevel: 'warning',
    plugins: [slimParser],
  })
}

for (const name of ['shared', 'client']) {
  const started = performance.now()
  if (process.argv.includes('--clean'))
    await rm(join(root, 'packages', name, 'dist'), { recursive: true, force: true })
  await buildLibrary(name)
  if (name === 'client') await buildParser()
  console.log(`@evenkeel/${name}: built in ${Math.round(performance.now() - started)} ms`)
}

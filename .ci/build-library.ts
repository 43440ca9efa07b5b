import { globSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { build } from 'esbuild'
import { slimParser } from './slim-parser.ts'
import { root } from './steps.ts'
import { bundlePart } from './whole-parts.ts'

/** Where the markdown parser's packages come in. They are built into this module, so that no page loads what is turned off. */
const PARSER = 'markdown/micromark.ts'

const PARSER_LICENSE = join(root, 'node_modules/eventsource-parser/LICENSE')

/**
 * Builds a package module by module, so that every `'use client'` stays where it is written and a
 * bundler can leave out what is not used. Types come from `tsc`. Returns the parts that are loaded when they are needed.
 */
async function buildLibrary(name: string): Promise<ReadonlySet<string>> {
  const parts = new Set<string>()
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
    // Else esbuild would decide here what `process.env.NODE_ENV` is, and not the product's own bundler.
    platform: 'neutral',
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
          onResolve({ filter: /^\.\.?\// }, ({ path, kind, resolveDir }) => {
            if (kind === 'dynamic-import') parts.add(join(resolveDir, path))
            return kind === 'entry-point' ? null : { path: path.replace(/\.tsx?$/, '.js'), external: true }
          })
        },
      },
    ],
  })
  return parts
}

/** Puts each part, whole, in the place of its module. */
async function buildParts(parts: ReadonlySet<string>): Promise<void> {
  const client = join(root, 'packages/client')
  for (const part of parts) {
    const outfile = join(client, 'dist', relative(join(client, 'src'), part)).replace(/tsx?$/, 'js')
    const { code, sourcemap, modules } = await bundlePart(part, { outfile, ending: '.js' })
    const holdsParser = modules.some((module) => module.includes('eventsource-parser'))
    const license = holdsParser ? `/*\n${await readFile(PARSER_LICENSE, 'utf8')}*/\n` : ''
    await writeFile(outfile, `${code}${license}//# sourceMappingURL=${basename(outfile)}.map\n`)
    await writeFile(`${outfile}.map`, sourcemap)
  }
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
  const parts = await buildLibrary(name)
  if (name === 'client') await Promise.all([buildParser(), buildParts(parts)])
  console.log(`@evenkeel/${name}: built in ${Math.round(performance.now() - started)} ms`)
}

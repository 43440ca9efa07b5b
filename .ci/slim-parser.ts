import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

/** What the parser never calls of the buffer that it splices its events in. A bundler cannot leave out a method. */
const UNUSED_METHODS = /^ {2}(?:shift|pop|push|pushMany|unshift|unshiftMany)\([^)]*\) \{\n[\s\S]*?^ {2}\}\n/gm
const UNREACHED_ERROR = /^ {4}if \(index < 0 [\s\S]*?^ {4}\}\n/gm

/**
 * Bundles the markdown parser without what the library turns off and without what is in it twice. micromark
 * imports its constructs as one object, so no bundler can leave one of them out by itself; the ones for
 * HTML are a tenth of it.
 */
export const slimParser: Plugin = {
  name: 'slim markdown parser',
  setup({ onLoad, onResolve, resolve }) {
    onLoad({ filter: /micromark-core-commonmark\/lib\/html-(flow|text)\.js$/ }, ({ path }) => {
      const name = path.endsWith('flow.js') ? 'htmlFlow' : 'htmlText'
      return { contents: `export const ${name} = { name: '${name}', tokenize: (effects, ok, nok) => nok }` }
    })
    onLoad({ filter: /micromark-util-subtokenize\/lib\/splice-buffer\.js$/ }, async ({ path }) => {
      const whole = await readFile(path, 'utf8')
      return { contents: whole.replace(UNUSED_METHODS, '').replace(UNREACHED_ERROR, '') }
    })
    // The extension for tables has a copy of its own of what the parser has too.
    onResolve({ filter: /^\.\/edit-map\.js$/ }, ({ importer, resolveDir, kind }) =>
      importer.includes('micromark-extension-gfm-table')
        ? resolve('micromark-util-edit-map', { resolveDir, kind })
        : null,
    )
  },
}

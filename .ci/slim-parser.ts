import type { Plugin } from 'esbuild'

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
    // The extension for tables has a copy of its own of what the parser has too.
    onResolve({ filter: /^\.\/edit-map\.js$/ }, ({ importer, resolveDir, kind }) =>
      importer.includes('micromark-extension-gfm-table')
        ? resolve('micromark-util-edit-map', { resolveDir, kind })
        : null,
    )
  },
}

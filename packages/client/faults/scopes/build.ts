import { fileURLToPath } from 'node:url'
import { buildHalves } from '../build-halves.ts'
import type { Defect } from '../plant.ts'
import type { startProductServer } from './server.ts'

const here = fileURLToPath(new URL('.', import.meta.url))

/** The product, both halves of it. */
export interface Product {
  readonly startProductServer: typeof startProductServer
  /** The scripts of its pages, in chunks as a product's bundler would make them: path → text. */
  readonly scripts: ReadonlyMap<string, string>
}

/** Builds the product from the real sources, with this defect in them; `null` for a copy without one. */
export async function buildProduct(defect: Defect | null): Promise<Product> {
  const { server, scripts } = await buildHalves<Pick<Product, 'startProductServer'>>(
    {
      name: 'scopes',
      pages: {
        entryPoints: [`${here}page/page.ts`, `${here}page/app.tsx`],
        splitting: true,
        jsx: 'automatic',
        outdir: '/scripts',
      },
      server: { entryPoints: [`${here}server.ts`], external: ['@openfeature/*'] },
    },
    defect,
  )
  return { startProductServer: server.startProductServer, scripts }
}

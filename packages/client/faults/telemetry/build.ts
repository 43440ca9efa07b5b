import { fileURLToPath } from 'node:url'
import { buildHalves } from '../build-halves.ts'
import type { Defect } from '../plant.ts'
import type { startProductServer } from './product-server.ts'

const here = fileURLToPath(new URL('.', import.meta.url))

/** The product, both halves of it. */
export interface Product {
  readonly startProductServer: typeof startProductServer
  /** The script of its page, in chunks as a product's bundler would make them: path → text. */
  readonly scripts: ReadonlyMap<string, string>
}

/** Builds the product from the real sources, with this defect in them; `null` for a copy without one. */
export async function buildProduct(defect: Defect | null): Promise<Product> {
  const { server, scripts } = await buildHalves<Pick<Product, 'startProductServer'>>(
    {
      name: 'telemetry',
      pages: { entryPoints: [`${here}page.ts`], splitting: true, outdir: '/scripts' },
      server: { entryPoints: [`${here}product-server.ts`] },
    },
    defect,
  )
  return { startProductServer: server.startProductServer, scripts }
}

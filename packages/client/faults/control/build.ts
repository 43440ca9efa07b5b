import { fileURLToPath } from 'node:url'
import { buildHalves as build } from '../build-halves.ts'
import type { Defect } from '../plant.ts'
import type { startFaultServer } from './server.ts'

const here = fileURLToPath(new URL('.', import.meta.url))

/** Both halves, built from the real sources. */
export interface Halves {
  readonly startFaultServer: typeof startFaultServer
  /** The script of the product's page. */
  readonly page: string
}

/** Builds both halves with this defect in one of them; `null` for copies without one. */
export async function buildHalves(defect: Defect | null): Promise<Halves> {
  const { server, scripts } = await build<Pick<Halves, 'startFaultServer'>>(
    {
      name: 'control',
      pages: { entryPoints: [`${here}page.ts`], format: 'iife' },
      server: { entryPoints: [`${here}server.ts`], packages: 'bundle', external: ['@openfeature/*'] },
    },
    defect,
  )
  const [page = ''] = scripts.values()
  return { startFaultServer: server.startFaultServer, page }
}

import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type BuildOptions, build } from 'esbuild'
import type { Defect } from '../plant.ts'
import { createPlanting } from '../planting.ts'
import type { startFaultServer } from './server.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const here = fileURLToPath(new URL('.', import.meta.url))
let builds = 0

/** Both halves, built from the real sources. */
export interface Halves {
  readonly startFaultServer: typeof startFaultServer
  /** The script of the product's page. */
  readonly page: string
}

/** Builds both halves with this defect in one of them; `null` for copies without one. */
export async function buildHalves(defect: Defect | null): Promise<Halves> {
  const planting = createPlanting(`${root}packages`, defect)
  const options = {
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['evenkeel-source', 'production'] as string[],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
    plugins: [planting.plugin],
  } as const satisfies BuildOptions
  const [page, server] = await Promise.all([
    build({ ...options, entryPoints: [`${here}page.ts`], format: 'iife', platform: 'browser' }),
    build({
      ...options,
      entryPoints: [`${here}server.ts`],
      platform: 'node',
      packages: 'bundle',
      external: ['@openfeature/*'],
    }),
  ])
  planting.check()
  builds += 1
  const folder = `${root}.cache/faults-control`
  mkdirSync(folder, { recursive: true })
  const file = `${folder}/server-${process.pid}-${builds}.mjs`
  writeFileSync(file, server.outputFiles[0]?.text ?? '')
  const halves = (await import(pathToFileURL(file).href)) as Pick<Halves, 'startFaultServer'>
  return { startFaultServer: halves.startFaultServer, page: page.outputFiles[0]?.text ?? '' }
}

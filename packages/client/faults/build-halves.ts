import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type BuildOptions, build } from 'esbuild'
import type { Defect } from './plant.ts'
import { createPlanting } from './planting.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
let builds = 0

/** What differs from one suite to the other: where its halves begin, and how they are bundled besides. */
export interface HalvesToBuild {
  /** Of the suite, which names the folder of what is built. */
  readonly name: string
  readonly pages: BuildOptions
  readonly server: BuildOptions
}

/** A product's pages and its server, built from the real sources. */
export interface Halves<Server> {
  readonly server: Server
  /** What the pages load: path → text. */
  readonly scripts: ReadonlyMap<string, string>
}

/** Builds both halves with this defect in one of them; `null` for copies without one. */
export async function buildHalves<Server>(
  { name, pages, server }: HalvesToBuild,
  defect: Defect | null,
): Promise<Halves<Server>> {
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
  const [builtPages, builtServer] = await Promise.all([
    build({ ...options, platform: 'browser', ...pages, write: false }),
    build({ ...options, platform: 'node', ...server, write: false }),
  ])
  planting.check()
  builds += 1
  const folder = `${root}.cache/faults-${name}`
  mkdirSync(folder, { recursive: true })
  const file = `${folder}/server-${process.pid}-${builds}.mjs`
  writeFileSync(file, builtServer.outputFiles[0]?.text ?? '')
  return {
    server: (await import(pathToFileURL(file).href)) as Server,
    scripts: new Map(builtPages.outputFiles.map(({ path, text }) => [path, text])),
  }
}

import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { attachCollector } from '../src/engine/attach.ts'
import { collectorFromSource } from '../src/engine/collector/from-source.ts'
import { HEALTH_PATH, type Health } from '../src/engine/contract.ts'
import { buildExtension } from './build.ts'
import { startCodeServer } from './code-server.ts'
import { installExtension } from './install-extension.ts'
import { CACHE, SAMPLE } from './paths.ts'
import { startProduct } from './product.ts'

// `npm run editor`: the real VS Code in a browser, on the sample, with the extension installed and the
// product running beside it. `PORT` sets the editor's port; a free one is picked where it is not set.

const lifetime = new AsyncDisposableStack()

/** Ends what was started, last first, once. */
let ending: Promise<void> | null = null
function end(): Promise<void> {
  ending ??= lifetime.disposeAsync()
  return ending
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    end().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  })
}

async function start(): Promise<void> {
  await buildExtension({ production: true })
  await mkdir(CACHE, { recursive: true })
  const extensionsDir = await mkdtemp(join(CACHE, 'editor-extensions-'))
  lifetime.defer(() => rm(extensionsDir, { recursive: true, force: true }))
  await installExtension(extensionsDir)

  const collector = await attachCollector({ workspace: SAMPLE, spawn: collectorFromSource() })
  lifetime.defer(() => collector.release({ stopIfUnattached: true }))
  await feed(collector.url)

  const editor = await startCodeServer({ port: portWanted(), extensionsDir, folder: SAMPLE })
  lifetime.defer(editor.stop)
  console.log(`ready editor=${editor.url}`)
}

/** Starts the product, unless somebody who feeds this collector, such as `npm start`, is there already. */
async function feed(collector: string): Promise<void> {
  const response = await fetch(collector + HEALTH_PATH)
  const { attached } = (await response.json()) as Health
  if (attached > 1) return
  try {
    const product = await startProduct()
    lifetime.defer(product.stop)
    console.log(`the product runs at ${product.app}: use it and watch its runs come in`)
  } catch (error) {
    console.error(`${(error as Error).message}\nThe editor starts without it.`)
  }
}

function portWanted(): number {
  const text = process.env.PORT ?? '0'
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new Error(`PORT must be a whole number from 0 to 65535, not "${text}".`)
}

try {
  await start()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await end()
  process.exit(1)
}

import { fileURLToPath } from 'node:url'
import { type Attachment, attachCollector } from '../../../packages/vscode-ext/src/engine/attach.ts'
import { collectorFromSource } from '../../../packages/vscode-ext/src/engine/collector/from-source.ts'
import { type ProductServer, startServer } from '../server/server.ts'
import { portIn, serverSettings } from '../server/settings.ts'

// `npm start`: the product, its server and the workspace's collector. `PORT` and `COLLECTOR_PORT` set the
// ports (0 picks a free one); `EVENKEEL_WORKSPACE` keeps the store in another folder, for tests.

const WORKSPACE = process.env.EVENKEEL_WORKSPACE || fileURLToPath(new URL('..', import.meta.url))

let collector: Attachment | null = null
let server: ProductServer | null = null
let stopping: Promise<void> | null = null

/** Ends all that was started, once; a collector that an editor is attached to stays. */
function stop(): Promise<void> {
  stopping ??= (async () => {
    await server?.close()
    await collector?.release({ stopIfUnattached: true })
  })()
  return stopping
}

async function start(): Promise<void> {
  const settings = serverSettings(process.env)
  const collectorPort = portIn(process.env, 'COLLECTOR_PORT') ?? 0
  collector = await holdCollector(collectorPort)
  if (stopping !== null) return await collector.release({ stopIfUnattached: true })
  const held = collector
  const started = await startServer({ ...settings, collectorUrl: () => held.url })
  if (stopping !== null) return await started.close()
  server = started
  console.log(`ready app=${server.url} collector=${collector.url}`)
}

/** The collector that already runs for this workspace, on whatever port, or a new one on the port wanted. */
async function holdCollector(port: number): Promise<Attachment> {
  try {
    return await attachCollector({ workspace: WORKSPACE })
  } catch {
    return await attachCollector({ workspace: WORKSPACE, port, spawn: collectorFromSource() })
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  })
}

try {
  await start()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await stop()
  process.exit(1)
}

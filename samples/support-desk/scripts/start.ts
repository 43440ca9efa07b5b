import { fileURLToPath } from 'node:url'
import { type Attachment, attachCollector } from '../../../packages/vscode-ext/src/engine/attach.ts'
import { collectorFromSource } from '../../../packages/vscode-ext/src/engine/collector/from-source.ts'
import { providerIn } from '../server/providers.ts'
import { type ProductServer, startServer } from '../server/server.ts'
import { portIn, serverSettings } from '../server/settings.ts'

// `npm start`: the product, its server and the workspace's collector. `PORT` and `COLLECTOR_PORT` set the
// ports (0 picks a free one); `EVENKEEL_WORKSPACE` keeps the store in another folder, for tests.

const WORKSPACE = process.env.EVENKEEL_WORKSPACE || fileURLToPath(new URL('..', import.meta.url))

const interrupted = new AbortController()
let collector: Attachment | null = null
let server: ProductServer | null = null

async function start(): Promise<void> {
  const settings = serverSettings(process.env)
  const provider = await providerIn(process.env)
  const held = await holdCollector(portIn(process.env, 'COLLECTOR_PORT') ?? 0)
  collector = held
  if (interrupted.signal.aborted) return
  server = await startServer({ ...settings, provider, collectorUrl: () => held.url })
  if (interrupted.signal.aborted) return
  console.log(`ready app=${server.url} collector=${held.url}`)
}

/** The collector that already runs for this workspace, on whatever port, or a new one on the port wanted. */
async function holdCollector(port: number): Promise<Attachment> {
  try {
    return await attachCollector({ workspace: WORKSPACE })
  } catch {
    return await attachCollector({ workspace: WORKSPACE, port, spawn: collectorFromSource() })
  }
}

/** Ends all that was started; a collector that an editor is attached to stays. */
async function stop(): Promise<void> {
  await server?.close()
  await collector?.release({ stopIfUnattached: true })
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort())

try {
  await start()
  // What has begun to start is ended only once it is there to be ended.
  if (!interrupted.signal.aborted) {
    await new Promise((resolve) => interrupted.signal.addEventListener('abort', resolve))
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
await stop()
process.exit()

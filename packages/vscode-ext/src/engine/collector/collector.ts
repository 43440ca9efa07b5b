import { randomBytes } from 'node:crypto'
import { createDeferred } from '../deferred.ts'
import { openStore } from '../store/store.ts'
import { VERSION } from '../version.ts'
import { type Discovery, readDiscovery, removeDiscovery, writeDiscovery } from '../workspace/discovery.ts'
import { urlOf } from '../workspace/find-running.ts'
import type { WorkspaceFolder } from '../workspace/folder.ts'
import { createApp } from './app.ts'
import { createAttachments } from './attachments.ts'
import { createChanges } from './changes.ts'
import { createIdle } from './idle.ts'
import { listen } from './listen.ts'

export interface CollectorOptions {
  readonly folder: WorkspaceFolder
  readonly port: number
  readonly idleMs: number
  readonly log: (line: string) => void
}

export interface Collector {
  readonly url: string
  stop(reason: string): void
  /** Resolves when everything is closed. */
  readonly ended: Promise<void>
}

const WATCH_MS = 1_000

/** Runs the collector of a workspace that was claimed, until it is stopped, idle or its folder is gone. */
export async function runCollector({ folder, port, idleMs, log }: CollectorOptions): Promise<Collector> {
  const ended = createDeferred<void>()
  const startedAtEpochMs = Date.now()
  const token = randomBytes(32).toString('hex')
  const store = openStore({ path: folder.store })
  const changes = createChanges()
  const attachments = createAttachments(() => idle.touch())
  const idle = createIdle(
    idleMs,
    () => attachments.size,
    () => performance.now(),
  )
  const app = createApp({
    store,
    changes,
    attachments,
    token,
    port: () => discovery.port,
    health: () => ({ pid: process.pid, version: VERSION, startedAtEpochMs, workspace: folder.workspace }),
    onIngest: idle.touch,
    stop: () => stop('asked to'),
    onError: (error) => log(error.stack ?? error.message),
  })

  let discovery: Discovery
  const server = await listen((request) => app.fetch(request), port).catch((error: unknown) => {
    store.close()
    throw error
  })
  discovery = {
    pid: process.pid,
    port: server.port,
    token,
    version: VERSION,
    startedAt: new Date(startedAtEpochMs).toISOString(),
  }
  writeDiscovery(folder, discovery)

  const watch = setInterval(
    () => {
      // Whoever removed the folder or wrote another's name into it wants no collector on this one.
      if (readDiscovery(folder)?.token !== token) stop('its discovery file is gone')
      else if (idle.isOver()) stop('idle')
    },
    Math.max(10, Math.min(WATCH_MS, idleMs / 4)),
  )

  let stopping = false
  function stop(reason: string): void {
    if (stopping) return
    stopping = true
    log(`stopping: ${reason}`)
    clearInterval(watch)
    if (readDiscovery(folder)?.token === token) removeDiscovery(folder)
    void server.close().then(() => {
      store.close()
      ended.resolve()
    })
  }

  return { url: urlOf(discovery), stop, ended: ended.promise }
}

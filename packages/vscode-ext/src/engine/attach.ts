import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type FindOptions, findOrStart, findOrStartAgain } from './attach/find-or-start.ts'
import { createListeners } from './attach/listeners.ts'
import { stopCollector } from './attach/stop-collector.ts'
import { watchChanges } from './attach/watch-changes.ts'
import type { Change, Source } from './contract.ts'
import { createDeferred } from './deferred.ts'
import { createHttpSource, type Endpoint } from './http-source.ts'
import type { Discovery } from './workspace/discovery.ts'
import { urlOf } from './workspace/find-running.ts'
import { workspaceFolder } from './workspace/folder.ts'

export type { CollectorCommand } from './attach/start-collector.ts'

export interface AttachOptions extends FindOptions {
  readonly workspace: string
}

/** `attached`: the connection stands. `lost`: the collector is gone and is being found or started again. */
export type AttachmentState = 'attached' | 'lost'

/** A hold on the workspace's collector. While it is held the collector neither ends nor stays gone. */
export interface Attachment {
  /** `http://127.0.0.1:PORT`, the present one: it can change when the collector had to be started again. */
  readonly url: string
  /** What questions must carry; another one after each start. */
  readonly token: string
  /** Whether this attachment started the collector that it first found. */
  readonly startedByUs: boolean
  /** Answers the questions; one asked while the collector is gone waits for the next one. */
  readonly client: Source
  /**
   * Hears of stored batches. A change that names no feature says that anything may have changed: the
   * connection was lost for a while. Returns how to stop.
   */
  onChange(listener: (change: Change) => void): () => void
  /** Returns how to stop. */
  onState(listener: (state: AttachmentState) => void): () => void
  /** Lets go; `stopIfUnattached` ends the collector too, unless somebody else is attached. */
  release(options?: { readonly stopIfUnattached?: boolean }): Promise<void>
}

const ANYTHING: Change = { features: [], runs: 0, signals: 0 }
const LONGEST_BACKOFF_MS = 5_000

/**
 * Finds the collector of a workspace, or starts it, and stays attached: when it dies it is started anew.
 * Rejects with a message for people where that cannot be, such as a port that is taken.
 *
 * @example
 * const collector = await attachCollector({ workspace, spawn: { command: process.execPath, args: [main] } })
 * const { features } = await collector.client.features(undefined, DAY_MS)
 */
export async function attachCollector(options: AttachOptions): Promise<Attachment> {
  const folder = workspaceFolder(options.workspace)
  const attachment = randomUUID()
  const changes = createListeners<Change>()
  const states = createListeners<AttachmentState>()
  const released = new AbortController()
  let connection = new AbortController()

  const connect = async (to: Discovery) => {
    connection = new AbortController()
    const signal = AbortSignal.any([released.signal, connection.signal])
    return await watchChanges({ endpoint: endpointOf(to), attachment, signal, onChange: changes.tell })
  }

  const first = await findOrStart(folder, options)
  let current = first.discovery
  let watching = await connect(current)
  // Pending while the collector is gone, so that questions wait for the next one.
  let present = createDeferred<Endpoint>()
  present.resolve(endpointOf(current))
  let isLost = false

  function lose(): void {
    if (isLost) return
    isLost = true
    present = createDeferred()
    connection.abort()
    states.tell('lost')
  }

  async function stayAttached(): Promise<void> {
    for (;;) {
      await watching.ended
      if (released.signal.aborted) return
      lose()
      await recover()
      isLost = false
      present.resolve(endpointOf(current))
      states.tell('attached')
      changes.tell(ANYTHING)
    }
  }

  async function recover(): Promise<void> {
    for (let backoffMs = 50; ; backoffMs = Math.min(backoffMs * 2, LONGEST_BACKOFF_MS)) {
      try {
        const found = await findOrStartAgain(folder, options, current.port)
        released.signal.throwIfAborted()
        watching = await connect(found.discovery)
        current = found.discovery
        return
      } catch {
        await wait(backoffMs * (0.5 + Math.random()), undefined, { signal: released.signal })
      }
    }
  }

  // Ends by rejection only when it was released while it sought.
  const staying = stayAttached().catch(() => present.reject(new Error('The collector was let go.')))

  return {
    get url() {
      return urlOf(current)
    },
    get token() {
      return current.token
    },
    startedByUs: first.byUs,
    client: createHttpSource({
      endpoint: () => present.promise,
      async renew(failed) {
        // The question may notice the loss before the connection does.
        if (!released.signal.aborted && failed.token === current.token) lose()
        return await present.promise
      },
    }),
    onChange: changes.add,
    onState: states.add,
    async release({ stopIfUnattached = false } = {}) {
      released.abort()
      await staying
      if (stopIfUnattached) await stopCollector(folder, current, { unlessAttached: true, attachment })
    },
  }
}

function endpointOf(discovery: Discovery): Endpoint {
  return { url: urlOf(discovery), token: discovery.token }
}

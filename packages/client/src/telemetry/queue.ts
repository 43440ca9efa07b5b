import { MAX_KEEPALIVE_BYTES, post } from './post.ts'
import type { QueueStore } from './queue-store.ts'

/** What a queue needs of the world. */
export interface QueueWorld {
  readonly fetch: typeof globalThis.fetch
  epochMs(): number
  /** Calls back once; returns the cancelling. */
  setTimeout(callback: () => void, delayMs: number): () => void
  /** From 0 to 1. */
  random(): number
  /** A hidden page may be gone any time, so nothing waits there. */
  isVisible(): boolean
}

/** What is sent where, and how. */
export interface QueueSpec<Item> {
  readonly url: string
  readonly store: QueueStore<Item>
  keyOf(item: Item): string
  /** The body for these items. */
  encode(items: readonly Item[]): unknown
}

/** Items that were given up, by reason. */
export interface Dropped {
  /** The queue was full; the oldest went. */
  readonly full: number
  /** The server refused them for good. */
  readonly refused: number
}

/** Things on their way to a server, in batches. */
export interface Queue<Item> {
  readonly size: number
  readonly dropped: Dropped
  add(item: Item): void
  /** Sends everything now, waiting for no timer; resolves when all of it was tried once. */
  flush(): Promise<void>
  /** Sets no timer any more. */
  dispose(): void
}

const BATCH_DELAY_MS = 1_000
const MAX_BATCH = 64
const MAX_SIZE = 1_000
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 60_000

/** A queue that sends a little later, in batches, and again where sending failed. */
export function createQueue<Item>(spec: QueueSpec<Item>, world: QueueWorld): Queue<Item> {
  const { store, keyOf } = spec
  const dropped = { full: 0, refused: 0 }
  const encoder = new TextEncoder()
  let cancelTimer: (() => void) | null = null
  let sending: Promise<void> | null = null
  let failures = 0
  let isDisposed = false

  function sendAfter(delayMs: number): void {
    if (isDisposed || cancelTimer !== null) return
    cancelTimer = world.setTimeout(() => {
      cancelTimer = null
      void flush()
    }, delayMs)
  }

  function flush(): Promise<void> {
    cancelTimer?.()
    cancelTimer = null
    sending ??= sendAll().finally(() => {
      sending = null
    })
    return sending
  }

  async function sendAll(): Promise<void> {
    while (store.size > 0) {
      if (!(await sendBatch(store.first(MAX_BATCH)))) return
    }
  }

  /** False where it is better to come back later. */
  async function sendBatch(batch: readonly (readonly [string, Item])[]): Promise<boolean> {
    const body = encoder.encode(JSON.stringify(spec.encode(batch.map(([, item]) => item))))
    if (body.length > MAX_KEEPALIVE_BYTES && batch.length > 1) {
      const middle = batch.length >> 1
      return (await sendBatch(batch.slice(0, middle))) && (await sendBatch(batch.slice(middle)))
    }
    const delivery = await post(world.fetch, spec.url, body, world.epochMs)
    if (delivery.kind === 'later') {
      failures += 1
      sendAfter(Math.max(delivery.retryAfterMs ?? 0, backoffMs(failures, world.random())))
      return false
    }
    failures = 0
    if (delivery.kind === 'refused') dropped.refused += batch.length
    for (const [key, item] of batch) store.remove(key, item)
    return true
  }

  return {
    dropped,
    flush,
    get size() {
      return store.size
    },
    add(item) {
      store.put(keyOf(item), item)
      if (store.size > MAX_SIZE) {
        for (const [key, oldest] of store.first(store.size - MAX_SIZE)) store.remove(key, oldest)
        dropped.full += 1
      }
      // A server that has just failed is left alone, also by a page that may go.
      if (world.isVisible() || failures > 0) sendAfter(BATCH_DELAY_MS)
      else void flush()
    },
    dispose() {
      isDisposed = true
      cancelTimer?.()
      cancelTimer = null
    },
  }
}

/** Twice as long each time, up to a minute, and spread out, so that a thousand pages do not come back at once. */
export function backoffMs(failures: number, random: number): number {
  const ceiling = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1))
  return ceiling * (0.5 + random / 2)
}

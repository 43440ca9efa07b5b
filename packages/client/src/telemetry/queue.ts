import { DROP_REASONS, type DropReason } from '@evenkeel/shared'
import type { Dropped } from './dropped.ts'
import type { Entry, EntryKind } from './entry.ts'
import { LATER, MAX_KEEPALIVE_BYTES, post } from './post.ts'
import type { TelemetryStorage } from './storage.ts'

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
  /** Hands a body to the browser, which sends it when the page is gone; false where it will not. */
  beacon(url: string, body: string): boolean
}

export interface QueueSpec {
  /** Beneath which `/v1/traces` and `/v1/logs` are. */
  readonly url: string
  readonly storage: TelemetryStorage
  /** The report of what was given up, under one key for as long as the page lives. */
  report(dropped: Dropped): Entry
}

/** What this page still has to send. */
export interface Queue {
  readonly size: number
  readonly dropped: Dropped
  /** Takes an entry, and keeps it in the storage too unless that has it already; under the same key it replaces the one before. */
  add(entry: Entry, isKept?: boolean): void
  /** Counts what was given up, and tells the server with the next batch. */
  drop(reason: DropReason, count?: number): void
  /** Sends everything now, waiting for no timer; resolves when all of it was tried once. */
  flush(): Promise<void>
  /** The page is hidden: sends everything, unless the server has asked for patience. */
  onHide(): void
  /** The page is going: hands to the browser what it will take. The storage keeps it, until somebody is told that it arrived. */
  onLeave(): void
  /** Sets no timer any more. */
  dispose(): void
}

const BATCH_DELAY_MS = 1_000
const MAX_ENTRIES = 1_000
const MAX_BYTES = 2_000_000
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 60_000

/** Where each kind goes, the counts of what was given up last. */
const WAYS = [
  { path: '/v1/traces', list: 'resourceSpans', takes: (kind: EntryKind) => kind === 'run' },
  { path: '/v1/logs', list: 'resourceLogs', takes: (kind: EntryKind) => kind !== 'run' },
] as const

type Way = (typeof WAYS)[number]

const bodyOf = ({ list }: Way, batch: readonly Entry[]) =>
  `{"${list}":[${batch.map(({ body }) => body).join()}]}`

/** With the comma after each, and the brackets around all of them. */
const sizeOf = (batch: readonly Entry[]) => batch.reduce((sum, { sizeBytes }) => sum + sizeBytes + 1, 20)

/** A queue that sends a little later, in batches, and again where sending failed. */
export function createQueue({ url, storage, report }: QueueSpec, world: QueueWorld): Queue {
  const waiting = new Map<string, Entry>()
  const dropped = Object.fromEntries(DROP_REASONS.map((reason) => [reason, 0])) as Record<DropReason, number>
  let bytes = 0
  let cancelTimer: (() => void) | null = null
  let sending: Promise<void> | null = null
  let inFlight: readonly Entry[] = []
  let failures = 0
  let isAsked = false
  let isStored = true
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

  /** The oldest ones that go the same way and fit into one request. */
  function batchFor({ takes }: Way, without: readonly Entry[] = []): Entry[] {
    const batch: Entry[] = []
    let room = MAX_KEEPALIVE_BYTES - sizeOf(batch)
    for (const entry of waiting.values()) {
      if (!takes(entry.kind) || without.includes(entry)) continue
      room -= sizeOf([entry])
      if (batch.length > 0 && room < 0) break
      batch.push(entry)
    }
    return batch
  }

  async function sendAll(): Promise<void> {
    for (const way of WAYS) {
      for (let batch = batchFor(way); batch.length > 0; batch = batchFor(way)) {
        const went = await send(way, batch)
        if (went === 'later') return
        if (went === 'kept') break
      }
    }
  }

  /** `later` where it is better to come back later, `kept` where it is of no use now, but is not given up. */
  async function send(way: Way, batch: readonly Entry[]): Promise<'gone' | 'kept' | 'later'> {
    // One page at a time, and each only for one request.
    const delivery = await storage.alone('send', async () => {
      // Whose session it was may be over, and the next one is somebody else's.
      if (isDisposed) return LATER
      inFlight = batch
      return post(world.fetch, url + way.path, bodyOf(way, batch), sizeOf(batch), world.epochMs)
    })
    inFlight = []
    if (delivery.kind === 'later') {
      failures += 1
      isAsked = delivery.retryAfterMs !== null
      sendAfter(Math.max(delivery.retryAfterMs ?? 0, backoffMs(failures, world.random())))
      return 'later'
    }
    failures = 0
    isAsked = false
    if (delivery.kind === 'too-large' && batch.length > 1) {
      const middle = batch.length >> 1
      const went = await send(way, batch.slice(0, middle))
      return went === 'later' ? went : send(way, batch.slice(middle))
    }
    if (delivery.kind === 'delivered') {
      forget(batch)
      drop('refused', Math.min(delivery.rejected, batch.length))
      return 'gone'
    }
    // What says how much was given up is never given up itself.
    const refused = batch.filter(({ kind }) => kind !== 'dropped')
    forget(refused)
    drop('refused', refused.length)
    return refused.length > 0 ? 'gone' : 'kept'
  }

  function forget(entries: readonly Entry[]): void {
    // Another may have taken the key meanwhile.
    const gone = entries.filter((entry) => waiting.get(entry.key) === entry)
    for (const { key, sizeBytes } of gone) {
      waiting.delete(key)
      bytes -= sizeBytes
    }
    write([], gone)
  }

  function write(puts: readonly Entry[], gone: readonly Entry[] = []): void {
    if (puts.length + gone.length === 0) return
    const keys = gone.map(({ key }) => key)
    storage.write(puts, keys).then(
      () => {
        isStored = true
      },
      () => {
        // They are here too, and lost only if the page goes before they have left.
        isStored = false
      },
    )
  }

  function add(entry: Entry, isKept = false): void {
    bytes += entry.sizeBytes - (waiting.get(entry.key)?.sizeBytes ?? 0)
    waiting.set(entry.key, entry)
    if (!isKept) write([entry])
    for (const oldest of waiting.values()) {
      if (waiting.size <= MAX_ENTRIES && bytes <= MAX_BYTES) break
      if (oldest.kind === 'dropped' || inFlight.includes(oldest)) continue
      forget([oldest])
      drop('full')
    }
    // A server that has just failed is left alone, also by a page that may go.
    if (world.isVisible() || failures > 0) sendAfter(BATCH_DELAY_MS)
    else void flush()
  }

  function drop(reason: DropReason, count = 1): void {
    if (count === 0) return
    dropped[reason] += count
    add(report(dropped))
  }

  return {
    dropped,
    add,
    drop,
    flush,
    get size() {
      return waiting.size
    },
    onHide() {
      if (failures === 0) void flush()
    },
    onLeave() {
      // Whoever asked for patience gets it, where somebody can come back. A request without an answer asks for
      // nothing: browsers fail those that are under way as soon as their page is left.
      if (isAsked && isStored) return
      for (const way of WAYS) {
        let batch = batchFor(way, inFlight)
        while (batch.length > 0 && !world.beacon(url + way.path, bodyOf(way, batch)))
          batch = batch.slice(0, batch.length >> 1)
      }
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

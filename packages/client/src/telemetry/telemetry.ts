import {
  exportDropReport,
  exportLogsRequest,
  exportTraceRequest,
  newTraceId,
  type RandomBytes,
  type RunRecord,
  type Signal,
} from '@evenkeel/shared'
import { browserBeacon } from './beacon.ts'
import { browserStorage } from './browser-storage.ts'
import type { Dropped } from './dropped.ts'
import { type Entry, type EntryKind, keyOf } from './entry.ts'
import { createQueue, type QueueWorld } from './queue.ts'
import type { TelemetryStorage } from './storage.ts'

/** A run under way, as far as it can be told before it ends. */
export interface OpenRun {
  readonly runId: string
  /** Its record if it were abandoned now. */
  draft(): RunRecord
}

/** The way of run records and signals out of the page, as OTLP/JSON. */
export interface Telemetry {
  /** Writes down that a run is under way, for whoever comes after this page; may be said again when more is known. */
  addOpen(run: OpenRun): void
  addRun(record: RunRecord): void
  /** Nothing of this run will leave. */
  forget(runId: string): void
  addSignal(signal: Signal): void
  /** Sends everything now; resolves when all of it was tried once. */
  flush(): Promise<void>
  dropped(): Dropped
  /** The page is hidden, or gone for good. */
  onHide(isGone: boolean): void
  /** Sends what pages before this one have left; once a minute is enough. */
  sweep(): void
  /** Sets no timer any more. */
  dispose(): void
}

export interface TelemetryOptions {
  /** The path or URL beneath which `/v1/traces` and `/v1/logs` are. */
  readonly url: string
  readonly environment: string
  readonly service: string
  readonly build: string | null
  /** Whose session this is, as one text. */
  readonly scope: string
  readonly storage?: TelemetryStorage | undefined
  readonly beforeSend?: ((record: RunRecord) => RunRecord | null) | undefined
}

export interface TelemetryWorld extends Omit<QueueWorld, 'beacon'> {
  readonly beacon?: QueueWorld['beacon'] | undefined
  readonly randomBytes: RandomBytes
  loadSweep(): Promise<Pick<typeof import('./sweep.ts'), 'sweep'>>
  reportBug(where: string, error: unknown): void
}

const SWEEP_EVERY_MS = 60_000

export function createTelemetry(options: TelemetryOptions, world: TelemetryWorld): Telemetry {
  const { environment, service, build, scope, beforeSend, storage = browserStorage() } = options
  const { epochMs, beacon = browserBeacon } = world
  const origin = { environment, service, build }
  const owner = newTraceId(world.randomBytes)
  const here = storage.stay(owner)
  const open = new Map<string, OpenRun['draft']>()
  let sweptAtEpochMs = -SWEEP_EVERY_MS

  function entryOf(kind: EntryKind, id: string, list: readonly unknown[], hasContent = false): Entry {
    const body = JSON.stringify(list).slice(1, -1)
    return {
      key: keyOf(owner, kind, id),
      id,
      owner,
      scope,
      kind,
      atEpochMs: Math.round(epochMs()),
      body,
      sizeBytes: new TextEncoder().encode(body).length,
      hasContent,
    }
  }

  const runEntry = (record: RunRecord) =>
    entryOf('run', record.runId, exportTraceRequest([record]).resourceSpans)

  /** The record as the app lets it go; `null` where it keeps it back. */
  function released(record: RunRecord): RunRecord | null {
    try {
      return beforeSend === undefined ? record : beforeSend(record)
    } catch (error) {
      // What was to be taken out may still be in it.
      world.reportBug('beforeSend', error)
      return null
    }
  }

  const queue = createQueue(
    {
      url: options.url.replace(/\/+$/, ''),
      storage,
      report: (dropped) =>
        entryOf(
          'dropped',
          owner,
          exportDropReport({ ...origin, id: owner, atEpochMs: Math.round(epochMs()), dropped }).resourceLogs,
        ),
    },
    { ...world, beacon },
  )

  function forget(runId: string): void {
    open.delete(runId)
    storage.write([], [keyOf(owner, 'run', runId)]).catch(() => {})
  }

  async function sweepNow(): Promise<void> {
    await here.known
    const entries = await storage.all()
    if (entries.every((entry) => entry.owner === owner)) return
    const { sweep } = await world.loadSweep()
    await sweep({ owner, scope, storage, queue, nowEpochMs: epochMs(), isUnderWay: (id) => open.has(id) })
  }

  return {
    addOpen({ runId, draft }) {
      const isFirst = !open.has(runId)
      open.set(runId, draft)
      const record = released(draft())
      if (record === null) return
      const entry = runEntry(record)
      here.known
        // It may have settled before.
        .then(() => open.has(runId) && storage.write([entry]))
        .catch(() => {
          if (isFirst) queue.drop('unjournaled')
        })
    },
    addRun(settled) {
      open.delete(settled.runId)
      const record = released(settled)
      if (record !== null) return queue.add(runEntry(record))
      queue.drop('filtered')
      forget(settled.runId)
    },
    forget,
    addSignal(signal) {
      const { resourceLogs } = exportLogsRequest([signal], { service, build })
      queue.add(entryOf('signal', signal.signalId, resourceLogs, signal.comment !== null))
    },
    flush: queue.flush,
    dropped: () => queue.dropped,
    onHide(isGone) {
      if (!isGone) return queue.onHide()
      for (const draft of open.values()) {
        const record = released(draft())
        if (record !== null) queue.add(runEntry(record))
      }
      queue.onLeave()
    },
    sweep() {
      if (epochMs() - sweptAtEpochMs < SWEEP_EVERY_MS) return
      sweptAtEpochMs = epochMs()
      // Where nothing can be kept nothing was left.
      sweepNow().catch(() => {})
    },
    dispose() {
      queue.dispose()
      here.leave()
    },
  }
}

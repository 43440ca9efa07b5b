import { exportLogsRequest, exportTraceRequest, type RunRecord, type Signal } from '@evenkeel/shared'
import { createQueue, type Dropped, type QueueWorld } from './queue.ts'
import { createMemoryStore, type QueueStore } from './queue-store.ts'

/** Where queues keep what has not left yet. */
export interface TelemetryStorage {
  openQueue<Item>(name: 'runs' | 'signals'): QueueStore<Item>
}

/** Keeps everything in memory: what has not left when the page goes is lost. */
export const memoryStorage: TelemetryStorage = { openQueue: () => createMemoryStore() }

/** The way of run records and signals out of the page, as OTLP/JSON. */
export interface Telemetry {
  addRun(record: RunRecord): void
  addSignal(signal: Signal): void
  /** Sends everything now; resolves when all of it was tried once. */
  flush(): Promise<void>
  dropped(): Dropped
  /** Sets no timer any more. */
  dispose(): void
}

export interface TelemetryOptions {
  /** The path or URL beneath which `/v1/traces` and `/v1/logs` are. */
  readonly url: string
  readonly service: string
  readonly build: string | null
  readonly storage?: TelemetryStorage
}

export function createTelemetry(options: TelemetryOptions, world: QueueWorld): Telemetry {
  const { service, build, storage = memoryStorage } = options
  const url = options.url.replace(/\/+$/, '')
  const runs = createQueue<RunRecord>(
    {
      url: `${url}/v1/traces`,
      store: storage.openQueue('runs'),
      keyOf: ({ runId }) => runId,
      encode: exportTraceRequest,
    },
    world,
  )
  const signals = createQueue<Signal>(
    {
      url: `${url}/v1/logs`,
      store: storage.openQueue('signals'),
      keyOf: ({ signalId }) => signalId,
      encode: (batch) => exportLogsRequest(batch, { service, build }),
    },
    world,
  )
  return {
    addRun: runs.add,
    addSignal: signals.add,
    flush: async () => void (await Promise.all([runs.flush(), signals.flush()])),
    dropped: () => ({
      full: runs.dropped.full + signals.dropped.full,
      refused: runs.dropped.refused + signals.dropped.refused,
    }),
    dispose() {
      runs.dispose()
      signals.dispose()
    },
  }
}

import {
  DROP_REASONS,
  type DropReport,
  type ExportTraceRequest,
  exportDropReport,
  exportLogsRequest,
  exportTraceRequest,
  RUN,
} from '@evenkeel/shared'
import { runRecords, signals } from '@evenkeel/shared/testing'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { openStore } from '../store/store.ts'
import { anAttempt, anId, aRun, aSignal } from '../testing/run.ts'
import { dump, openMemoryStore } from '../testing/store.ts'
import { ingestLogs } from './ingest-logs.ts'
import { ingestTraces } from './ingest-traces.ts'

// Whole stores are filled here, on machines that do other things too.
vi.setConfig({ testTimeout: 60_000 })

type Batch = { readonly traces: unknown } | { readonly logs: unknown }

const records = fc.uniqueArray(runRecords, { selector: ({ runId }) => runId, minLength: 1, maxLength: 4 })

/** Each span of a request in a request of its own. */
function split(request: ExportTraceRequest): ExportTraceRequest[] {
  return request.resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans, schemaUrl }) =>
      spans.map((span) => ({
        resourceSpans: [{ resource, scopeSpans: [{ scope, schemaUrl, spans: [span] }] }],
      })),
    ),
  )
}

function send(store: ReturnType<typeof openMemoryStore>['store'], batches: readonly Batch[]): void {
  for (const batch of batches) {
    store.write((writer) =>
      'traces' in batch
        ? ingestTraces(overTheWire(batch.traces), writer)
        : ingestLogs(overTheWire(batch.logs), writer),
    )
  }
}

const overTheWire = (body: unknown): unknown => JSON.parse(JSON.stringify(body))

describe('what a store holds', () => {
  it('does not depend on how runs and signals were cut into batches, repeated and reordered', async () => {
    await fc.assert(
      fc.asyncProperty(
        records,
        fc.array(signals, { maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        async (runs, given, random) => {
          // Most on these runs, and every other one a newer or older version of the first.
          const onRuns = given.map((signal, index) => ({
            ...signal,
            signalId: index % 2 === 0 ? (given[0]?.signalId ?? signal.signalId) : signal.signalId,
            runId: runs[index % runs.length]?.runId ?? signal.runId,
          }))
          const whole: Batch[] = [
            { traces: exportTraceRequest(runs) },
            ...onRuns.map((signal) => ({ logs: exportLogsRequest([signal]) })),
          ]
          const cut: Batch[] = [
            ...split(exportTraceRequest(runs)).map((traces) => ({ traces })),
            ...whole,
            ...onRuns.map((signal) => ({ logs: exportLogsRequest([signal]) })),
          ]
          const shuffled = cut
            .map((batch) => ({ batch, at: random.next().value }))
            .sort((left, right) => left.at - right.at)
            .map(({ batch }) => batch)

          const one = openMemoryStore()
          const other = openMemoryStore()
          send(one.store, whole)
          send(other.store, shuffled)
          expect(dump(other.database)).toEqual(dump(one.database))
          expect(await other.store.environments()).toEqual(await one.store.environments())
          for (const { environment } of runs) {
            expect(await other.store.features(environment, Number.MAX_SAFE_INTEGER)).toEqual(
              await one.store.features(environment, Number.MAX_SAFE_INTEGER),
            )
          }
          one.store.close()
          other.store.close()
        },
      ),
      { numRuns: 150 },
    )
  })

  it('is the records that were sent, exactly', async () => {
    await fc.assert(
      fc.asyncProperty(records, async (runs) => {
        const { store } = openMemoryStore()
        send(
          store,
          split(exportTraceRequest(runs)).map((traces) => ({ traces })),
        )
        for (const run of runs) expect((await store.run(run.runId))?.run).toEqual(run)
        store.close()
      }),
      { numRuns: 100 },
    )
  })
})

describe('a run in pieces', () => {
  const run = aRun({
    attempts: [
      anAttempt({ spanId: '00000000000000a1', failure: 'http.server', status: 503 }),
      anAttempt({ spanId: '00000000000000a2', tier: 'fast' }),
    ],
  })
  const [root, first, second] = split(exportTraceRequest([run]))

  it('is not there before its root', async () => {
    const { store, database } = openMemoryStore()
    send(store, [{ traces: first }])
    expect(await store.run(run.runId)).toBeNull()
    expect(dump(database).spans).toHaveLength(1)
  })

  it('shows what has arrived, and grows', async () => {
    const { store, database } = openMemoryStore()
    send(store, [{ traces: root }])
    expect((await store.run(run.runId))?.run.attempts).toEqual([])
    send(store, [{ traces: second }])
    expect((await store.run(run.runId))?.run.attempts).toEqual([run.attempts[1]])
    send(store, [{ traces: first }])
    expect((await store.run(run.runId))?.run).toEqual(run)
    expect(dump(database).attempts.map((row) => row.ordinal)).toEqual([0, 1])
    expect(dump(database).spans).toEqual([])
  })

  it('counts a batch that changes nothing as no change', () => {
    const { store } = openMemoryStore()
    const ingest = () => store.write((writer) => ingestTraces(overTheWire(exportTraceRequest([run])), writer))
    expect(ingest()).toMatchObject({ runs: 1, rejected: 0 })
    expect([...ingest().features]).toEqual([])
    expect(ingest()).toMatchObject({ runs: 0, rejected: 0 })
  })
})

describe('a run that was closed twice', () => {
  it('stands as it settled last, whichever came first', async () => {
    const swept = aRun({ outcome: 'abandoned', settledMs: 500, completeMs: null })
    const settled = aRun({ outcome: 'answered', settledMs: 2_104 })
    for (const order of [
      [swept, settled],
      [settled, swept],
    ]) {
      const { store } = openMemoryStore()
      for (const run of order) send(store, [{ traces: exportTraceRequest([run]) }])
      expect((await store.run(settled.runId))?.run.outcome).toBe('answered')
    }
  })
})

describe('spans of others', () => {
  const foreign = (over: object = {}) => ({
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: [
              {
                traceId: anId(7),
                spanId: '00000000000000b1',
                name: 'POST /api/ai/draft-reply',
                startTimeUnixNano: '1',
                endTimeUnixNano: '2',
                attributes: [],
                ...over,
              },
            ],
          },
        ],
      },
    ],
  })
  const ingest = (request: unknown) => {
    const { store, database } = openMemoryStore()
    const result = store.write((writer) => ingestTraces(request, writer))
    return { result, tables: dump(database) }
  }

  it('are accepted and kept, and are no run', () => {
    const { result, tables } = ingest(foreign())
    expect(result).toMatchObject({ runs: 0, rejected: 0 })
    expect(tables.spans).toMatchObject([{ trace_id: anId(7), name: 'POST /api/ai/draft-reply' }])
    expect(tables.runs).toEqual([])
  })

  it('are accepted and not kept where they are huge', () => {
    const { result, tables } = ingest(foreign({ name: 'x'.repeat(70_000) }))
    expect(result.rejected).toBe(0)
    expect(tables.spans).toEqual([])
  })

  it.each([
    ['no trace id', { traceId: undefined }],
    ['a trace id of zeros', { traceId: '0'.repeat(32) }],
    ['a short span id', { spanId: 'abc' }],
    ['a number as id', { spanId: 12 }],
  ])('are rejected, counted and not kept with %s', (_, over) => {
    const { result, tables } = ingest(foreign(over))
    expect(result).toMatchObject({ rejected: 1 })
    expect(result.reasons[0]).toContain('valid trace id')
    expect(tables.spans).toEqual([])
  })

  it('stay beside the run of the same trace', async () => {
    const { store, database } = openMemoryStore()
    const run = aRun({ runId: anId(7) })
    send(store, [{ traces: foreign() }, { traces: exportTraceRequest([run]) }])
    expect((await store.run(run.runId))?.run).toEqual(run)
    expect(dump(database).spans.map((row) => row.span_id)).toEqual(['00000000000000b1'])
  })
})

describe('a root that says nonsense', () => {
  it('is rejected with its reason, and neither it nor its attempts are kept', () => {
    const request = JSON.parse(JSON.stringify(exportTraceRequest([aRun()])), (_key, value) =>
      value?.key === RUN.outcome ? { key: RUN.outcome, value: { stringValue: 'splendid' } } : value,
    )
    const { store, database } = openMemoryStore()
    const result = store.write((writer) => ingestTraces(request, writer))
    expect(result).toMatchObject({ runs: 0, rejected: 2 })
    expect(result.reasons.join()).toContain(RUN.outcome)
    expect(dump(database)).toMatchObject({ runs: [], spans: [] })
  })
})

describe('signals', () => {
  it('may come before their run, and count once it is there', async () => {
    const { store } = openMemoryStore()
    send(store, [{ logs: exportLogsRequest([aSignal()]) }])
    expect(await store.run(anId(1))).toBeNull()
    send(store, [{ traces: exportTraceRequest([aRun()]) }])
    expect((await store.run(anId(1)))?.signals).toEqual([aSignal()])
    expect((await store.runs({})).runs[0]?.thumbs).toBe(-1)
  })

  it('are replaced by the newest of the same id, even where an older one comes later', async () => {
    const { store } = openMemoryStore()
    const up = aSignal({ atEpochMs: 1_700_000_010_000, value: 1, reasons: [] })
    send(store, [{ traces: exportTraceRequest([aRun()]) }, { logs: exportLogsRequest([up]) }])
    send(store, [{ logs: exportLogsRequest([aSignal()]) }])
    expect((await store.run(anId(1)))?.signals).toEqual([up])
    expect((await store.runs({})).runs[0]?.thumbs).toBe(1)
  })
})

describe('what pages gave up', () => {
  const report = (full: number, unjournaled = 0): DropReport => ({
    id: anId(500),
    atEpochMs: 1_700_000_000_000,
    environment: 'production',
    service: 'desk',
    build: null,
    dropped: {
      ...(Object.fromEntries(DROP_REASONS.map((reason) => [reason, 0])) as DropReport['dropped']),
      full,
      unjournaled,
    },
  })

  it('is stored once for each page, and the larger counts stand in any order of arrival', () => {
    const { store, database } = openMemoryStore()
    for (const each of [report(1), report(5, 2), report(3, 1), report(5, 2)])
      send(store, [{ logs: exportDropReport(each) }])
    send(store, [{ logs: exportDropReport({ ...report(7), id: anId(501) }) }])
    expect(dump(database).drops).toMatchObject([
      { report_id: anId(500), environment: 'production', service: 'desk', full: 5, unjournaled: 2 },
      { report_id: anId(501), full: 7, refused: 0 },
    ])
  })
})

it('writes a batch wholly or not at all', async () => {
  const store = openStore({ path: ':memory:' })
  expect(() =>
    store.write((writer) => {
      ingestTraces(exportTraceRequest([aRun()]), writer)
      throw new Error('disk full')
    }),
  ).toThrow('disk full')
  expect(await store.run(anId(1))).toBeNull()
  store.close()
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RUN_SPAN_PREFIX, SCOPE_NAME } from '../attributes.ts'
import { runRecords, signals } from '../testing/index.ts'
import { readLogsRequest } from './read-logs-request.ts'
import { readTraceRequest } from './read-trace-request.ts'
import { exportTraceRequest } from './run-to-otlp.ts'
import { exportLogsRequest } from './signal-to-otlp.ts'

const records = fc.uniqueArray(runRecords, { selector: ({ runId }) => runId, maxLength: 4 })
const overTheWire = (body: unknown): unknown => JSON.parse(JSON.stringify(body))
const byId = <T extends { runId: string }>(list: readonly T[]) =>
  list.toSorted((one, other) => (one.runId < other.runId ? -1 : 1))

describe('a run record over OTLP/JSON', () => {
  it('comes back exactly as it went', () => {
    fc.assert(
      fc.property(records, (sent) => {
        const reading = readTraceRequest(overTheWire(exportTraceRequest(sent)))
        expect(byId(reading.runs)).toStrictEqual(byId(sent))
        expect(reading).toMatchObject({ problem: null, partialRuns: [], foreignSpans: 0, rejectedSpans: 0 })
      }),
      { numRuns: 300 },
    )
  })

  it('comes back whatever the order of its spans, and with others among them', () => {
    fc.assert(
      fc.property(records, fc.infiniteStream(fc.nat()), (sent, random) => {
        const body = overTheWire(exportTraceRequest(sent)) as ReturnType<typeof exportTraceRequest>
        const shuffled = body.resourceSpans.map(({ resource, scopeSpans }) => ({
          resource,
          scopeSpans: scopeSpans.map(({ spans, ...rest }) => ({
            ...rest,
            spans: [...spans, foreign]
              .map((span) => [random.next().value, span] as const)
              .sort(([one], [other]) => one - other)
              .map(([, span]) => span),
          })),
        }))
        const reading = readTraceRequest({ resourceSpans: shuffled.toReversed() })
        expect(byId(reading.runs)).toStrictEqual(byId(sent))
        expect(reading.foreignSpans).toBe(shuffled.length)
      }),
    )
  })

  it('comes back when a span stands in a batch of its own', () => {
    fc.assert(
      fc.property(records, (sent) => {
        const body = overTheWire(exportTraceRequest(sent)) as ReturnType<typeof exportTraceRequest>
        const split = body.resourceSpans.flatMap(({ resource, scopeSpans }) =>
          scopeSpans.flatMap(({ scope, spans }) =>
            spans.map((span) => ({ resource, scopeSpans: [{ scope, spans: [span] }] })),
          ),
        )
        expect(byId(readTraceRequest({ resourceSpans: split }).runs)).toStrictEqual(byId(sent))
      }),
    )
  })

  it('comes back from senders that write integers as numbers, doubles as strings and ids in capitals', () => {
    fc.assert(
      fc.property(records, (sent) => {
        const body = JSON.parse(JSON.stringify(exportTraceRequest(sent)), (key, value) => {
          if (key === 'intValue' || key.endsWith('UnixNano')) return Number(value)
          if (key === 'doubleValue') return String(value)
          return key === 'traceId' || key === 'spanId' || key === 'parentSpanId' ? value.toUpperCase() : value
        })
        expect(byId(readTraceRequest(body).runs)).toStrictEqual(byId(sent))
      }),
    )
  })

  it('counts a span that was sent twice once', () => {
    fc.assert(
      fc.property(runRecords, (record) => {
        const { resourceSpans } = exportTraceRequest([record])
        const reading = readTraceRequest({ resourceSpans: [...resourceSpans, ...resourceSpans] })
        expect(reading.runs).toStrictEqual([record])
        expect(reading.rejectedSpans).toBe(0)
      }),
    )
  })

  it('groups runs by environment, service and build', () => {
    fc.assert(
      fc.property(records, (sent) => {
        const origins = new Set(
          sent.map(({ environment, service, build }) => JSON.stringify([environment, service, build])),
        )
        expect(exportTraceRequest(sent).resourceSpans).toHaveLength(origins.size)
      }),
    )
  })

  it('writes what the protocol asks for: hex ids, nanoseconds and integers as strings, numbers for enums', () => {
    fc.assert(
      fc.property(runRecords, (record) => {
        const { resourceSpans } = exportTraceRequest([record])
        const { scope, spans } = resourceSpans[0]?.scopeSpans[0] ?? {}
        expect(scope?.name).toBe(SCOPE_NAME)
        expect(spans).toHaveLength(1 + record.attempts.length)
        for (const span of spans ?? []) {
          expect(span.traceId).toMatch(/^[0-9a-f]{32}$/)
          expect(span.spanId).toMatch(/^[0-9a-f]{16}$/)
          expect(span.startTimeUnixNano).toMatch(/^(0|[1-9]\d*)$/)
          expect(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano)).toBe(true)
          for (const { value } of span.attributes) {
            expect(Object.keys(value)).toHaveLength(1)
            if ('intValue' in value) expect(value.intValue).toMatch(/^-?\d+$/)
          }
        }
        expect(spans?.[0]?.name).toBe(RUN_SPAN_PREFIX + record.feature)
        expect(spans?.slice(1).every(({ parentSpanId }) => parentSpanId === record.spanId)).toBe(true)
      }),
    )
  })
})

describe('a signal over OTLP/JSON', () => {
  it('comes back exactly as it went, in its order within an environment', () => {
    fc.assert(
      fc.property(fc.array(signals, { maxLength: 5 }), (sent) => {
        const reading = readLogsRequest(overTheWire(exportLogsRequest(sent, { service: 's', build: null })))
        const environments = [...new Set(sent.map(({ environment }) => environment))]
        const inGroups = environments.flatMap((name) =>
          sent.filter(({ environment }) => environment === name),
        )
        expect(reading.signals).toStrictEqual(inGroups)
        expect(reading).toMatchObject({ problem: null, foreignRecords: 0, rejectedRecords: 0 })
      }),
      { numRuns: 300 },
    )
  })

  it('comes back from senders that write integers as numbers', () => {
    fc.assert(
      fc.property(signals, (sent) => {
        const body = JSON.parse(JSON.stringify(exportLogsRequest([sent])), (key, value) =>
          key === 'intValue' || key.endsWith('UnixNano') ? Number(value) : value,
        )
        expect(readLogsRequest(body).signals).toStrictEqual([sent])
      }),
    )
  })
})

const foreign = {
  traceId: 'f'.repeat(32),
  spanId: 'f'.repeat(16),
  name: 'POST /api/ai/draft-reply',
  kind: 2,
  startTimeUnixNano: '1700000000000000000',
  endTimeUnixNano: '1700000000100000000',
  attributes: [{ key: 'http.request.method', value: { stringValue: 'POST' } }],
  events: [],
  status: {},
}

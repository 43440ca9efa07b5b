import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as names from '../attributes.ts'
import { DROP_REASONS, type DropReport } from '../dropped.ts'
import { runRecords, signals } from '../testing/index.ts'
import { exportDropReport } from './dropped-to-otlp.ts'
import { decode, encode } from './otlp-fields.test.kit.ts'
import { readLogsRequest } from './read-logs-request.ts'
import { readTraceRequest } from './read-trace-request.ts'
import { exportTraceRequest } from './run-to-otlp.ts'
import { exportLogsRequest } from './signal-to-otlp.ts'

const overTheWire = (body: unknown): unknown => JSON.parse(JSON.stringify(body))

const dropReports: fc.Arbitrary<DropReport> = fc.record({
  id: fc.constant('0af7651916cd43dd8448eb211c80319c'),
  atEpochMs: fc.nat(2e12),
  environment: fc.string({ minLength: 1 }),
  service: fc.option(fc.string()),
  build: fc.option(fc.string()),
  dropped: fc.record(
    Object.fromEntries(DROP_REASONS.map((reason) => [reason, fc.nat()])) as Record<
      keyof DropReport['dropped'],
      fc.Arbitrary<number>
    >,
  ),
})

describe('what is written, read by a decoder of the specification’s field numbers', () => {
  it('is a trace request, through the bytes of protobuf and back', () => {
    fc.assert(
      fc.property(fc.array(runRecords, { maxLength: 2 }), (records) => {
        const json = overTheWire(exportTraceRequest(records))
        const read = decode(
          'ExportTraceServiceRequest',
          Uint8Array.from(encode('ExportTraceServiceRequest', json)),
        )
        expect(readTraceRequest(read)).toEqual(readTraceRequest(json))
      }),
    )
  })

  const readBack = (body: unknown) => {
    const bytes = Uint8Array.from(encode('ExportLogsServiceRequest', overTheWire(body)))
    return readLogsRequest(decode('ExportLogsServiceRequest', bytes))
  }

  it('is a logs request for signals', () => {
    fc.assert(
      fc.property(signals, (signal) => {
        expect(readBack(exportLogsRequest([signal]))).toMatchObject({ signals: [signal], rejectedRecords: 0 })
      }),
    )
  })

  it('is a logs request for what was given up', () => {
    fc.assert(
      fc.property(dropReports, (report) => {
        expect(readBack(exportDropReport(report))).toMatchObject({
          dropReports: [report],
          rejectedRecords: 0,
        })
      }),
    )
  })

  it.each([
    ['a field of another name', { resource_spans: [] }, 'no field'],
    [
      'an id that is not hex',
      { resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: 'xyz' }] }] }] },
      'no bytes',
    ],
    [
      'nanoseconds as a number',
      { resourceSpans: [{ scopeSpans: [{ spans: [{ startTimeUnixNano: 17 }] }] }] },
      'no fixed64',
    ],
    ['a kind in words', { resourceSpans: [{ scopeSpans: [{ spans: [{ kind: 'CLIENT' }] }] }] }, 'no enum'],
    ['one thing where many belong', { resourceSpans: {} }, 'no list'],
  ])('would not be, with %s', (_what, json, problem) => {
    expect(() => encode('ExportTraceServiceRequest', json)).toThrow(problem)
  })
})

describe('every name that is written', () => {
  const known = new Set(
    Object.values(names).flatMap((value) => (typeof value === 'object' ? Object.values<string>(value) : [])),
  )
  const isStage = (name: string) => name.startsWith(names.STAGE.prefix) && name.endsWith(names.STAGE.suffix)

  /** Keys of attributes and names of events, wherever they stand. */
  function namesIn(value: unknown): string[] {
    if (Array.isArray(value)) return value.flatMap(namesIn)
    if (typeof value !== 'object' || value === null) return []
    const { key, name, eventName, timeUnixNano } = value as Record<string, unknown>
    const own = [key, eventName, timeUnixNano === undefined ? undefined : name]
    return [...own.filter((each) => typeof each === 'string'), ...Object.values(value).flatMap(namesIn)]
  }

  it('stands in the one file of names', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(runRecords, signals, dropReports, (record, signal, report) => {
        const bodies = [exportTraceRequest([record]), exportLogsRequest([signal]), exportDropReport(report)]
        for (const name of namesIn(overTheWire(bodies))) {
          if (!isStage(name)) expect(known).toContain(name)
          seen.add(name)
        }
      }),
    )
    // And it is no empty promise: what a browser can know of has been written.
    for (const name of [
      ...Object.values(names.RUN),
      ...Object.values(names.SIGNAL),
      ...Object.values(names.DROPPED),
    ])
      expect(seen).toContain(name)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunRecord } from '../run-record.ts'
import { runRecords, signals } from '../testing/index.ts'
import { readLogsRequest } from './read-logs-request.ts'
import { readTraceRequest } from './read-trace-request.ts'
import { exportTraceRequest, runToSpans } from './run-to-otlp.ts'
import { exportLogsRequest, signalToLogRecord } from './signal-to-otlp.ts'
import type { KeyValue, OtlpSpan } from './types.ts'

const record = fc.sample(
  runRecords.filter(
    ({ attempts, moments, flags, stalls }) =>
      attempts.length === 2 && moments.length > 0 && flags.length > 0 && stalls.length > 0,
  ),
  { numRuns: 1, seed: 3 },
)[0] as RunRecord
const [root, first, second] = runToSpans(record) as [OtlpSpan, OtlpSpan, OtlpSpan]
const traces = (...spans: unknown[]) => readTraceRequest({ resourceSpans: [{ scopeSpans: [{ spans }] }] })
const set = <T extends { attributes: readonly KeyValue[] }>(item: T, key: string, value: unknown) => ({
  ...item,
  attributes: [
    ...item.attributes.filter((own) => own.key !== key),
    ...(value === null ? [] : [{ key, value }]),
  ],
})

describe('a body that is no OTLP', () => {
  it.each([null, undefined, 7, 'text', [], { resourceSpans: {} }, { spans: [] }, { resourceLogs: [] }])(
    'is refused as traces with a reason: %j',
    (body) => {
      const reading = readTraceRequest(body)
      expect(reading.problem).toMatch(/\.$/)
      expect(reading.runs).toEqual([])
    },
  )

  it.each([null, 7, [], { resourceLogs: 'x' }, { resourceSpans: [] }])(
    'is refused as logs with a reason: %j',
    (body) => {
      expect(readLogsRequest(body).problem).toMatch(/\.$/)
    },
  )

  it('is not the empty request, which proto3 JSON writes as {}', () => {
    expect(readTraceRequest({}).problem).toBeNull()
    expect(readLogsRequest({}).problem).toBeNull()
    expect(readTraceRequest({ resourceSpans: [] }).problem).toBeNull()
  })

  it('never throws, whatever stands where', () => {
    const wild = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<unknown>(
          null,
          -1,
          Number.POSITIVE_INFINITY,
          '',
          'x',
          true,
          root,
          root.attributes,
          record,
        ),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            'resourceSpans',
            'scopeSpans',
            'spans',
            'resource',
            'attributes',
            'key',
            'value',
            'events',
            'resourceLogs',
            'scopeLogs',
            'logRecords',
            'intValue',
            'arrayValue',
            'values',
          ),
          tie('value'),
          { maxKeys: 4 },
        ),
      ),
    })).value
    fc.assert(
      fc.property(wild, (value) => {
        for (const body of [value, { resourceSpans: value, resourceLogs: value }]) {
          expect(readTraceRequest(body).reasons.length).toBeLessThanOrEqual(20)
          expect(readLogsRequest(body).reasons.length).toBeLessThanOrEqual(20)
        }
        traces(value, { ...root, events: value }, { ...root, attributes: value })
      }),
      { numRuns: 500 },
    )
  })
})

describe('a span that says it is of a run', () => {
  it.each<[string, unknown]>([
    ['has no trace id', { ...root, traceId: 'x' }],
    ['has no span id', { ...root, spanId: undefined }],
    ['has no start', { ...root, startTimeUnixNano: 'soon' }],
    ['ends before it starts', { ...root, startTimeUnixNano: '2000000', endTimeUnixNano: '1000000' }],
    ['names no feature', set(root, 'evenkeel.feature', null)],
    ['has an outcome that nobody knows', set(root, 'evenkeel.outcome', { stringValue: 'fine' })],
    ['has an interaction that nobody knows', set(root, 'evenkeel.interaction', { stringValue: 'psychic' })],
    ['has a level that does not exist', set(root, 'evenkeel.level', { intValue: '9' })],
    ['has its level as a text', set(root, 'evenkeel.level', { stringValue: '5' })],
    ['has no budget', set(root, 'evenkeel.budget.complete_ms', null)],
  ])('is rejected with a reason where it %s, and the next run is read all the same', (_what, wrong) => {
    const other = { ...record, runId: 'a'.repeat(32), attempts: [] }
    const reading = traces(wrong, ...runToSpans(other))
    expect(reading.runs.map(({ runId }) => runId)).toEqual([other.runId])
    expect(reading.rejectedSpans).toBe(1)
    expect(reading.reasons).toHaveLength(1)
  })

  it.each<[string, unknown]>([
    ['a step that nobody knows', set(second, 'evenkeel.step', { stringValue: 'prayer' })],
    ['a failure that nobody knows', set(second, 'error.type', { stringValue: 'gremlins' })],
  ])('takes its whole run with it where an attempt has %s', (_what, wrong) => {
    const reading = traces(root, first, wrong)
    expect(reading.runs).toEqual([])
    expect(reading.rejectedSpans).toBe(3)
    expect(reading.reasons[0]).toContain(record.runId)
  })

  it('is rejected where its run did not come', () => {
    const reading = traces(first, second)
    expect(reading).toMatchObject({ runs: [], rejectedSpans: 2, foreignSpans: 0 })
    expect(reading.reasons).toEqual([`run ${record.runId}: attempts without their run`])
  })

  it('is told where one of its attempts is missing', () => {
    const reading = traces(second, root)
    expect(reading.partialRuns).toEqual([record.runId])
    expect(reading.runs[0]?.attempts).toHaveLength(1)
  })

  it('keeps its run where an event or an attribute is of a later version', () => {
    const [run] = traces(
      {
        ...set(root, 'evenkeel.new', { kvlistValue: {} }),
        events: [
          ...root.events,
          {
            name: 'evenkeel.moment',
            timeUnixNano: '1',
            attributes: [{ key: 'evenkeel.moment.name', value: { stringValue: 'party' } }],
          },
          { name: 'evenkeel.moment', timeUnixNano: 'x', attributes: [] },
          { name: 'evenkeel.new', timeUnixNano: '1' },
        ],
      },
      first,
      second,
    ).runs
    expect(run).toEqual({ ...record, environment: 'unknown', service: 'unknown_service', build: null })
  })
})

describe('spans of others', () => {
  it('are counted and are no error: a server’s, and a model client’s', () => {
    const server = {
      traceId: record.runId,
      spanId: 'f'.repeat(16),
      parentSpanId: first.spanId,
      name: 'POST',
      attributes: [],
    }
    const model = { ...server, attributes: [{ key: 'gen_ai.request.model', value: { stringValue: 'm' } }] }
    expect(traces(root, server, first, model, second, 7, null)).toMatchObject({
      foreignSpans: 2,
      rejectedSpans: 0,
      reasons: [],
      runs: [{ runId: record.runId }],
    })
  })
})

describe('a log record', () => {
  const [signal] = fc.sample(signals, { numRuns: 1, seed: 3 })
  if (signal === undefined) throw new Error('no sample')
  const log = signalToLogRecord(signal)
  const logs = (...logRecords: unknown[]) =>
    readLogsRequest({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] })

  it('of another kind is counted and is no error', () => {
    const other = { ...log, eventName: 'exception' }
    const evaluation = set(log, 'evenkeel.signal.id', null)
    expect(logs(other, evaluation, log)).toMatchObject({
      foreignRecords: 2,
      rejectedRecords: 0,
      signals: [{ signalId: signal.signalId, environment: 'unknown' }],
    })
  })

  it.each<[string, unknown]>([
    ['its id is none', set(log, 'evenkeel.signal.id', { stringValue: '7' })],
    ['its run is none', { ...log, traceId: '' }],
    ['its kind is unknown', set(log, 'evenkeel.signal.kind', { stringValue: 'shrug' })],
    ['its level is unknown', set(log, 'evenkeel.level', { intValue: 0 })],
    ['it names no feature', set(log, 'evenkeel.feature', null)],
    ['it has no time', { ...log, timeUnixNano: null }],
  ])('is rejected with a reason where %s', (_what, wrong) => {
    const reading = logs(wrong, log)
    expect(reading.rejectedRecords).toBe(1)
    expect(reading.reasons).toHaveLength(1)
    expect(reading.signals).toHaveLength(1)
  })

  it('goes with its environment', () => {
    const sent = [signal, { ...signal, environment: 'elsewhere' }]
    expect(readLogsRequest(exportLogsRequest(sent)).signals).toEqual(sent)
    expect(exportTraceRequest([]).resourceSpans).toEqual([])
  })
})

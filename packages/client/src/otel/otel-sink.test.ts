import { parseTraceparent, type RunRecord, runToSpans } from '@evenkeel/shared'
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import {
  AlwaysOffSampler,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { describe, expect, it } from 'vitest'
import { A, B, ELSEWHERE, featureForTests, OMIT, PRIMARY } from '../run/feature.test.kit.ts'
import { answerReply, statusReply } from '../testing/replies.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { otelSink } from './otel-sink.ts'
import { createRunIds } from './run-ids.ts'

/** A run that fell to its second step, and what an app's own SDK exported of it. */
async function createKit({ withIds = true, isOff = false } = {}) {
  const exporter = new InMemorySpanExporter()
  const ids = createRunIds()
  const provider = new TracerProvider({
    ...(withIds && { idGenerator: ids }),
    ...(isOff && { sampler: new AlwaysOffSampler() }),
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  })
  const taken: RunRecord[] = []
  const { onRun } = otelSink(provider, withIds ? { ids } : {})
  const { engine, server, clock } = createTestEngine({
    onRun(record) {
      taken.push(record)
      onRun(record)
    },
  })
  server.on(A, statusReply(500))
  const metadata = { prompt: 'draft', version: '3', hash: 'ab' }
  server.on(B, answerReply(['Hello'], { headAfterMs: 20, metadata }))
  void engine.createRun(featureForTests({ ladder: [PRIMARY, ELSEWHERE, OMIT] })).start('x')
  await clock.advance(100)
  const [record] = taken
  if (record === undefined) throw new Error('The run did not settle.')
  const asked = server.requests.map(({ headers }) => parseTraceparent(headers.get('traceparent')))
  return { provider, exporter, record, spans: exporter.getFinishedSpans(), asked }
}

describe('otelSink', () => {
  it('gives each span the ids and the parent that the wire has, so that the server’s spans are its children', async () => {
    const { record, spans, asked } = await createKit()
    const expected = runToSpans(record).map(({ traceId, spanId, parentSpanId, name }) => [
      traceId,
      spanId,
      parentSpanId,
      name,
    ])
    const found = spans.map((span) => [
      span.spanContext().traceId,
      span.spanContext().spanId,
      span.parentSpanContext?.spanId,
      span.name,
    ])
    expect(found).toHaveLength(3)
    expect(found).toEqual(expect.arrayContaining(expected))
    // What the server was told is the id of the attempt's span.
    const attempts = spans
      .filter(({ kind }) => kind === SpanKind.CLIENT)
      .map((span) => span.spanContext().spanId)
    expect(asked.map((told) => told?.spanId)).toEqual(attempts)
    expect(asked.map((told) => told?.traceId)).toEqual([record.runId, record.runId])
  })

  it('says in them what the wire says: attributes, events, times and failures', async () => {
    const { record, spans } = await createKit()
    const [root, lost] = [spans.at(-1), spans[0]]
    expect(root?.attributes).toMatchObject({
      'evenkeel.feature': record.feature,
      'evenkeel.outcome': 'degraded',
      'evenkeel.level': 5,
      'evenkeel.synthetic': true,
      'gen_ai.prompt.name': 'draft',
    })
    expect(root?.events.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['evenkeel.first_token', 'evenkeel.moment']),
    )
    const [seconds = 0, nanos = 0] = root?.startTime ?? []
    expect(seconds * 1000 + nanos / 1e6).toBe(record.startedAtEpochMs)
    const [forSeconds = 0, forNanos = 0] = root?.duration ?? []
    expect(forSeconds * 1000 + forNanos / 1e6).toBeCloseTo(record.settledMs, 5)
    expect(lost?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'HTTP 500' })
    expect(lost?.attributes).toMatchObject({ 'error.type': 'http.server', 'http.response.status_code': 500 })
  })

  it('keeps to the run’s trace where the SDK makes its own ids', async () => {
    const { record, spans } = await createKit({ withIds: false })
    expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(new Set([record.runId]))
    const root = spans.at(-1)
    expect(root?.parentSpanContext?.spanId).toBe(record.spanId)
    expect(spans.slice(0, 2).map((span) => span.parentSpanContext?.spanId)).toEqual(
      Array(2).fill(root?.spanContext().spanId),
    )
  })

  it('leaves it to the SDK’s sampler', async () => {
    expect((await createKit({ isOff: true })).spans).toEqual([])
  })

  it('leaves the ids of the app’s own spans random', async () => {
    const { provider, exporter, record } = await createKit()
    const tracer = provider.getTracer('app')
    for (const name of ['one', 'two']) tracer.startSpan(name, {}, ROOT_CONTEXT).end()
    const own = exporter
      .getFinishedSpans()
      .slice(-2)
      .map((span) => span.spanContext())
    expect(new Set([record.runId, ...own.map(({ traceId }) => traceId)]).size).toBe(3)
    expect(own.every((context) => trace.isSpanContextValid(context))).toBe(true)
  })
})

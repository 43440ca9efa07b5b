import { createEngine, createRun, defineFeature, type RunRecord } from '@evenkeel/client/core'
import { runToSpans } from '@evenkeel/shared'
import { ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { flush, init, spanStreamingIntegration, startInactiveSpan, startNewTrace } from '@sentry/browser'
import { createTelemetry } from '../../src/telemetry/telemetry.ts'

/** Takes so many runs and resolves when the server has them all. */
export type Contender = (runs: readonly RunRecord[]) => Promise<void>

const WORDS = 300

/** The record of one real run, whose answer came word by word over the network of a page. */
export async function record(): Promise<RunRecord> {
  const engine = createEngine({
    environment: 'production',
    service: 'support-desk',
    build: '2026.11.28-3f2a91c',
    telemetry: false,
    tenant: 'acme',
    user: 'u-81726354',
    cohort: 'beta',
    route: '/tickets/:id',
  })
  const feature = defineFeature<string>({
    id: 'draft-reply',
    interaction: 'progressive',
    budget: { firstTokenMs: 5_000, completeMs: 30_000, giveUpMs: 60_000, stallMs: 30_000 },
    ladder: [
      { step: 'model', url: '/api/answer' },
      { step: 'model', url: '/api/answer', tier: 'fast' },
      { step: 'template', render: () => 'Hello' },
    ],
  })
  return createRun(feature, engine).start('a question')
}

/** As many runs as are wanted, each under ids of its own. */
export function copies(of: RunRecord, count: number): RunRecord[] {
  const hex = (length: number) =>
    Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join('')
  return Array.from({ length: count }, () => {
    const runId = hex(16)
    const attempts = of.attempts.map((attempt) => ({ ...attempt, spanId: hex(8) }))
    return { ...of, runId, spanId: runId.slice(16), attempts, startedAtEpochMs: Date.now() }
  })
}

export const words = WORDS

/** Everything that a run costs here: its journal at the start and at the first token, its record, the sending. */
export const evenkeel: Contender = async (runs) => {
  const telemetry = createTelemetry(
    { url: '/evenkeel', environment: 'production', service: 'desk', build: null, scope: '["acme","u1"]' },
    {
      fetch: (...request) => fetch(...request),
      epochMs: Date.now,
      setTimeout(callback, delayMs) {
        const timer = setTimeout(callback, delayMs)
        return () => clearTimeout(timer)
      },
      random: Math.random,
      isVisible: () => true,
      randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
      loadSweep: () => import('../../src/telemetry/sweep.ts'),
      reportBug: (_where, error) => console.error(error),
    },
  )
  for (const run of runs) {
    const draft = (): RunRecord => ({ ...run, outcome: 'abandoned', attempts: [], timeline: '' })
    telemetry.addOpen({ runId: run.runId, draft })
    telemetry.addOpen({ runId: run.runId, draft })
    telemetry.addRun(run)
    await pause()
  }
  await telemetry.flush()
  telemetry.dispose()
}

let provider: TracerProvider | null = null

/** The same spans, attributes and events by OpenTelemetry's own SDK. It keeps nothing, so there is nothing to journal. */
export const openTelemetry: Contender = async (runs) => {
  provider ??= new TracerProvider({
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url: '/otel/v1/traces' }),
        scheduledDelayMillis: 1_000,
      }),
    ],
  })
  const tracer = provider.getTracer('bench')
  for (const run of runs) {
    const [root, ...attempts] = spansOf(run)
    if (root === undefined) continue
    const span = tracer.startSpan(root.name, {
      attributes: root.attributes,
      kind: SpanKind.INTERNAL,
      root: true,
    })
    for (const attempt of attempts) {
      const context = trace.setSpan(ROOT_CONTEXT, span)
      tracer.startSpan(attempt.name, { attributes: attempt.attributes, kind: SpanKind.CLIENT }, context).end()
    }
    for (const event of root.events) span.addEvent(event.name, event.attributes)
    span.end()
    await pause()
  }
  await provider.forceFlush()
}

let isSentryUp = false

/**
 * The same spans and attributes by Sentry's SDK, as lean as it can be had: without any of its integrations but the
 * one that sends spans. It takes events too, and sends none that is no measurement; nor does it keep anything.
 */
export const sentry: Contender = async (runs) => {
  if (!isSentryUp) {
    isSentryUp = true
    init({
      dsn: 'https://bench@sentry.example/1',
      tunnel: '/sentry/envelope',
      tracesSampleRate: 1,
      defaultIntegrations: false,
      integrations: [spanStreamingIntegration()],
      // It sends one envelope a trace, and would give up all but forty of those that are to go at once.
      // Browsers fail what is to outlive its page beyond 64 KiB, and it loses what fails.
      transportOptions: { bufferSize: 10_000, fetchOptions: { keepalive: false } },
    })
  }
  for (const run of runs) {
    const [root, ...attempts] = spansOf(run)
    if (root === undefined) continue
    const span = startNewTrace(() =>
      startInactiveSpan({ name: root.name, attributes: root.attributes, parentSpan: null }),
    )
    for (const { name, attributes } of attempts)
      startInactiveSpan({ name, attributes, op: 'http.client', parentSpan: span }).end()
    for (const event of root.events) span.addEvent(event.name, event.attributes)
    span.end()
    await pause()
  }
  await flush()
}

/** What the loop itself costs. */
export const nothing: Contender = async (runs) => {
  for (const _run of runs) await pause()
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve))

type Plain = Record<string, string | number | boolean>

/** The spans of a run as any SDK takes them. */
function spansOf(run: RunRecord) {
  return runToSpans(run).map(({ name, attributes, events }) => ({
    name,
    attributes: plain(attributes),
    events: events.map((event) => ({ name: event.name, attributes: plain(event.attributes) })),
  }))
}

function plain(attributes: ReturnType<typeof runToSpans>[number]['attributes']): Plain {
  return Object.fromEntries(
    attributes.map(({ key, value }) => {
      const [said] = Object.values(value) as unknown[]
      return [key, typeof said === 'object' ? JSON.stringify(said) : (said as string | number | boolean)]
    }),
  )
}

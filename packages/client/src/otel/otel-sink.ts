import {
  type AnyValue,
  type KeyValue,
  type OtlpSpan,
  type RunRecord,
  runToSpans,
  SCOPE_NAME,
} from '@evenkeel/shared'
import type {
  Attributes,
  AttributeValue,
  Context,
  HrTime,
  Span,
  SpanContext,
  TracerProvider,
} from '@opentelemetry/api'
import type { RunIds } from './run-ids.ts'

export interface OtelSinkOptions {
  /** The ids that were given to the SDK as its `idGenerator`. */
  readonly ids?: RunIds
}

/** Takes records to an OpenTelemetry SDK. */
export interface OtelSink {
  /** For the engine's option `onRun`. */
  readonly onRun: (record: RunRecord) => void
}

/**
 * Hands runs on to an OpenTelemetry SDK that the app runs already, as the spans and attributes that our own wire has:
 * they pass its sampler, its processors and its exporters. Every span is in the run's own trace, the one that the server
 * continued from `traceparent`. With `ids` it bears the id that the server knows as well, so that the server's spans
 * are its children; without, they are in the same trace beneath a parent that nobody has.
 *
 * @example
 * const ids = createRunIds()
 * const provider = new BasicTracerProvider({ idGenerator: ids, spanProcessors })
 * const engine = createEngine({ onRun: otelSink(provider, { ids }).onRun })
 */
export function otelSink(
  provider: Pick<TracerProvider, 'getTracer'>,
  { ids }: OtelSinkOptions = {},
): OtelSink {
  const tracer = provider.getTracer(SCOPE_NAME)

  function start(span: OtlpSpan, parent: Pick<Span, 'spanContext'> | null): Span {
    const { traceId, spanId, name, kind, attributes, startTimeUnixNano } = span
    const options = {
      kind: KINDS[kind] ?? 0,
      attributes: plain(attributes),
      startTime: time(startTimeUnixNano),
    }
    const within = parent ?? (ids === undefined ? remote(traceId, spanId) : null)
    const begin = () => tracer.startSpan(name, options, contextOf(within))
    return ids === undefined ? begin() : ids.within({ traceId, spanId }, begin)
  }

  function finish(started: Span, { events, status, endTimeUnixNano }: OtlpSpan): void {
    for (const { name, attributes, timeUnixNano } of events) {
      started.addEvent(name, plain(attributes), time(timeUnixNano))
    }
    if (status.code !== undefined) {
      started.setStatus({
        code: status.code,
        ...(status.message !== undefined && { message: status.message }),
      })
    }
    started.end(time(endTimeUnixNano))
  }

  return {
    onRun(record) {
      const [root, ...attempts] = runToSpans(record)
      if (root === undefined) return
      const started = start(root, null)
      for (const attempt of attempts) finish(start(attempt, started), attempt)
      finish(started, root)
    },
  }
}

/** Numbers of OTLP as the API has them: it counts from 0. */
const KINDS: Readonly<Record<number, number>> = { 1: 0, 2: 1, 3: 2, 4: 3, 5: 4 }

/**
 * The key under which the API looks for a span in a context. It is a registered symbol, so that copies of the API in one
 * page understand each other; and so that this file needs none.
 */
const SPAN_KEY = Symbol.for('OpenTelemetry Context Key SPAN')

function contextOf(span: Pick<Span, 'spanContext'> | null): Context {
  const values = new Map<symbol, unknown>(span === null ? [] : [[SPAN_KEY, span]])
  const context: Context = {
    getValue: (key) => values.get(key),
    setValue: (key, value) => overlaid(context, key, value),
    deleteValue: (key) => overlaid(context, key, undefined),
  }
  return context
}

function overlaid(beneath: Context, own: symbol, value: unknown): Context {
  const context: Context = {
    getValue: (key) => (key === own ? value : beneath.getValue(key)),
    setValue: (key, next) => overlaid(context, key, next),
    deleteValue: (key) => overlaid(context, key, undefined),
  }
  return context
}

/** A parent that is elsewhere, so that what is started under it is in this trace. */
function remote(traceId: string, spanId: string): Pick<Span, 'spanContext'> {
  const context: SpanContext = { traceId, spanId, traceFlags: 1, isRemote: true }
  return { spanContext: () => context }
}

/** Seconds and nanoseconds, because a number of milliseconds would lose the last three digits. */
function time(unixNano: string): HrTime {
  return [Number(unixNano.slice(0, -9)), Number(unixNano.slice(-9))]
}

function plain(attributes: readonly KeyValue[]): Attributes {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plainValue(value)]))
}

function plainValue(value: AnyValue): AttributeValue {
  if ('stringValue' in value) return value.stringValue
  if ('boolValue' in value) return value.boolValue
  if ('intValue' in value) return Number(value.intValue)
  if ('doubleValue' in value) return value.doubleValue
  return value.arrayValue.values.flatMap((each) => ('stringValue' in each ? [each.stringValue] : []))
}

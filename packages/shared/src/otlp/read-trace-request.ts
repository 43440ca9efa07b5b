import { ATTEMPT, RUN } from '../attributes.ts'
import type { RunRecord } from '../run-record.ts'
import { readRun, type SeenSpan } from './otlp-to-run.ts'
import { type Attributes, type Json, objects, problemOfRequest, readAttributes } from './read.ts'
import { type Origin, readOrigin } from './resource.ts'
import { readMicros } from './time.ts'

/** What was found in the body of a `POST /v1/traces`. */
export interface TraceReading {
  /** Set where the body is no OTLP trace request at all: what is wrong, for a 400. Nothing else is set then. */
  readonly problem: string | null
  readonly runs: readonly RunRecord[]
  /** Ids of runs that made more attempts than came with them. */
  readonly partialRuns: readonly string[]
  /** Spans that are no part of a run's record, such as a server's; they are not an error. */
  readonly foreignSpans: number
  /** Spans that belong to a run's record and cannot be read: OTLP's partial success. */
  readonly rejectedSpans: number
  /** Why, one sentence each; the first few of them. */
  readonly reasons: readonly string[]
}

const TRACE_ID = /^[0-9a-f]{32}$/
const SPAN_ID = /^[0-9a-f]{16}$/
const MAX_REASONS = 20

/**
 * Rebuilds run records from an OTLP/JSON trace request, in whatever order its spans stand. It never
 * throws; spans of others are counted and passed over.
 */
export function readTraceRequest(body: unknown): TraceReading {
  const problem = problemOfRequest(body, 'resourceSpans')
  // By id, so that a span sent twice counts once.
  const roots = new Map<string, SeenSpan>()
  const attempts = new Map<string, Map<string, SeenSpan>>()
  const runs: RunRecord[] = []
  const partialRuns: string[] = []
  const reasons: string[] = []
  let foreignSpans = 0
  let rejectedSpans = 0
  const reject = (spans: number, reason: string) => {
    rejectedSpans += spans
    if (reasons.length < MAX_REASONS) reasons.push(reason)
  }

  for (const { span, origin } of problem === null ? spansOf(body as Json) : []) {
    const said = readAttributes(span.attributes)
    const isRoot = said.text(RUN.outcome) !== null
    if (!isRoot && (said.text(ATTEMPT.step) === null || said.number(ATTEMPT.index) === null)) {
      foreignSpans += 1
      continue
    }
    const seen = seeSpan(span, said, origin)
    if (typeof seen === 'string') reject(1, seen)
    else if (isRoot) roots.set(seen.traceId + seen.spanId, seen)
    else attemptsOf(attempts, seen).set(seen.spanId, seen)
  }

  for (const [key, root] of roots) {
    const own = [...(attempts.get(key)?.values() ?? [])]
    attempts.delete(key)
    const run = readRun(root, own)
    if (typeof run === 'string') {
      reject(1 + own.length, `run ${root.traceId}: ${run}`)
      continue
    }
    runs.push(run)
    if ((root.said.number(RUN.attempts) ?? 0) > own.length) partialRuns.push(run.runId)
  }
  for (const [key, { size }] of attempts) {
    reject(size, `run ${key.slice(0, 32)}: attempts without their run`)
  }
  return { problem, runs, partialRuns, foreignSpans, rejectedSpans, reasons }
}

function* spansOf(body: Json): Generator<{ span: Json; origin: Origin }> {
  for (const { resource, scopeSpans } of objects(body.resourceSpans)) {
    const origin = readOrigin(resource)
    for (const { spans } of objects(scopeSpans)) {
      for (const span of objects(spans)) yield { span, origin }
    }
  }
}

function attemptsOf(
  attempts: Map<string, Map<string, SeenSpan>>,
  { traceId, parentSpanId }: SeenSpan,
): Map<string, SeenSpan> {
  const key = traceId + parentSpanId
  const own = attempts.get(key) ?? new Map<string, SeenSpan>()
  attempts.set(key, own)
  return own
}

/** The span with its ids and times checked, or what is wrong with it. */
function seeSpan(span: Json, said: Attributes, origin: Origin): SeenSpan | string {
  const traceId = lowerCase(span.traceId)
  const spanId = lowerCase(span.spanId)
  if (!TRACE_ID.test(traceId) || !SPAN_ID.test(spanId)) return 'a span without a valid trace id and span id'
  const startMicros = readMicros(span.startTimeUnixNano)
  const endMicros = readMicros(span.endTimeUnixNano)
  if (startMicros === null || endMicros === null) return `span ${spanId}: its times are no nanoseconds`
  if (endMicros < startMicros) return `span ${spanId}: it ends before it starts`
  const parentSpanId = lowerCase(span.parentSpanId)
  return { traceId, spanId, parentSpanId, startMicros, endMicros, said, events: objects(span.events), origin }
}

function lowerCase(id: unknown): string {
  return typeof id === 'string' ? id.toLowerCase() : ''
}

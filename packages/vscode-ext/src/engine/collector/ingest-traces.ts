import { RUN, type RunRecord, readTraceRequest, type TraceReading } from '@evenkeel/shared'
import { distinct, groupByTrace, requestOf } from '../otlp/group.ts'
import { isObject, type LooseSpan } from '../otlp/span.ts'
import { mergeRuns } from '../store/merge-run.ts'
import type { Writer } from '../store/writer.ts'

/** What a batch did, for OTLP's answer and for those who wait for changes. */
export interface Ingested {
  readonly features: ReadonlySet<string>
  readonly runs: number
  readonly signals: number
  readonly rejected: number
  readonly reasons: readonly string[]
}

/**
 * Stores the spans of a trace request. A run's spans may come in several requests and in any order: what
 * is not whole yet is kept span by span and read again, together, when more of its trace arrives.
 */
export function ingestTraces(request: unknown, writer: Writer): Ingested {
  const { traces, rejected } = groupByTrace(request)
  const features = new Set<string>()
  const reasons = rejected > 0 ? ['spans without a valid trace id and span id'] : []
  let runs = 0
  let refused = rejected
  for (const [traceId, spans] of traces) {
    const result = ingestTrace(traceId, spans, writer)
    refused += result.rejected
    reasons.push(...result.reasons)
    if (result.changed === null) continue
    runs += 1
    features.add(result.changed.feature)
  }
  writer.trimSpans()
  return { features, runs, signals: 0, rejected: refused, reasons }
}

interface TraceResult {
  readonly changed: RunRecord | null
  readonly rejected: number
  readonly reasons: readonly string[]
}

function ingestTrace(traceId: string, arrived: readonly LooseSpan[], writer: Writer): TraceResult {
  const known = writer.knownRun(traceId)
  const waiting = writer.looseSpans(traceId)
  const spans = distinct([...waiting, ...arrived])
  const reading = readTraceRequest(requestOf(spans))
  const [first, ...more] = reading.runs
  if (first === undefined) return keepUnlessRefused(arrived, known, reading, writer)

  const read = more.reduce(mergeRuns, first)
  // While its root waits, a run is known only by what waits with it, and all of that was read again.
  const isWhole = known !== null && !waiting.some(({ spanId }) => spanId === known.spanId)
  const run = isWhole ? mergeRuns(known, read) : read
  const changed = writer.putRun(run)

  const told = spanIdsOf(run)
  const mustWait = reading.partialRuns.length > 0 && !isWhole
  for (const span of spans) if (mustWait || !told.has(span.spanId)) writer.putSpan(span)
  if (!mustWait) for (const { spanId } of waiting) if (told.has(spanId)) writer.dropSpan(traceId, spanId)
  return { changed: changed ? run : null, rejected: reading.rejectedSpans, reasons: reading.reasons }
}

/** Spans whose run is not here: attempts before their root, or other instrumentation. */
function keepUnlessRefused(
  arrived: readonly LooseSpan[],
  known: RunRecord | null,
  reading: TraceReading,
  writer: Writer,
): TraceResult {
  if (arrived.some(isRoot))
    return { changed: null, rejected: reading.rejectedSpans, reasons: reading.reasons }
  const told = known === null ? new Set<string>() : spanIdsOf(known)
  for (const span of distinct(arrived)) if (!told.has(span.spanId)) writer.putSpan(span)
  return { changed: null, rejected: 0, reasons: [] }
}

function spanIdsOf(run: RunRecord): ReadonlySet<string> {
  return new Set([run.spanId, ...run.attempts.map(({ spanId }) => spanId)])
}

function isRoot({ span }: LooseSpan): boolean {
  const { attributes } = span
  return Array.isArray(attributes) && attributes.some((each) => isObject(each) && each.key === RUN.outcome)
}

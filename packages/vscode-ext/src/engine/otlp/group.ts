import { isObject, type JsonObject, type LooseSpan } from './span.ts'

const TRACE_ID = /^(?!0+$)[0-9a-f]{32}$/
const SPAN_ID = /^(?!0+$)[0-9a-f]{16}$/

export interface GroupedSpans {
  readonly traces: ReadonlyMap<string, readonly LooseSpan[]>
  /** Spans without a valid trace id and span id: nothing can be said of them. */
  readonly rejected: number
}

/** Takes an OTLP/JSON trace request apart: its spans by trace. What is not a list of objects counts as empty. */
export function groupByTrace(request: unknown): GroupedSpans {
  const traces = new Map<string, LooseSpan[]>()
  let rejected = 0
  for (const resourceSpans of list(request, 'resourceSpans')) {
    for (const scopeSpans of list(resourceSpans, 'scopeSpans')) {
      for (const span of list(scopeSpans, 'spans')) {
        const traceId = id(span.traceId, TRACE_ID)
        const spanId = id(span.spanId, SPAN_ID)
        if (traceId === null || spanId === null) {
          rejected += 1
          continue
        }
        const loose = {
          traceId,
          spanId,
          resource: object(resourceSpans.resource),
          scope: object(scopeSpans.scope),
          span,
        }
        const trace = traces.get(traceId)
        if (trace === undefined) traces.set(traceId, [loose])
        else trace.push(loose)
      }
    }
  }
  return { traces, rejected }
}

/** The reverse: a trace request of these spans. */
export function requestOf(spans: readonly LooseSpan[]): JsonObject {
  return {
    resourceSpans: spans.map(({ resource, scope, span }) => ({
      resource,
      scopeSpans: [{ scope, spans: [span] }],
    })),
  }
}

/** Every span once, sorted by id. Of two with one id the one whose JSON sorts last stands, whoever came first. */
export function distinct(spans: readonly LooseSpan[]): LooseSpan[] {
  const byId = new Map<string, LooseSpan>()
  for (const span of spans) {
    const other = byId.get(span.spanId)
    if (other === undefined || JSON.stringify(span) > JSON.stringify(other)) byId.set(span.spanId, span)
  }
  return [...byId.values()].sort((left, right) => (left.spanId < right.spanId ? -1 : 1))
}

function list(parent: unknown, key: string): readonly JsonObject[] {
  const value = isObject(parent) ? parent[key] : undefined
  return Array.isArray(value) ? value.filter(isObject) : []
}

function object(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

function id(value: unknown, pattern: RegExp): string | null {
  const lower = typeof value === 'string' ? value.toLowerCase() : ''
  return pattern.test(lower) ? lower : null
}

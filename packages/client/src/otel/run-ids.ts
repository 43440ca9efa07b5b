/** Where an OpenTelemetry SDK takes its ids from: its option `idGenerator`. */
export interface RunIds {
  generateTraceId(): string
  generateSpanId(): string
  /** Gives these ids to whatever is started within. */
  within<Value>(ids: { readonly traceId: string; readonly spanId: string }, start: () => Value): Value
}

/**
 * Ids for an SDK in which the spans of runs shall bear their own: random ones, except while `otelSink` starts a
 * span that has an id already. A server continued the trace from that id, so only under it are its spans children.
 */
export function createRunIds(): RunIds {
  let given: { readonly traceId: string; readonly spanId: string } | null = null
  return {
    generateTraceId: () => given?.traceId ?? randomHex(16),
    generateSpanId: () => given?.spanId ?? randomHex(8),
    within(ids, start) {
      given = ids
      try {
        return start()
      } finally {
        given = null
      }
    },
  }
}

function randomHex(bytes: number): string {
  const values = crypto.getRandomValues(new Uint8Array(bytes))
  return Array.from(values, (value) => value.toString(16).padStart(2, '0')).join('')
}

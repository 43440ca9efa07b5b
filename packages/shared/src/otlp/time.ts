/**
 * Nanoseconds since the epoch, as OTLP writes them. Today's epoch has 1.8e15 microseconds, which a
 * double holds exactly, and nanoseconds are three zeros more: no BigInt is needed.
 */
export function unixNano(epochMs: number, offsetMs = 0): string {
  const micros = epochMs * 1000 + Math.round(offsetMs * 1000)
  return micros === 0 ? '0' : `${micros}000`
}

/**
 * Microseconds since the epoch from OTLP's nanoseconds; `null` where they are none. A sender that
 * writes numbers instead of strings has lost up to 256 ns, so the nearest microsecond is the one meant.
 */
export function readMicros(nanos: unknown): number | null {
  const isNanos = typeof nanos === 'string' ? /^\d{1,20}$/.test(nanos) : Number.isInteger(nanos)
  if (!isNanos || Number(nanos) < 0) return null
  // Exact, because dividing such a double by 1000 would round a second time.
  return Number((BigInt(nanos as string | number) + 500n) / 1000n)
}

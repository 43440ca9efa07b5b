/** A server that asks for more than a day is not worth waiting for, and a timer that long overflows. */
const MAX_MS = 24 * 3600_000

/**
 * How long a `Retry-After` header asks to wait, in milliseconds: seconds or an HTTP date, at least 0
 * and at most a day; `null` where it is missing or says neither.
 */
export function parseRetryAfter(header: string | null, nowEpochMs: number): number | null {
  const text = header?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, MAX_MS)
  // Only an HTTP date: `Date.parse` would take `-5` or `2` for a year or a month.
  if (!/^[A-Z][a-z]+,? /.test(text)) return null
  const atEpochMs = Date.parse(text)
  return Number.isNaN(atEpochMs) ? null : Math.min(Math.max(atEpochMs - nowEpochMs, 0), MAX_MS)
}

/** How many requests are taken from one sender. */
export interface RateLimit {
  /** So many at once. */
  readonly burst: number
  /** And so many a second from then on. */
  readonly perSecond: number
}

/** Senders that are remembered; the ones that were heard of longest ago go first. */
const MAX_SENDERS = 10_000

/**
 * A bucket of tokens for each sender. The taking returns 0 where there was one, and else the milliseconds
 * until there will be.
 */
export function createRateLimit(
  { burst, perSecond }: RateLimit,
  nowMs: () => number,
): (sender: string) => number {
  const buckets = new Map<string, { tokens: number; atMs: number }>()
  return (sender) => {
    const atMs = nowMs()
    const known = buckets.get(sender)
    const filled = known === undefined ? burst : known.tokens + ((atMs - known.atMs) / 1000) * perSecond
    const tokens = Math.min(burst, filled)
    const isTaken = tokens >= 1
    // At the end of the line, because it has just been heard of.
    buckets.delete(sender)
    buckets.set(sender, { tokens: isTaken ? tokens - 1 : tokens, atMs })
    if (buckets.size > MAX_SENDERS) {
      const [oldest] = buckets.keys()
      if (oldest !== undefined) buckets.delete(oldest)
    }
    return isTaken ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1000)
  }
}

/** Time, as the engine sees it: the one place that tests and simulations replace. */
export interface Clock {
  /** Milliseconds from any fixed point; it never goes back. */
  nowMs(): number
  /** Milliseconds since the epoch, by the wall. */
  epochMs(): number
  /** Calls back once, after `delayMs`; returns the cancelling. */
  setTimeout(callback: () => void, delayMs: number): () => void
}

// A longer delay overflows and fires at once.
const LONGEST_DELAY_MS = 2 ** 31 - 1

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  epochMs: () => Date.now(),
  setTimeout(callback, delayMs) {
    const timer = setTimeout(callback, Math.min(delayMs, LONGEST_DELAY_MS))
    return () => clearTimeout(timer)
  },
}

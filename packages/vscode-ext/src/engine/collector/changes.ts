import type { Change } from '../contract.ts'

/** Timers, so that tests can run without waiting. */
export interface Timers {
  readonly nowMs: () => number
  readonly setTimeout: (work: () => void, ms: number) => unknown
}

export const SYSTEM_TIMERS: Timers = {
  nowMs: () => performance.now(),
  setTimeout: (work, ms) => setTimeout(work, ms),
}

/** At most four changes a second: an editor draws no faster, however fast runs arrive. */
export const CHANGE_INTERVAL_MS = 250

export interface Changes {
  /** Tells everybody, now or with what comes in the rest of the interval. */
  publish(change: Change): void
  /** Returns how to stop listening. */
  listen(listener: (change: Change) => void): () => void
}

/** Gathers changes so that each listener hears of all of them, seldom. */
export function createChanges({ nowMs, setTimeout }: Timers = SYSTEM_TIMERS): Changes {
  const listeners = new Set<(change: Change) => void>()
  let gathered: Change | undefined
  let lastSentMs = Number.NEGATIVE_INFINITY

  function send(): void {
    const change = gathered
    gathered = undefined
    lastSentMs = nowMs()
    if (change !== undefined) for (const listener of listeners) listener(change)
  }

  return {
    publish(change) {
      const waits = gathered !== undefined
      gathered = gathered === undefined ? change : together(gathered, change)
      if (waits) return
      const waitMs = lastSentMs + CHANGE_INTERVAL_MS - nowMs()
      if (waitMs <= 0) send()
      else setTimeout(send, waitMs)
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function together(left: Change, right: Change): Change {
  return {
    features: [...new Set([...left.features, ...right.features])],
    runs: left.runs + right.runs,
    signals: left.signals + right.signals,
  }
}

import type { Clock } from '../run/clock.ts'

/** A clock that stands still until it is told to go on. */
export interface VirtualClock extends Clock {
  /** Timers that are set and have not rung; 0 where everything was cleaned up. */
  readonly pendingTimers: number
  /** Goes on by so much, rings what is due in its order, and lets promises settle in between. */
  advance(ms: number): Promise<void>
}

interface Timer {
  readonly atMs: number
  readonly callback: () => void
}

// Kept, because a test may put fake timers in its place.
const realSetTimeout = globalThis.setTimeout

/** Lets everything happen that waits for nothing but promises. */
function settlePromises(): Promise<void> {
  return new Promise((resolve) => realSetTimeout(resolve, 0))
}

export function createVirtualClock(startEpochMs = Date.UTC(2026, 0, 1)): VirtualClock {
  const timers = new Set<Timer>()
  let nowMs = 0

  function nextTimer(untilMs: number): Timer | null {
    let next: Timer | null = null
    for (const timer of timers) {
      if (timer.atMs <= untilMs && (next === null || timer.atMs < next.atMs)) next = timer
    }
    return next
  }

  return {
    nowMs: () => nowMs,
    epochMs: () => startEpochMs + nowMs,
    setTimeout(callback, delayMs) {
      const timer = { atMs: nowMs + Math.max(0, delayMs), callback }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    get pendingTimers() {
      return timers.size
    },
    async advance(ms) {
      const untilMs = nowMs + ms
      await settlePromises()
      for (let timer = nextTimer(untilMs); timer !== null; timer = nextTimer(untilMs)) {
        timers.delete(timer)
        nowMs = Math.max(nowMs, timer.atMs)
        timer.callback()
        await settlePromises()
      }
      nowMs = untilMs
    },
  }
}

import { createVirtualClock, type VirtualClock } from '../testing/virtual-clock.ts'

/**
 * A virtual clock that goes on in small steps, because the body of a real `Response` is read in its own
 * time: in one long step the retry would be set after everything was over.
 */
export function createPatientClock(): VirtualClock {
  const clock = createVirtualClock()
  return {
    ...clock,
    get pendingTimers() {
      return clock.pendingTimers
    },
    async advance(ms) {
      const step = Math.max(250, ms / 40)
      for (let left = ms; left > 0; left -= step) await clock.advance(Math.min(step, left))
      await clock.advance(0)
      await clock.advance(0)
    },
  }
}

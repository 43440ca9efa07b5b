import type { ServerControlsInForce } from '../../control.ts'
import type { Identity } from '../identity.ts'

/** What was in force for whom, for the time when their flags cannot be evaluated. */
export interface LastGood {
  /** Puts in force what `next` makes of what was in force before. */
  hold(
    feature: string,
    identity: Identity,
    next: (before: ServerControlsInForce | undefined) => ServerControlsInForce,
  ): ServerControlsInForce
}

/** Enough for everybody who is there at once; whoever was seen longest ago is forgotten first. */
const MOST = 10_000

export function createLastGood(most = MOST): LastGood {
  const held = new Map<string, ServerControlsInForce>()
  return {
    hold(feature, { tenant, user, cohort = null }, next) {
      const key = JSON.stringify([feature, tenant, user, cohort])
      const now = next(held.get(key))
      // Set anew, so that the order of the map is the order of use.
      held.delete(key)
      held.set(key, now)
      if (held.size > most) {
        const [oldest] = held.keys()
        if (oldest !== undefined) held.delete(oldest)
      }
      return now
    },
  }
}

/** The figures by which this browser steps down, waits and comes back; times in milliseconds. */
export interface HealthPolicy {
  /** So many failures in a row step down one level. */
  readonly failuresPerStep: number
  /** So many failures in a row open the breaker. */
  readonly failuresToOpen: number
  /** How long an open breaker lets nothing through at first; twice as long after each failed probe. */
  readonly openMs: number
  readonly longestOpenMs: number
  /** Longest `Retry-After` that is honoured; after it one run may look whether the server meant it. */
  readonly longestRetryAfterMs: number
  /** A probe that has not ended after this long no longer holds the others up: its page may be gone. */
  readonly probeMs: number
  /** From the last change of level, or the last failed probe, to the next probe one level up. */
  readonly coolDownMs: number
  /** The same at a level that asks no model, where waiting costs the user the answer. */
  readonly coolDownWithoutModelMs: number
  /** The cool-down is so many times longer after each relapse. */
  readonly coolDownFactor: number
  readonly longestCoolDownMs: number
  /** Stepping down so soon after stepping up is a relapse. */
  readonly relapseMs: number
  /** How long what the server said of its level holds where it says nothing more. */
  readonly serverLevelMs: number
  /** How long a domain's state is worth anything after the last word of it. */
  readonly keepMs: number
  /** How many retries may be saved up, and how much of one each request earns. */
  readonly retryBurst: number
  readonly retryShare: number
}

/**
 * A user who is turned away looks again within seconds, so the waits are short where nothing else
 * answers (at most 25 s with their jitter), and long where only the last level is missing.
 */
export const HEALTH_POLICY: HealthPolicy = {
  failuresPerStep: 2,
  failuresToOpen: 3,
  openMs: 5_000,
  longestOpenMs: 20_000,
  longestRetryAfterMs: 120_000,
  probeMs: 20_000,
  coolDownMs: 60_000,
  coolDownWithoutModelMs: 20_000,
  coolDownFactor: 4,
  longestCoolDownMs: 240_000,
  relapseMs: 300_000,
  serverLevelMs: 60_000,
  keepMs: 300_000,
  retryBurst: 3,
  retryShare: 0.1,
}

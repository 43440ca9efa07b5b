import type { Failure, Level } from '@evenkeel/shared'

/** One attempt that may show whether a unit is well again. */
export interface Probe {
  /** The attempt's id. */
  readonly id: string
  /** The level that holds if it is good. */
  readonly level: Level
  /** Until then it is waited for. */
  readonly untilMs: number
}

/**
 * What this browser knows of one thing that fails as a whole: a domain, or one tier of it. Plain data,
 * so that tabs can share it. Times are milliseconds since the epoch, 0 for never.
 */
export interface UnitHealth {
  /** The level that its own failures leave. */
  readonly level: Level
  /** Failures in a row. */
  readonly streak: number
  /** The last failure that counted. */
  readonly cause: Failure | null
  /** When the level last changed, or a probe for a higher one failed. */
  readonly changedAtMs: number
  /** When the level last rose. */
  readonly roseAtMs: number
  /** How often it fell soon after it had risen. */
  readonly relapses: number
  readonly breaker: 'closed' | 'open'
  /** How often in a row the breaker opened. */
  readonly openings: number
  /** An open breaker lets nothing through before. */
  readonly openUntilMs: number
  readonly probe: Probe | null
  /** What its server said of the level, and until when that holds. */
  readonly serverLevel: Level
  readonly serverUntilMs: number
  /** Retries saved up. */
  readonly retries: number
  /** The last events that were taken, so that the same one told twice counts once. */
  readonly seen: readonly string[]
  readonly touchedAtMs: number
}

/** A unit of which nothing bad is known. */
export function healthyUnit(retries: number): UnitHealth {
  return {
    level: 5,
    streak: 0,
    cause: null,
    changedAtMs: 0,
    roseAtMs: 0,
    relapses: 0,
    breaker: 'closed',
    openings: 0,
    openUntilMs: 0,
    probe: null,
    serverLevel: 5,
    serverUntilMs: 0,
    retries,
    seen: [],
    touchedAtMs: 0,
  }
}

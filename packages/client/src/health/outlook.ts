import type { Level, LevelDecider } from '@evenkeel/shared'
import type { DeclaredLevels } from './declared-levels.ts'
import type { HealthPolicy } from './health-policy.ts'
import { healthyUnit, type UnitHealth } from './unit-health.ts'

/** What the next run may do with a unit. */
export interface Outlook {
  /** `half-open` lets one attempt through, which is the probe. */
  readonly breaker: 'closed' | 'open' | 'half-open'
  /** The level that its own failures leave now. */
  readonly local: Level
  /** The level that the next run gets: one higher where the cool-down is over, because that run is the probe. */
  readonly offered: Level
  readonly by: LevelDecider
}

/** The unit as it stands now: one that nobody has touched for long is as good as new. */
export function current(unit: UnitHealth | undefined, nowMs: number, policy: HealthPolicy): UnitHealth {
  return unit === undefined || isPast(unit.touchedAtMs + policy.keepMs, nowMs, policy.keepMs)
    ? healthyUnit(policy.retryBurst)
    : unit
}

export function outlookOf(
  unit: UnitHealth,
  nowMs: number,
  policy: HealthPolicy,
  levels: DeclaredLevels,
): Outlook {
  const breaker = breakerOf(unit, nowMs, policy)
  const local = levels.at(unit.level)
  const up = levels.above(unit.level)
  // First the breaker closes, then the level rises; but where no model is asked nothing else could close it.
  const isOpenToProbes = breaker === 'closed' || (breaker === 'half-open' && !levels.asks(local))
  const isDue =
    isOpenToProbes &&
    !isProbing(unit, nowMs, policy) &&
    isPast(unit.changedAtMs + coolDownMs(unit, policy, levels), nowMs, policy.longestCoolDownMs)
  const offered = up !== null && isDue ? up : local
  const isServer = unit.serverLevel < offered && !isPast(unit.serverUntilMs, nowMs, policy.serverLevelMs)
  return isServer
    ? { breaker, local, offered: levels.at(unit.serverLevel), by: 'server' }
    : { breaker, local, offered, by: 'local' }
}

/** How long the level stays where it is before a probe may show that it can rise. */
export function coolDownMs(unit: UnitHealth, policy: HealthPolicy, levels: DeclaredLevels): number {
  if (!levels.asks(levels.at(unit.level))) return policy.coolDownWithoutModelMs
  return Math.min(policy.coolDownMs * policy.coolDownFactor ** unit.relapses, policy.longestCoolDownMs)
}

function breakerOf(unit: UnitHealth, nowMs: number, policy: HealthPolicy): Outlook['breaker'] {
  if (unit.breaker === 'closed') return 'closed'
  const longestMs = 1.1 * Math.max(policy.longestRetryAfterMs, 1.25 * policy.longestOpenMs)
  const isOpen = !isPast(unit.openUntilMs, nowMs, longestMs) || isProbing(unit, nowMs, policy)
  return isOpen ? 'open' : 'half-open'
}

/** Whether an attempt is under way that is waited for. */
function isProbing({ probe }: UnitHealth, nowMs: number, policy: HealthPolicy): boolean {
  return probe !== null && !isPast(probe.untilMs, nowMs, policy.probeMs)
}

/**
 * Whether this time has come. One that lies much further ahead than the wait can be long was written before
 * the computer's clock was set back, and counts as past; else a wrong clock would lock a user out for hours.
 */
function isPast(atMs: number, nowMs: number, longestMs: number): boolean {
  return nowMs >= atMs || atMs - nowMs > 2 * longestMs
}

import type { Failure, Level } from '@evenkeel/shared'
import type { DeclaredLevels } from './declared-levels.ts'
import type { HealthPolicy } from './health-policy.ts'
import { current, outlookOf } from './outlook.ts'
import type { UnitHealth } from './unit-health.ts'

/** What is told of an attempt. `id` is the attempt's, `atMs` is since the epoch. */
export type HealthEvent = { readonly id: string; readonly atMs: number } & (
  | {
      /** A request goes out. */
      readonly type: 'asked'
      /** The level of its run. */
      readonly level: Level
      /** It repeats work that was done in the same run. */
      readonly isRetry: boolean
    }
  | {
      /** A whole answer came. */
      readonly type: 'answered'
      /** What the server said of the level; `null` where it said nothing. */
      readonly serverLevel: Level | null
    }
  | {
      /** It ended in a failure that counts against the unit. */
      readonly type: 'failed'
      readonly failure: Failure
      readonly serverLevel: Level | null
      readonly retryAfterMs: number | null
      /** From 0 to 1, so that a thousand browsers do not come back at once. */
      readonly random: number
    }
  | {
      /** It ended in a way that says nothing of the unit, such as being stopped by the user. */
      readonly type: 'dropped'
    }
  | {
      /** Within an attempt something is asked for once more. */
      readonly type: 'retried'
    }
)

type EventOf<Type extends HealthEvent['type']> = Extract<HealthEvent, { readonly type: Type }>

const REMEMBERED = 8

/**
 * The unit after this event. Pure, and the only place where a level, a breaker or the retry budget
 * changes; the same event told again changes nothing.
 */
export function next(
  before: UnitHealth | undefined,
  event: HealthEvent,
  policy: HealthPolicy,
  levels: DeclaredLevels,
): UnitHealth {
  const known = current(before, event.atMs, policy)
  const mark = `${event.type} ${event.id}`
  if (known.seen.includes(mark)) return known
  const unit: UnitHealth = {
    ...known,
    seen: [...known.seen, mark].slice(-REMEMBERED),
    touchedAtMs: event.atMs,
  }
  switch (event.type) {
    case 'asked':
      return ask(unit, event, policy, levels)
    case 'answered':
      return withServerLevel(answer(unit, event, levels), event.serverLevel ?? 5, event.atMs, policy)
    case 'failed':
      return withServerLevel(fail(unit, event, policy, levels), event.serverLevel, event.atMs, policy)
    case 'dropped':
      return isProbe(unit, event) ? { ...unit, probe: null } : unit
    case 'retried':
      return spendRetry(unit)
  }
}

function ask(
  unit: UnitHealth,
  { id, atMs, level, isRetry }: EventOf<'asked'>,
  policy: HealthPolicy,
  levels: DeclaredLevels,
): UnitHealth {
  const { breaker, local, offered } = outlookOf({ ...unit, serverUntilMs: 0 }, atMs, policy, levels)
  // An attempt at a lower level shows nothing of the higher one.
  const shows = offered > local && level >= offered ? offered : local
  const isProbing = breaker === 'half-open' || shows > local
  const retries = isRetry
    ? spendRetry(unit).retries
    : Math.min(policy.retryBurst, unit.retries + policy.retryShare)
  return isProbing
    ? { ...unit, retries, probe: { id, level: shows, untilMs: atMs + policy.probeMs } }
    : { ...unit, retries }
}

function spendRetry(unit: UnitHealth): UnitHealth {
  return { ...unit, retries: Math.max(0, unit.retries - 1) }
}

function answer(unit: UnitHealth, event: EventOf<'answered'>, levels: DeclaredLevels): UnitHealth {
  if (!isProbe(unit, event)) {
    // Asked before the breaker opened: it says how the server was, not how it is.
    return unit.breaker === 'open' ? unit : { ...unit, streak: 0 }
  }
  const well: UnitHealth = { ...unit, streak: 0, breaker: 'closed', openings: 0, probe: null }
  const { level } = unit.probe
  return level > levels.at(unit.level)
    ? { ...well, level, changedAtMs: event.atMs, roseAtMs: event.atMs }
    : well
}

function fail(
  unit: UnitHealth,
  event: EventOf<'failed'>,
  policy: HealthPolicy,
  levels: DeclaredLevels,
): UnitHealth {
  const isProbing = isProbe(unit, event)
  // Asked before the breaker opened, so it tells nothing new; but a server's wish is heard from anyone.
  if (unit.breaker === 'open' && !isProbing) return open(unit, event, policy, 0)
  const streak = unit.streak + 1
  const sick: UnitHealth = { ...unit, streak, cause: event.failure, probe: isProbing ? null : unit.probe }
  const failedRise = isProbing && unit.probe.level > levels.at(unit.level)
  // An open breaker spares the server already; a lower level is for one that answers now and then.
  const isStep = unit.breaker === 'closed' && streak % policy.failuresPerStep === 0
  const stepped = isStep ? stepDown(sick, event, policy, levels) : sick
  const settled = failedRise && stepped === sick ? relapse(sick, event) : stepped
  return open(settled, event, policy, streak >= policy.failuresToOpen || unit.breaker === 'open' ? 1 : 0)
}

/** One level down, where there is a lower one that spares the unit anything. */
function stepDown(
  unit: UnitHealth,
  event: EventOf<'failed'>,
  policy: HealthPolicy,
  levels: DeclaredLevels,
): UnitHealth {
  const level = levels.below(unit.level)
  if (level >= levels.at(unit.level)) return unit
  const isRelapse = unit.roseAtMs > 0 && event.atMs - unit.roseAtMs < policy.relapseMs
  // Only a fall from the top that no rise came before forgets earlier relapses: the others are one story.
  const relapses = !isRelapse && unit.level === levels.all[0] ? 0 : unit.relapses
  const fallen: UnitHealth = { ...unit, level, relapses, changedAtMs: event.atMs, probe: null }
  return isRelapse ? relapse(fallen, event) : fallen
}

/** It was tried too early: the next time comes later. */
function relapse(unit: UnitHealth, { atMs }: EventOf<'failed'>): UnitHealth {
  return { ...unit, relapses: unit.relapses + 1, changedAtMs: atMs }
}

/** Opens the breaker for as long as the server asked, or as the failures so far ask, if they do. */
function open(
  unit: UnitHealth,
  { atMs, retryAfterMs, random }: EventOf<'failed'>,
  policy: HealthPolicy,
  openings: 0 | 1,
): UnitHealth {
  const ownMs =
    openings === 0
      ? 0
      : Math.min(policy.longestOpenMs, policy.openMs * 2 ** unit.openings) * (0.75 + random / 2)
  // Never earlier than the server asked for.
  const askedMs = Math.min(retryAfterMs ?? 0, policy.longestRetryAfterMs) * (1 + random / 10)
  const waitMs = Math.max(ownMs, askedMs)
  if (waitMs <= 0) return unit
  return {
    ...unit,
    breaker: 'open',
    probe: null,
    openings: unit.openings + openings,
    openUntilMs: Math.max(unit.breaker === 'open' ? unit.openUntilMs : 0, atMs + waitMs),
  }
}

function withServerLevel(
  unit: UnitHealth,
  serverLevel: Level | null,
  atMs: number,
  policy: HealthPolicy,
): UnitHealth {
  return serverLevel === null ? unit : { ...unit, serverLevel, serverUntilMs: atMs + policy.serverLevelMs }
}

function isProbe<Unit extends UnitHealth>(
  unit: Unit,
  { id }: HealthEvent,
): unit is Unit & { readonly probe: NonNullable<Unit['probe']> } {
  return unit.probe?.id === id
}

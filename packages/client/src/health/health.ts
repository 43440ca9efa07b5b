import { domainOf, FAILURE_TABLE, type Failure, type Feature, type Level, tierOf } from '@evenkeel/shared'
import { browserLevel, type Conditions } from './browser-level.ts'
import { type HealthEvent, next } from './controller.ts'
import { type DeclaredLevels, declaredLevels } from './declared-levels.ts'
import type { HealthScope } from './health-key.ts'
import { HEALTH_POLICY, type HealthPolicy } from './health-policy.ts'
import { browserHealthStorage, type HealthStorage } from './health-storage.ts'
import { keepUnits } from './kept-units.ts'
import { type LevelInForce, lowestLevel } from './level-in-force.ts'
import { current, type Outlook, outlookOf } from './outlook.ts'

/** What the controller needs of a feature. */
export type HealthFeature = Pick<Feature<never, unknown, string>, 'levels' | 'ladder'>

/** An attempt that is about to be made. */
export interface Asking {
  /** The attempt's id. */
  readonly id: string
  /** The level of its run. */
  readonly level: Level
  /** It repeats work that was done in the same run. */
  readonly isRetry: boolean
}

/** Why a step is not asked now. */
export interface NotAsked {
  readonly failure: Failure
  readonly detail: string
  /** Only this tier is left alone; another one of the same domain may be asked. */
  readonly tierOnly: boolean
}

/** How an attempt ended. */
export interface AskingEnd {
  readonly id: string
  readonly failure: Failure | null
  /** The server said that only the asked tier has failed. */
  readonly tierOnly: boolean
  readonly retryAfterMs: number | null
  readonly serverLevel: Level | null
}

/** What this browser has learnt from the runs so far, for the next ones. */
export interface Health {
  /** The level that the next run of the feature gets. */
  levelOf(feature: HealthFeature): LevelInForce
  /** Asks whether the model step at this place of the ladder may be asked, and notes that it is; `null` for yes. */
  ask(feature: HealthFeature, at: number, asking: Asking): NotAsked | null
  /** Asks whether something may be asked for once more within an attempt at this place, and spends it. */
  mayRetry(feature: HealthFeature, at: number): boolean
  /** Tells how it ended. */
  report(feature: HealthFeature, at: number, end: AskingEnd): void
  dispose(): void
}

export interface HealthOptions {
  /** The browser's local storage where absent, and memory where that is blocked. */
  readonly storage?: HealthStorage
  readonly policy?: Partial<HealthPolicy>
}

/** What health needs of the world. */
export interface HealthWorld {
  readonly scope: HealthScope
  readonly conditions: Conditions
  epochMs(): number
  /** From 0 to 1. */
  random(): number
  /** Called when levels may have changed. */
  onChange(): void
}

/** The thin shell around the controller: which units a step belongs to, the clock, and where state is kept. */
export function createHealth(options: HealthOptions, world: HealthWorld): Health {
  const policy = { ...HEALTH_POLICY, ...options.policy }
  const kept = keepUnits(options.storage ?? browserHealthStorage(), world.scope, policy)
  kept.removeOld(world.epochMs())
  let retried = 0
  const stopListening = kept.onChange(world.onChange)

  const outlook = (name: string, nowMs: number, levels: DeclaredLevels): Outlook =>
    outlookOf(current(kept.read().get(name), nowMs, policy), nowMs, policy, levels)

  const hasRetry = (domain: string, nowMs: number): boolean =>
    current(kept.read().get(domain), nowMs, policy).retries >= 1

  function tell(levels: DeclaredLevels, events: readonly (readonly [name: string, HealthEvent])[]): void {
    const units = new Map(kept.read())
    for (const [name, event] of events) units.set(name, next(units.get(name), event, policy, levels))
    kept.write(units, world.epochMs())
    world.onChange()
  }

  return {
    levelOf(feature) {
      const nowMs = world.epochMs()
      const levels = declaredLevels(feature)
      // As good as the best of its steps: where one domain is well the ladder reaches it.
      let best: LevelInForce | null = null
      for (const step of feature.ladder) {
        if (step.step !== 'model') continue
        const worst = unitsOf(step)
          .map((name) => outlook(name, nowMs, levels))
          .reduce((a, b) => (b.offered < a.offered ? b : a))
        if (best === null || worst.offered > best.level) best = { level: worst.offered, by: worst.by }
      }
      return lowestLevel(feature, best, browserLevel(world.conditions))
    },
    ask(feature, at, { id, level, isRetry }) {
      const atMs = world.epochMs()
      const levels = declaredLevels(feature)
      const names = unitsOf(feature.ladder[at])
      const [domain] = names
      for (const name of names) {
        if (outlook(name, atMs, levels).breaker !== 'open') continue
        const { cause } = current(kept.read().get(name), atMs, policy)
        return { failure: cause ?? 'network', detail: 'not asked: breaker open', tierOnly: name !== domain }
      }
      if (isRetry && !hasRetry(domain, atMs)) {
        return { failure: 'schema', detail: 'not asked: retries used up', tierOnly: true }
      }
      tell(
        levels,
        names.map((name) => [name, { type: 'asked', id, atMs, level, isRetry }]),
      )
      return null
    },
    mayRetry(feature, at) {
      const atMs = world.epochMs()
      const [domain] = unitsOf(feature.ladder[at])
      if (!hasRetry(domain, atMs)) return false
      retried += 1
      tell(declaredLevels(feature), [[domain, { type: 'retried', id: `${retried} ${world.random()}`, atMs }]])
      return true
    },
    report(feature, at, { id, failure, tierOnly, retryAfterMs, serverLevel }) {
      const atMs = world.epochMs()
      const [domain, tier] = unitsOf(feature.ladder[at])
      const answered: HealthEvent = { type: 'answered', id, atMs, serverLevel }
      const dropped: HealthEvent = { type: 'dropped', id, atMs }
      const failed = (cause: Failure): HealthEvent => ({
        type: 'failed',
        id,
        atMs,
        failure: cause,
        serverLevel,
        retryAfterMs,
        random: world.random(),
      })
      const row = failure && FAILURE_TABLE[failure]
      const events: readonly [HealthEvent, HealthEvent] =
        failure === null || row === null
          ? [answered, answered]
          : row.level === 'none'
            ? [dropped, dropped]
            : // A domain that passed on what its model did wrong is well itself.
              row.next === 'other-domain' && !tierOnly
              ? [failed(failure), dropped]
              : [answered, failed(failure)]
      tell(declaredLevels(feature), [
        [domain, events[0]],
        [tier, events[1]],
      ])
    },
    dispose: stopListening,
  }
}

/** What fails together with a step: its domain, and its own tier of it. A blank is in no URL. */
function unitsOf(step: HealthFeature['ladder'][number] | undefined): readonly [domain: string, tier: string] {
  if (step?.step !== 'model') return ['', '']
  const domain = domainOf(step) ?? ''
  return [domain, `${domain} ${tierOf(step)}`]
}

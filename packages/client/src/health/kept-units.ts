import { FAILURE_TABLE, LEVELS } from '@evenkeel/shared'
import { HEALTH_PREFIX, type HealthScope, healthKey } from './health-key.ts'
import type { HealthPolicy } from './health-policy.ts'
import type { HealthStorage } from './health-storage.ts'
import { healthyUnit, type UnitHealth } from './unit-health.ts'

export type Units = ReadonlyMap<string, UnitHealth>

/** The units of one scope, kept where other tabs and the page after a reload find them. */
export interface KeptUnits {
  /** As the last writer left them, whichever tab that was. */
  read(): Units
  write(units: Units, nowMs: number): void
  /** Removes what has grown too old to be worth anything, so that the next page need not read it. */
  removeOld(nowMs: number): void
  onChange(listener: () => void): () => void
}

/** A feature whose URL bears an id makes a new domain for each; the latest are worth the most. */
const MOST_UNITS = 64

export function keepUnits(storage: HealthStorage, scope: HealthScope, policy: HealthPolicy): KeptUnits {
  const key = healthKey(scope)
  let text: string | null = null
  let units: Units = new Map()
  // What cannot be written is not read back either: an old text would undo what was learnt since.
  let isWritable = true

  const removeOld = (nowMs: number) => attempt(() => removeOldIn(storage, nowMs, policy), undefined)

  return {
    read() {
      if (!isWritable) return units
      const now = attempt(() => storage.read(key), text)
      if (now !== text) {
        text = now
        units = parseUnits(now, policy)
      }
      return units
    },
    write(latest, nowMs) {
      const isNew = text === null
      units = new Map(
        [...latest]
          .filter(([, { touchedAtMs }]) => Math.abs(nowMs - touchedAtMs) < policy.keepMs)
          .sort(([, a], [, b]) => b.touchedAtMs - a.touchedAtMs)
          .slice(0, MOST_UNITS),
      )
      text = JSON.stringify([...units])
      const written = text
      isWritable = attempt(() => {
        storage.write(key, written)
        return true
      }, false)
      if (isNew) removeOld(nowMs)
    },
    removeOld,
    onChange: (listener) =>
      attempt(
        () => storage.onChange(key, listener),
        () => {},
      ),
  }
}

/** Storage may throw at any time (a quota, a policy); what is in memory then goes on. */
function attempt<Result>(work: () => Result, otherwise: Result): Result {
  try {
    return work()
  } catch {
    return otherwise
  }
}

/** What users of before left on this computer and nobody will come back for, and this one's of long ago. */
function removeOldIn(storage: HealthStorage, nowMs: number, policy: HealthPolicy): void {
  for (const key of storage.keys()) {
    if (!key.startsWith(HEALTH_PREFIX)) continue
    const touched = [...parseUnits(storage.read(key), policy).values()].map((unit) => unit.touchedAtMs)
    if (touched.every((atMs) => Math.abs(nowMs - atMs) >= policy.keepMs)) storage.remove(key)
  }
}

/** What was kept, by whichever version of this library; a unit with anything wrong in it is left out. */
export function parseUnits(text: string | null, policy: HealthPolicy): Units {
  const entries = text === null ? [] : attempt((): unknown => JSON.parse(text), [])
  if (!Array.isArray(entries)) return new Map()
  const blank = healthyUnit(policy.retryBurst)
  return new Map(
    entries.filter(
      (entry: unknown): entry is [string, UnitHealth] => Array.isArray(entry) && isUnit(entry[1], blank),
    ),
  )
}

/** Whether everything is there that the controller reckons with. */
function isUnit(said: unknown, blank: UnitHealth): said is UnitHealth {
  if (!isRecord(said)) return false
  const { level, serverLevel, breaker, cause, probe, seen } = said
  return (
    Object.entries(blank).every(
      ([field, value]) => typeof value !== 'number' || Number.isFinite(said[field]),
    ) &&
    [level, serverLevel].every((one) => LEVELS.some((known) => known === one)) &&
    (breaker === 'open' || breaker === 'closed') &&
    (cause === null || (typeof cause === 'string' && Object.hasOwn(FAILURE_TABLE, cause))) &&
    (probe === null || (isRecord(probe) && Number.isFinite(probe.untilMs))) &&
    Array.isArray(seen)
  )
}

function isRecord(said: unknown): said is Readonly<Record<string, unknown>> {
  return typeof said === 'object' && said !== null
}

import type { LevelInForce } from './level-in-force.ts'

/** What a browser tells of the conditions that a user is in. */
export interface Conditions {
  /** False only where the browser is sure that there is no network. */
  isOnline(): boolean
  /** Class of connection, such as `4g`; `null` where the browser does not say. */
  connection(): string | null
  /** The user asked for less data. */
  savesData(): boolean
}

const SLOW: ReadonlySet<string | null> = new Set(['slow-2g', '2g'])

/** The level that the browser's conditions allow: the basic one where data is dear, none that asks a model offline. */
export function browserLevel(conditions: Conditions): LevelInForce | null {
  if (!conditions.isOnline()) return { level: 2, by: 'browser' }
  if (conditions.savesData() || SLOW.has(conditions.connection())) return { level: 3, by: 'browser' }
  return null
}

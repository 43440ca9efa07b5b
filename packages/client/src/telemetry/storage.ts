import type { Entry } from './entry.ts'

/**
 * What the pages of an origin share: what has not left yet, and who is here. Every part of it may fail or
 * be missing; then a page has its own memory and nothing else.
 */
export interface TelemetryStorage {
  /** Keeps these and lets go of those, both or neither. It rejects where nothing can be kept. */
  write(puts: readonly Entry[], removedKeys?: readonly string[]): Promise<unknown>
  all(): Promise<readonly Entry[]>
  /** Lets the other pages know that this one is here, until it goes or leaves; settles once they can know. */
  stay(owner: string): { readonly known: Promise<unknown>; leave(): void }
  /** The owners that are here; `null` where nobody can know. */
  present(): Promise<ReadonlySet<string> | null>
  /** Does this in one page at a time, where pages can agree on it. */
  alone<Result>(name: string, work: () => Promise<Result>): Promise<Result>
}

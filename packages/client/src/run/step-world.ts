import type { ControlsInForce, Deck, Feature, RandomBytes, RunRecord } from '@evenkeel/shared'
import type { CacheOptions } from '../cache/cache-options.ts'
import type { HealthOnDemand } from '../health/health-on-demand.ts'
import type { LevelInForce } from '../health/level-in-force.ts'
import type { Clock } from './clock.ts'
import type { ExchangeParts } from './exchange-parts.ts'
import type { Page } from './page.ts'

/** Where and for whom a run happens: the part of its record that is not about the run itself. */
export type RunFacts = Pick<
  RunRecord,
  | 'environment'
  | 'service'
  | 'build'
  | 'synthetic'
  | 'weight'
  | 'sessionId'
  | 'tenant'
  | 'user'
  | 'cohort'
  | 'route'
  | 'connection'
>

/** How an engine keeps answers; one object for one cache. */
export interface CachingSetting {
  /** `false` for none. */
  readonly options: CacheOptions | false | undefined
  /** The session is over: nothing more is kept. */
  isOver?: boolean
}

/** Everything outside a run that its steps may need. */
export interface StepWorld extends ExchangeParts {
  readonly fetch: typeof globalThis.fetch
  readonly clock: Clock
  readonly page: Page
  readonly randomBytes: RandomBytes
  /** Origins besides the page's own whose servers accept our headers. */
  readonly propagateTo: readonly string[]
  /** What the app chose to keep of a text that a user wrote. */
  kept(text: string): string | null
  /** The level that the next run of the feature gets. */
  levelOf(feature: Pick<Feature<never, unknown, string>, 'id' | 'levels' | 'ladder'>): LevelInForce
  /** What operators have put in force for a feature; at once, with what is known. */
  controlsOf(featureId: string): ControlsInForce
  /** The words in force now. */
  deck(): Deck | undefined
  /** Called when levels or controls may have changed; returns the unsubscribe. */
  onLevels(listener: () => void): () => void
  /** What is known of the servers; `null` until it is loaded, and where an engine keeps none. */
  health(): HealthOnDemand | null
  facts(): RunFacts
  /** What kind of error it was. Its message stays out of records, because it may quote content. */
  nameOf(error: unknown): string
  readonly caching: CachingSetting
  /** Tells the team of an exception in our code or the app's; it never throws. */
  reportBug(where: string, error: unknown): void
}

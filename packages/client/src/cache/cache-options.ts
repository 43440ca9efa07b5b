import type { AnswerStore } from './kept-answer.ts'
import type { CacheBounds } from './overflow.ts'

/** Answers that were thrown away before their time. */
export interface Purge {
  /** Another tenant or user came, or the feature was switched off for what it said. */
  readonly reason: 'scope' | 'killed'
  readonly answers: number
}

/** How answers are kept for the ladder's `cache` step. */
export interface CacheOptions extends Partial<CacheBounds> {
  /** The page's memory where absent. */
  readonly store?: AnswerStore
  /** Called where answers were purged, with how many. */
  readonly onPurge?: (purge: Purge) => void
}

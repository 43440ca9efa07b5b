import type { Wire } from './framing.ts'
import type { Row } from './rows.ts'

/** One row, put to one page of one build. */
export interface Job {
  /** Unique; it is in the URLs that the page asks, and is the feature's id. */
  readonly id: string
  readonly row: Row
  /** Which of the built pages is opened. */
  readonly build: string
  readonly wire: Wire
}

/** What a page is told of its job, as the global `job`. */
export interface PageJob {
  readonly id: string
  readonly interaction: Row['interaction']
  readonly isBare: boolean
  readonly isStructured: boolean
  readonly isTimed: boolean
  readonly isLong: boolean
  readonly isCached: boolean
  readonly isOnDisk: boolean
  readonly hedge: Row['plan']['hedge']
  readonly whenKilled: Row['plan']['whenKilled']
  readonly isOneDomain: boolean
  readonly throwsIn: Row['plan']['throwsIn']
  readonly flags: Row['plan']['flags']
  /** Where nobody listens, in place of the primary model's URL; `null` for the server's own. */
  readonly refusedUrl: string | null
}

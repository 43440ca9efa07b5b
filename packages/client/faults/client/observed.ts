import type { LoggedRequest } from './access-log.ts'
import type { Sighting } from './witness.ts'

/** The little of a run's record that is held against what the witnesses say. */
export interface SeenRecord {
  readonly outcome: string
  readonly attempts: readonly {
    readonly step: string
    readonly tier: string | null
    readonly hedge: boolean
    readonly failure: string | null
  }[]
  readonly moments: readonly { readonly moment: string }[]
}

/** Everything that was seen of one row. */
export interface Observed {
  readonly sightings: readonly Sighting[]
  /** What stood there when all was over, or when the time was. */
  readonly last: Sighting
  readonly isStuck: boolean
  readonly complaints: readonly string[]
  readonly shift: number
  readonly moved: readonly string[]
  /** The longest that a timer came late, here or in the page. */
  readonly lagMs: number
  readonly requests: readonly LoggedRequest[]
  /** How many requests for answers the browser says that the page made, also to where nobody listens. */
  readonly asked: number
  readonly records: readonly SeenRecord[]
  readonly bugs: readonly string[]
  /** Whether the browser held the words of the first answer: after it, after the deeds, in the end; or nobody asked. */
  readonly kept: readonly boolean[] | null
}

/** One attempt in a few words: who was asked, and the failure it ended with or `ok`. */
export const describeAttempt = ({ step, tier, hedge, failure }: SeenRecord['attempts'][number]): string =>
  `${hedge ? 'hedge ' : ''}${tier ?? step} ${failure ?? 'ok'}`

/** From the trigger to the first words where the answer belongs; `null` where there never were any. */
export const usefulMs = ({ sightings }: Observed): number | null =>
  sightings.find(({ answer }) => answer !== '')?.atMs ?? null

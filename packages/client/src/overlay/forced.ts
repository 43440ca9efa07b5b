import type { Failure, Level, RUN_MOMENTS } from '@evenkeel/shared'

export type RunMoment = (typeof RUN_MOMENTS)[number]

/** Something that is made to happen. */
export type Forcing =
  | {
      readonly kind: 'failure'
      readonly failure: Failure
      /** Of which model step; `null` for every one. */
      readonly tier: string | null
    }
  | { readonly kind: 'level'; readonly level: Level }
  | { readonly kind: 'moment'; readonly moment: RunMoment }

/** What is in force, for whom and for how long. */
export interface Forced {
  readonly id: number
  /** `null` for every feature. */
  readonly feature: string | null
  readonly forcing: Forcing
  readonly until: 'next-run' | 'cleared'
}

/** What is forced, in a few words. */
export function forcedInWords(forcing: Forcing): string {
  switch (forcing.kind) {
    case 'failure':
      return forcing.tier === null ? forcing.failure : `${forcing.failure} on ${forcing.tier}`
    case 'level':
      return `level ${forcing.level}`
    case 'moment':
      return `moment ${forcing.moment}`
  }
}

import type { Failure, Outcome } from '@evenkeel/shared'
import type { ToldMoment } from './texts.ts'

/** Whose words stand where the answer belongs when all is over. `nothing`: the place itself is gone. */
export type Shown =
  | 'primary'
  | 'fast'
  | 'template'
  | 'template and fallback'
  | 'again'
  | 'partial'
  | 'partial and fallback'
  | 'primary and fallback'
  | 'fallback'
  | 'nothing'

/** What has to come of one row, written from the plan. */
export interface Expected {
  readonly outcome: Outcome
  /** Each attempt in order: who was asked, and the failure it ended with or `ok`. */
  readonly attempts: readonly string[]
  readonly shows: Shown
  /** The last thing that the user is told; `null` for silence. */
  readonly moment: ToldMoment | null
  /** What the user must have been told on the way. */
  readonly saw: readonly ToldMoment[]
  /** Requests that reach the server, for each tier. */
  readonly requests: readonly [primary: number, fast: number]
  /** The second model stands in for the first. */
  readonly rescued: boolean
  /** The app's own exceptions that the engine has to report to the team. */
  readonly bugs: number
  /** Who was raced and lost: nothing of it is shown, and it is hung up on. */
  readonly loser: 'primary' | 'fast' | null
  /**
   * Whether the words of the first answer lie in the browser's own storage: after the first run, after the deeds
   * (`null` where both will do), and in the end. `null` where nobody asks.
   */
  readonly kept: readonly [boolean, boolean | null, boolean] | null
}

const BASE = { saw: [], rescued: false, bugs: 0, loser: null, kept: null } as const

export const answered: Expected = {
  ...BASE,
  outcome: 'answered',
  attempts: ['primary ok'],
  shows: 'primary',
  moment: 'disclosure',
  requests: [1, 0],
}

/** The first model fails with nothing to see of it, and the second one answers. */
export const rescued = (failure: Failure): Expected => ({
  ...BASE,
  outcome: 'degraded',
  attempts: [`primary ${failure}`, 'fast ok'],
  shows: 'fast',
  moment: 'disclosure',
  requests: [1, 1],
  rescued: true,
})

/** The first model fails after the user has begun to read, and the second one's answer takes its place. */
export const replacedByFast = (failure: Failure): Expected => ({ ...rescued(failure), moment: 'replaced' })

/** Both models fail, and the template stands in. */
export const templated = (primary: Failure, fast: Failure = primary): Expected => ({
  ...BASE,
  outcome: 'degraded',
  attempts: [`primary ${primary}`, `fast ${fast}`, 'template ok'],
  shows: 'template',
  moment: 'template',
  requests: [1, 1],
})

/** The same after the user has begun to read. */
export const replacedByTemplate = (primary: Failure, fast: Failure = primary): Expected => ({
  ...templated(primary, fast),
  moment: 'replaced',
})

/** No other model may be asked after this, and the template stands in. */
export const templatedAtOnce = (failure: Failure): Expected => ({
  ...templated(failure),
  attempts: [`primary ${failure}`, 'template ok'],
  requests: [1, 0],
})

/** Nothing answers: the product's own way without AI takes the place, and the user is told why. */
export const omitted = (moment: ToldMoment, primary: Failure, fast: Failure | null = primary): Expected => ({
  ...BASE,
  outcome: 'omitted',
  attempts: [`primary ${primary}`, ...(fast === null ? [] : [`fast ${fast}`]), 'omit ok'],
  shows: 'fallback',
  moment,
  requests: [1, fast === null ? 0 : 1],
})

/** Nothing answers, and what the user has begun to read stays. */
export const incomplete = (primary: Failure, fast: Failure | null = primary): Expected => ({
  ...BASE,
  outcome: 'incomplete',
  attempts: [`primary ${primary}`, ...(fast === null ? [] : [`fast ${fast}`])],
  shows: 'partial',
  moment: 'incomplete',
  requests: [1, fast === null ? 0 : 1],
})

/** The feature is off: the template, the product's own way without AI, and the words that say so. */
export const disabled: Expected = {
  ...BASE,
  outcome: 'disabled',
  attempts: ['template ok'],
  shows: 'template and fallback',
  moment: 'disabled',
  requests: [0, 0],
}

/** The place was left while the answer was on its way. */
export const abandoned: Expected = {
  ...BASE,
  outcome: 'abandoned',
  attempts: ['primary aborted'],
  shows: 'nothing',
  moment: null,
  requests: [1, 0],
}

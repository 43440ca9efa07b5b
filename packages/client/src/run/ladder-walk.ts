import {
  domainOf,
  FAILURE_TABLE,
  type Failure,
  type LevelSpec,
  STEP_KINDS,
  type Step,
  tierOf,
} from '@evenkeel/shared'

type Ladder = readonly Step<never, unknown>[]

/** One rung that gave no answer. */
export interface Fall {
  /** Its place on the ladder. */
  readonly at: number
  readonly failure: Failure
  /** The server said that only the asked tier has failed, so its domain may be asked again. */
  readonly tierOnly: boolean
}

export interface WalkConditions {
  /** Where the level in force says to start. */
  readonly start: number
  /** The place of the last step that had nothing to give without anything having gone wrong. */
  readonly passed?: number
  /** Whether the budget leaves any time for a model. */
  readonly modelTimeLeft: boolean
}

/**
 * The place to start at: the level's own step, or where the ladder has no such step the first one
 * below it. A tier that the ladder does not have stands for any model.
 */
export function startOf(ladder: Ladder, startAt: LevelSpec['startAt']): number {
  const wanted = typeof startAt === 'string' ? { step: startAt, tier: null } : startAt
  const exact = ladder.findIndex(
    (step) => step.step === wanted.step && (wanted.tier === null || tierOfStep(step) === wanted.tier),
  )
  if (exact >= 0) return exact
  const rank = STEP_KINDS.indexOf(wanted.step)
  const below = ladder.findIndex((step) => STEP_KINDS.indexOf(step.step) >= rank)
  return below >= 0 ? below : ladder.length - 1
}

/**
 * The next place to try after these falls, or `null` where nothing is left. It follows the `next`
 * column of the failure table: a domain that has failed stays closed for the rest of the run.
 */
export function nextStep(ladder: Ladder, falls: readonly Fall[], conditions: WalkConditions): number | null {
  const { start, passed = -1 } = conditions
  const last = falls.at(-1)
  if (last === undefined || passed > last.at) {
    return firstOpen(ladder, Math.max(start, passed + 1), falls, conditions)
  }
  const { next } = FAILURE_TABLE[last.failure]
  if (next === 'end') return null
  const isFirstFallHere = falls.filter((fall) => fall.at === last.at).length === 1
  if (next === 'retry-once' && isFirstFallHere && conditions.modelTimeLeft) return last.at
  return firstOpen(ladder, last.at + 1, falls, conditions)
}

function firstOpen(
  ladder: Ladder,
  from: number,
  falls: readonly Fall[],
  conditions: WalkConditions,
): number | null {
  const mayAskModel =
    conditions.modelTimeLeft && falls.every(({ failure }) => FAILURE_TABLE[failure].next !== 'without-model')
  const closedDomains = falls
    .filter(({ failure, tierOnly }) => FAILURE_TABLE[failure].next === 'other-domain' && !tierOnly)
    .map(({ at }) => domainOfStep(ladder[at]))
  const index = ladder.findIndex((step, place) => {
    // A hedge may have failed on a step before the walk came to it.
    if (place < from || falls.some(({ at }) => at === place)) return false
    return step.step !== 'model' || (mayAskModel && !closedDomains.includes(domainOfStep(step)))
  })
  return index < 0 ? null : index
}

function tierOfStep(step: Ladder[number]): string | null {
  return step.step === 'model' ? tierOf(step) : null
}

function domainOfStep(step: Ladder[number] | undefined): string | null {
  return step?.step === 'model' ? domainOf(step) : null
}

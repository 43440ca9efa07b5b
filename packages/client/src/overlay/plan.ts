import type { Failure, Level, StepKind } from '@evenkeel/shared'
import type { Forced } from './forced.ts'
import { type ForcibleFeature, recipeOf, whyNoFailure } from './recipe.ts'

/** What is forced on one run. */
export interface Plan {
  readonly of: readonly Forced[]
  readonly level: Level | null
  readonly without: readonly StepKind[]
  readonly isKilled: boolean
  readonly isOffline: boolean
  /** What becomes of a model step of this tier; `null` where it is asked as ever. */
  failureOf(tier: string): Failure | 'held' | null
}

/** What of all that is in force befalls a run of this feature; `null` where nothing does. */
export function planFor(feature: ForcibleFeature, forced: readonly Forced[]): Plan | null {
  const of = forced.filter((one) => befalls(one, feature))
  if (of.length === 0) return null
  const failures = new Map<string | null, Failure | 'held'>()
  const without = new Set<StepKind>()
  let level: Level | null = null
  let isKilled = false
  for (const { forcing } of of) {
    if (forcing.kind === 'failure') failures.set(forcing.tier, forcing.failure)
    else if (forcing.kind === 'level') level = forcing.level
    else {
      const found = recipeOf(forcing.moment, feature)
      if ('missing' in found) continue
      const { models, level: needed, without: kinds = [], isKilled: killed = false } = found.recipe
      if (models !== undefined) failures.set(null, models)
      level = needed ?? level
      for (const kind of kinds) without.add(kind)
      isKilled ||= killed
    }
  }
  return {
    of,
    level,
    without: [...without],
    isKilled,
    // There is one network for all steps.
    isOffline: [...failures.values()].includes('offline'),
    failureOf: (tier) => failures.get(tier) ?? failures.get(null) ?? null,
  }
}

/** Whether this is for the feature, and can happen to it. */
function befalls({ feature: id, forcing }: Forced, feature: ForcibleFeature): boolean {
  if (id !== null && id !== feature.id) return false
  if (forcing.kind === 'failure') return whyNoFailure(forcing.failure, feature) === null
  return forcing.kind === 'level' || 'recipe' in recipeOf(forcing.moment, feature)
}

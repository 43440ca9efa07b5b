import {
  type Failure,
  type Feature,
  INTERACTION_DEFAULTS,
  type Level,
  type LevelSpec,
  resolveBudget,
  type StepKind,
} from '@evenkeel/shared'
import type { RunMoment } from './forced.ts'

/** What of a feature decides what can be forced. */
export type ForcibleFeature = Pick<
  Feature<never, unknown, string>,
  'id' | 'interaction' | 'budget' | 'mode' | 'schema' | 'ladder' | 'levels'
>

/** How a moment is brought about: by nothing that could not happen to a user. */
export interface Recipe {
  /** What becomes of every model step; `held` never answers, and no clock runs. */
  readonly models?: Failure | 'held'
  readonly level?: Level
  /** Kinds of steps that the ladder does without. */
  readonly without?: readonly StepKind[]
  readonly isKilled?: boolean
}

/** A recipe, or why there is none, to be read after the moment's name. */
export type Found = { readonly recipe: Recipe } | { readonly missing: string }

const LOWER: readonly StepKind[] = ['cache', 'template']

/** How this moment is brought about in a run of this feature. */
export function recipeOf(moment: RunMoment, feature: ForcibleFeature): Found {
  switch (moment) {
    case 'waiting':
      return { recipe: { models: 'held' } }
    case 'slow':
      return { recipe: { models: feature.mode === 'observe' ? 'held' : 'timeout.first-token' } }
    case 'limited':
      return atLevel(feature, true, 'needs a level that is told and asks a model')
    case 'disclosure':
      return atLevel(feature, false, 'needs a level that is not told and asks a model')
    case 'cached':
      return has(feature, 'cache')
        ? { recipe: { models: 'network', without: ['template'] } }
        : { missing: 'needs a cache step' }
    case 'replaced':
      if (feature.schema !== undefined) return { missing: 'needs an answer of text' }
      return has(feature, 'template')
        ? { recipe: { models: 'truncated', without: ['cache'] } }
        : { missing: 'needs a template step' }
    case 'incomplete':
      if (feature.schema !== undefined) return { missing: 'needs an answer of text' }
      return { recipe: { models: 'truncated', without: LOWER } }
    case 'refused':
      return { recipe: { models: 'refusal', without: LOWER } }
    case 'template':
      return has(feature, 'template')
        ? { recipe: { models: 'network', without: ['cache'] } }
        : { missing: 'needs a template step' }
    case 'omitted':
      return { recipe: { without: ['model', ...LOWER] } }
    case 'disabled':
      return { recipe: { isKilled: true } }
    case 'offline':
      return { recipe: { models: 'offline', without: LOWER } }
    case 'retry':
      return { recipe: { models: 'http.server', without: LOWER } }
  }
}

/** Why this failure cannot befall a run of this feature; `null` where it can. */
export function whyNoFailure(failure: Failure, feature: ForcibleFeature): string | null {
  if (failure === 'schema') return feature.schema === undefined ? 'needs a schema' : null
  if (!failure.startsWith('timeout.')) return null
  if (feature.mode === 'observe') return 'is only recorded in observe mode'
  const { completeMs, giveUpMs, stallMs } = resolveBudget(feature.interaction, feature.budget)
  const isCutOff = INTERACTION_DEFAULTS[feature.interaction].whenLate === 'next-step'
  const endMs = isCutOff ? Math.min(completeMs, giveUpMs) : giveUpMs
  if (failure === 'timeout.first-token' && isCutOff && completeMs < giveUpMs)
    return 'is late by its end first'
  if (failure === 'timeout.stall' && stallMs >= endMs) return 'is late by its end first'
  return null
}

function has({ ladder }: ForcibleFeature, kind: StepKind): boolean {
  return ladder.some(({ step }) => step === kind)
}

function atLevel({ levels }: ForcibleFeature, isTold: boolean, missing: string): Found {
  const spec = levels.find(({ told, startAt }) => told === isTold && kindOf(startAt) === 'model')
  return spec === undefined ? { missing } : { recipe: { level: spec.level } }
}

function kindOf(startAt: LevelSpec['startAt']): StepKind {
  return typeof startAt === 'string' ? startAt : startAt.step
}

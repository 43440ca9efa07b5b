import type { Feature, Level, LevelSpec } from '@evenkeel/shared'

type Spec = Pick<LevelSpec, 'startAt' | 'told' | 'capabilities'>

const UNDECLARED: Spec = { startAt: 'model', told: false }

/** What the feature says of a level. One that it does not declare is taken for the next lower one that it does. */
export function levelSpecOf({ levels }: Pick<Feature, 'levels'>, level: Level): Spec {
  return levels.find((spec) => spec.level <= level) ?? levels.at(-1) ?? UNDECLARED
}

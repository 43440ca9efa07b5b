import type { Feature, Level, LevelSpec } from '@evenkeel/shared'

const UNDECLARED: Pick<LevelSpec, 'startAt' | 'told'> = { startAt: 'model', told: false }

/** What the feature says of a level. One that it does not declare is taken for the next lower one that it does. */
export function levelSpecOf(
  { levels }: Pick<Feature, 'levels'>,
  level: Level,
): Pick<LevelSpec, 'startAt' | 'told'> {
  return levels.find((spec) => spec.level <= level) ?? levels.at(-1) ?? UNDECLARED
}

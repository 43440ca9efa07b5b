import type { Feature, Level, LevelDecider } from '@evenkeel/shared'

/** The level in force for a feature, and who decided it. */
export interface LevelInForce {
  readonly level: Level
  readonly by: LevelDecider
}

export const FULL: LevelInForce = { level: 5, by: 'local' }

/**
 * The lowest of these levels, as one that the feature declares: between two of its levels the lower
 * one counts. Where two say the same, the first of them decided.
 */
export function lowestLevel(
  { levels }: Pick<Feature, 'levels'>,
  ...said: readonly (LevelInForce | null)[]
): LevelInForce {
  let lowest = FULL
  for (const one of said) if (one !== null && one.level < lowest.level) lowest = one
  const declared = levels.find(({ level }) => level <= lowest.level) ?? levels.at(-1)
  return { level: declared?.level ?? lowest.level, by: lowest.by }
}

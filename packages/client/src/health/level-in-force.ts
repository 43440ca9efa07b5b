import type { Level, LevelDecider } from '@evenkeel/shared'

/** The level in force for a feature, and who decided it. */
export interface LevelInForce {
  readonly level: Level
  readonly by: LevelDecider
}

const FULL: LevelInForce = { level: 5, by: 'local' }

/** Nothing limits a feature in this browser yet, so it starts at the full level; its server may still say otherwise. */
export function levelInForce(): LevelInForce {
  return FULL
}

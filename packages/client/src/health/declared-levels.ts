import type { Feature, Level, LevelSpec } from '@evenkeel/shared'

/** The levels of one feature as the controller sees them: which there are, and which of them ask a model. */
export interface DeclaredLevels {
  /** Highest first. */
  readonly all: readonly Level[]
  /** Below it nothing is spared and only less is given, so failures do not lead further down. */
  readonly floor: Level
  /** Whether a run at this level asks a model. */
  asks(level: Level): boolean
  /** The highest declared level that is not above this one. */
  at(level: Level): Level
  above(level: Level): Level | null
  below(level: Level): Level
}

export function declaredLevels({ levels }: Pick<Feature, 'levels'>): DeclaredLevels {
  const all = levels.map(({ level }) => level)
  const lowest = all.at(-1) ?? 5
  const asking = new Set(
    levels.filter(({ startAt }) => kindOf(startAt) === 'model').map(({ level }) => level),
  )
  const floor = all.find((level) => !asking.has(level)) ?? lowest
  const at = (level: Level): Level => all.find((one) => one <= level) ?? lowest
  return {
    all,
    floor,
    asks: (level) => asking.has(level),
    at,
    above: (level) => all.findLast((one) => one > at(level)) ?? null,
    below: (level) => (at(level) <= floor ? at(level) : (all.find((one) => one < at(level)) ?? lowest)),
  }
}

function kindOf(startAt: LevelSpec['startAt']): string {
  return typeof startAt === 'string' ? startAt : startAt.step
}

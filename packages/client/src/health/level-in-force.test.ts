import { DEFAULT_LEVELS } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { FULL, lowestLevel } from './level-in-force.ts'

const FIVE = { levels: DEFAULT_LEVELS }
const TWO = { levels: DEFAULT_LEVELS.filter(({ level }) => level === 5 || level === 2) }

describe('the level in force', () => {
  it('is the full one where nobody says otherwise', () => {
    expect(lowestLevel(FIVE)).toEqual(FULL)
    expect(lowestLevel(FIVE, null, null)).toEqual(FULL)
  })

  it('is the lowest that anybody says, and tells whose word that was', () => {
    const said = [
      { level: 4, by: 'local' },
      null,
      { level: 3, by: 'control' },
      { level: 4, by: 'server' },
    ] as const
    expect(lowestLevel(FIVE, ...said)).toEqual({ level: 3, by: 'control' })
  })

  it('was decided by the first of those who say the same', () => {
    expect(lowestLevel(FIVE, { level: 3, by: 'server' }, { level: 3, by: 'browser' })).toEqual({
      level: 3,
      by: 'server',
    })
  })

  it('is one that the feature declares: the next lower one', () => {
    expect(lowestLevel(TWO, { level: 4, by: 'control' })).toEqual({ level: 2, by: 'control' })
    expect(lowestLevel(TWO, { level: 1, by: 'control' })).toEqual({ level: 2, by: 'control' })
  })
})

import { DEFAULT_LEVELS, type LevelSpec } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { declaredLevels } from './declared-levels.ts'

const spec = (level: LevelSpec['level'], startAt: LevelSpec['startAt']): LevelSpec => ({
  level,
  name: `${level}`,
  startAt,
  told: true,
})

describe('the levels that a feature declares', () => {
  it('are the five of the default, of which the upper three ask a model', () => {
    const levels = declaredLevels({ levels: DEFAULT_LEVELS })
    expect(levels.all).toEqual([5, 4, 3, 2, 1])
    expect(levels.all.map(levels.asks)).toEqual([true, true, true, false, false])
    expect(levels.floor).toBe(2)
    expect(levels.all.map(levels.above)).toEqual([null, 5, 4, 3, 2])
    expect(levels.all.map(levels.below)).toEqual([4, 3, 2, 2, 1])
  })

  it('may be two, and then a level between them is the lower one', () => {
    const levels = declaredLevels({ levels: [spec(5, 'model'), spec(2, 'template')] })
    expect(([5, 4, 3, 2, 1] as const).map(levels.at)).toEqual([5, 2, 2, 2, 2])
    expect(levels.above(4)).toBe(5)
    expect(levels.below(5)).toBe(2)
    expect(levels.below(2)).toBe(2)
  })

  it('may all ask a model, and then the lowest is the floor', () => {
    const levels = declaredLevels({ levels: [spec(5, 'model'), spec(4, { step: 'model', tier: 'fast' })] })
    expect(levels.floor).toBe(4)
    expect(levels.below(5)).toBe(4)
    expect(levels.asks(4)).toBe(true)
  })
})

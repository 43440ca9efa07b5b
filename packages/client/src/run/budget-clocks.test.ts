import { INTERACTION_DEFAULTS, INTERACTIONS } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../testing/virtual-clock.ts'
import { alarmTimes, createBudgetClocks, timeoutOf } from './budget-clocks.ts'

const PROGRESSIVE = { interaction: 'progressive', budget: {}, mode: 'enforce' } as const

describe('alarmTimes', () => {
  it.each([
    ['synchronous', { slow: 600, complete: 1_000, 'give-up': 2_500 }],
    ['progressive', { slow: 300, complete: null, 'give-up': 15_000 }],
    ['asynchronous', { slow: 12_000, complete: 20_000, 'give-up': 60_000 }],
  ] as const)('%s: slow at 60 %%, the next step where late, and the give-up', (interaction, times) => {
    const feature = { ...PROGRESSIVE, interaction }
    expect(alarmTimes(feature, INTERACTION_DEFAULTS[interaction].budget)).toEqual(times)
  })

  it.each(INTERACTIONS)('%s: a feature that only observes gives nothing up', (interaction) => {
    const feature = { ...PROGRESSIVE, interaction, mode: 'observe' as const }
    const times = alarmTimes(feature, INTERACTION_DEFAULTS[interaction].budget)
    expect(times).toMatchObject({ complete: null, 'give-up': null })
    expect(times.slow).not.toBeNull()
  })
})

describe('timeoutOf', () => {
  const { budget } = INTERACTION_DEFAULTS.synchronous

  it('is a missing first token only where the budget to give up is spent and nothing is visible', () => {
    expect(timeoutOf('give-up', budget, false).failure).toBe('timeout.first-token')
    expect(timeoutOf('give-up', budget, true).failure).toBe('timeout.complete')
    expect(timeoutOf('complete', budget, false).failure).toBe('timeout.complete')
  })

  it('names the budget that was spent', () => {
    expect(timeoutOf('complete', budget, false).detail).toContain('1000 ms')
    expect(timeoutOf('give-up', budget, true).detail).toContain('2500 ms')
  })
})

describe('createBudgetClocks', () => {
  function createClocks(feature: Parameters<typeof alarmTimes>[0] & { budget: object } = PROGRESSIVE) {
    const clock = createVirtualClock()
    const rung: [string, number][] = []
    const clocks = createBudgetClocks(feature, clock, clock.nowMs, (alarm) =>
      rung.push([alarm, clock.nowMs()]),
    )
    return { clock, clocks, rung }
  }

  it('rings each alarm once, at its time from the trigger', async () => {
    const { clock, clocks, rung } = createClocks()
    clocks.arm({})
    await clock.advance(20_000)
    expect(rung).toEqual([
      ['slow', 300],
      ['give-up', 15_000],
    ])
  })

  it('takes a budget that became known later from the trigger too, and does not ring again', async () => {
    const feature = {
      ...PROGRESSIVE,
      budget: { byPath: { deep: { giveUpMs: 30_000, firstTokenMs: 5_000 } } },
    }
    const { clock, clocks, rung } = createClocks(feature)
    clocks.arm({})
    await clock.advance(400)
    clocks.arm({ path: 'deep' })
    expect(clocks.budget.firstTokenMs).toBe(5_000)
    await clock.advance(40_000)
    expect(rung).toEqual([
      ['slow', 300],
      ['give-up', 30_000],
    ])
  })

  it('leaves no timer behind when stopped', async () => {
    const { clock, clocks, rung } = createClocks()
    clocks.arm({})
    clocks.arm({})
    expect(clock.pendingTimers).toBe(2)
    clocks.stop()
    expect(clock.pendingTimers).toBe(0)
    await clock.advance(20_000)
    expect(rung).toEqual([])
  })
})

import { describe, expect, it, vi } from 'vitest'
import { featureForTests } from '../run/feature.test.kit.ts'
import { createOverlayStore } from './overlay-store.ts'

const OFF = { kind: 'failure', failure: 'network', tier: null } as const

describe('the store of the overlay', () => {
  it('keeps one word about one thing: the last', () => {
    const store = createOverlayStore()
    store.force(null, OFF, 'cleared')
    store.force(null, { ...OFF, failure: 'empty' }, 'next-run')
    store.force(null, { ...OFF, tier: 'fast' }, 'next-run')
    store.force('a', OFF, 'next-run')
    store.force(null, { kind: 'level', level: 3 }, 'next-run')
    expect(store.state.forced.map(({ feature, forcing }) => [feature, forcing])).toEqual([
      [null, { ...OFF, failure: 'empty' }],
      [null, { ...OFF, tier: 'fast' }],
      ['a', OFF],
      [null, { kind: 'level', level: 3 }],
    ])
  })

  it('clears one, or all', () => {
    const store = createOverlayStore()
    store.force(null, OFF, 'cleared')
    store.force('a', OFF, 'cleared')
    store.clear(store.state.forced[0]?.id)
    expect(store.state.forced.map(({ feature }) => feature)).toEqual(['a'])
    store.clear()
    expect(store.state.forced).toEqual([])
  })

  it('looks at a plan without using it up, and takes it once', () => {
    const store = createOverlayStore()
    const feature = featureForTests()
    store.force(null, OFF, 'next-run')
    expect(store.planFor(feature)?.failureOf('primary')).toBe('network')
    expect(store.takePlan(feature)?.failureOf('primary')).toBe('network')
    expect(store.takePlan(feature)).toBeNull()
  })

  it('tells its listeners of changes, after whoever changed it is done', async () => {
    const store = createOverlayStore()
    const listener = vi.fn()
    const stop = store.subscribe(listener)
    store.force(null, OFF, 'cleared')
    expect(listener).not.toHaveBeenCalled()
    await Promise.resolve()
    expect(listener).toHaveBeenCalledTimes(1)
    stop()
    store.clear()
    await Promise.resolve()
    expect(listener).toHaveBeenCalledTimes(1)
  })

  it('gives one failure to one step and another to the rest, whichever was said first', () => {
    const store = createOverlayStore()
    store.force(null, { ...OFF, tier: 'fast', failure: 'empty' }, 'cleared')
    store.force(null, OFF, 'cleared')
    const plan = store.planFor(featureForTests())
    expect([plan?.failureOf('primary'), plan?.failureOf('fast')]).toEqual(['network', 'empty'])
  })
})

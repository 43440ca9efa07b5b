import { describe, expect, it } from 'vitest'
import { createListeners } from '../engine/attach/listeners.ts'
import { createFakeLink, createFakeSource, settle, summaryOf } from './fake-source.ts'
import { createRunsStore } from './runs-store.ts'

function setUp(count: number) {
  const source = createFakeSource()
  source.runsStored = Array.from({ length: count }, (_, index) => summaryOf(index + 1))
  const link = createFakeLink(source)
  const listeners = createListeners<void>()
  const figures = { state: { environment: 'production' as string | undefined }, subscribe: listeners.add }
  const move = (environment: string): void => {
    figures.state.environment = environment
    listeners.tell()
  }
  return { source, link, move, store: createRunsStore(link, figures) }
}

const times = (store: ReturnType<typeof setUp>['store']): number[] =>
  store.state.runs.map(({ startedAtEpochMs }) => startedAtEpochMs)

describe('the list of runs', () => {
  it('is newest first, a page at a time', async () => {
    const { store } = setUp(120)
    await settle()
    expect(times(store).slice(0, 2)).toEqual([120, 119])
    expect(store.state.runs).toHaveLength(50)
    await store.loadMore()
    await store.loadMore()
    expect(times(store)).toEqual(Array.from({ length: 120 }, (_, index) => 120 - index))
    expect(store.state.nextBefore).toBeNull()
    await store.loadMore()
    expect(store.state.runs).toHaveLength(120)
  })

  it('shows a new run at once and keeps the pages already read', async () => {
    const { source, link, store } = setUp(120)
    await settle()
    await store.loadMore()
    source.runsStored.push(summaryOf(121))
    link.change()
    await settle()
    expect(times(store)[0]).toBe(121)
    expect(new Set(times(store)).size).toBe(store.state.runs.length)
    await store.loadMore()
    await store.loadMore()
    expect(times(store)).toEqual(Array.from({ length: 121 }, (_, index) => 121 - index))
  })

  it('keeps pages beyond what one question may ask for', async () => {
    const { source, link, store } = setUp(700)
    await settle()
    while (store.state.nextBefore !== null) await store.loadMore()
    source.runsStored.push(summaryOf(701))
    link.change()
    await settle()
    expect(times(store)).toEqual(Array.from({ length: 701 }, (_, index) => 701 - index))
    expect(source.asked.every(({ limit }) => (limit ?? 0) <= 500)).toBe(true)
  })

  it('takes in a signal on a run that it has', async () => {
    const { source, link, store } = setUp(3)
    await settle()
    source.runsStored[2] = summaryOf(3, { thumbs: -1 })
    link.change()
    await settle()
    expect(store.state.runs[0]).toMatchObject({ thumbs: -1 })
  })

  it('can be narrowed to one feature, and widened again', async () => {
    const { source, store } = setUp(3)
    source.runsStored.push(summaryOf(4, { feature: 'weekly-digest' }))
    await settle()
    store.filter('weekly-digest')
    expect(store.state.runs).toEqual([])
    await settle()
    expect(times(store)).toEqual([4])
    store.filter(undefined)
    await settle()
    expect(times(store)).toEqual([4, 3, 2, 1])
  })

  it('follows the environment in force, and mixes no two', async () => {
    const { source, move, store } = setUp(2)
    source.runsStored.push(summaryOf(3, { environment: 'staging' }))
    await settle()
    move('staging')
    expect(store.state.runs).toEqual([])
    await settle()
    expect(times(store)).toEqual([3])
  })

  it('throws away an answer to a question that has changed meanwhile', async () => {
    const { source, store } = setUp(3)
    source.runsStored.push(summaryOf(4, { feature: 'weekly-digest' }))
    store.filter('weekly-digest')
    store.filter(undefined)
    store.filter('weekly-digest')
    await settle()
    expect(times(store)).toEqual([4])
  })

  it('stays, with the reason, when the source is lost', async () => {
    const { source, link, store } = setUp(60)
    await settle()
    source.failure = new Error('It went away.')
    link.change()
    await settle()
    expect(store.state).toMatchObject({ error: { error: 'It went away.' } })
    expect(store.state.runs).toHaveLength(50)
    await store.loadMore()
    expect(store.state.runs).toHaveLength(50)
    source.failure = null
    link.change()
    await settle()
    expect(store.state.error).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import { createFakeLink, createFakeSource, figuresOf, settle } from './fake-source.ts'
import { createFiguresStore, type Memory } from './figures-store.ts'

function memory(value?: string): Memory {
  let kept = value
  return {
    get: () => kept,
    set: (next) => {
      kept = next
    },
  }
}

function setUp(remembered?: string) {
  const source = createFakeSource()
  const link = createFakeLink(source)
  const kept = memory(remembered)
  return { source, link, kept, start: () => createFiguresStore(link, kept) }
}

describe('the figures of a window', () => {
  it('are of the environment seen last, in one fixed order', async () => {
    const { source, start } = setUp()
    source.environmentNames = ['staging', 'production']
    source.figures = ['weekly-digest', 'draft-reply'].map((id) => figuresOf(id, { environment: 'staging' }))
    const store = start()
    expect(store.state.loaded).toBe(false)
    await settle()
    expect(store.state).toMatchObject({ loaded: true, environment: 'staging', error: null })
    expect(store.state.features.map(({ feature }) => feature)).toEqual(['draft-reply', 'weekly-digest'])
  })

  it('are of the environment that the workspace remembers', async () => {
    const { source, start } = setUp('production')
    source.environmentNames = ['staging', 'production']
    source.figures = [figuresOf('a'), figuresOf('b', { environment: 'staging' })]
    const store = start()
    await settle()
    expect(store.state.features.map(({ feature }) => feature)).toEqual(['a'])
  })

  it('change as soon as runs are stored', async () => {
    const { source, link, start } = setUp()
    const store = start()
    await settle()
    source.figures = [figuresOf('draft-reply')]
    link.change()
    await settle()
    expect(store.state.features).toHaveLength(1)
  })

  it('never stand under the name of another environment', async () => {
    const { source, kept, start } = setUp()
    source.environmentNames = ['production', 'staging']
    source.figures = [figuresOf('draft-reply')]
    const store = start()
    await settle()
    const seen: [string | undefined, string[]][] = []
    store.subscribe(() =>
      seen.push([store.state.environment, store.state.features.map(({ environment }) => environment)]),
    )
    store.choose('staging')
    await settle()
    expect(seen.every(([name, of]) => of.every((environment) => environment === name))).toBe(true)
    expect(store.state).toMatchObject({ environment: 'staging', features: [] })
    expect(kept.get()).toBe('staging')
  })

  it('go back to the environment seen last when the choice is taken back', async () => {
    const { source, start } = setUp('staging')
    source.environmentNames = ['production', 'staging']
    const store = start()
    await settle()
    store.choose(undefined)
    await settle()
    expect(store.state.environment).toBe('production')
  })

  it('stay as they were when the source is lost, with the reason beside them', async () => {
    const { source, link, start } = setUp()
    source.figures = [figuresOf('draft-reply')]
    const store = start()
    await settle()
    source.failure = Object.assign(new Error('It went away.'), { hint: 'Start it.' })
    link.change()
    await settle()
    expect(store.state.features).toHaveLength(1)
    expect(store.state.error).toEqual({ error: 'It went away.', hint: 'Start it.' })
    source.failure = null
    link.change()
    await settle()
    expect(store.state.error).toBeNull()
  })

  it('are asked for when the link comes, and say why when it does not', async () => {
    const { source, link, start } = setUp()
    source.figures = [figuresOf('draft-reply')]
    link.move({ status: 'attaching' })
    const store = start()
    await settle()
    expect(store.state.loaded).toBe(false)
    link.move({ status: 'failed', error: { error: 'No collector.', hint: 'Try again.' } })
    expect(store.state).toMatchObject({ loaded: true, error: { error: 'No collector.' } })
    link.move({ status: 'attached', source, workspace: '/product', url: 'http://127.0.0.1:1' })
    await settle()
    expect(store.state).toMatchObject({ error: null, features: [{ feature: 'draft-reply' }] })
  })

  it('are no longer asked for once the window has closed', async () => {
    const { source, link, start } = setUp()
    const store = start()
    await settle()
    store.dispose()
    source.figures = [figuresOf('draft-reply')]
    link.change()
    await settle()
    expect(store.state.features).toEqual([])
  })
})

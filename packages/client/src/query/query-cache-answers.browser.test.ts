import { QueryClient } from '@tanstack/react-query'
import { expect, it, vi } from 'vitest'
import { describeAnswerStore, keptAnswer } from '../cache/answer-store.test.kit.ts'
import { keepInQueryCache } from './query-cache-answers.ts'

describeAnswerStore("answers in the app's query cache", () => keepInQueryCache(new QueryClient()))

it('answers stay there for as long as the cache keeps them, and not for the five minutes of a query', async () => {
  vi.useFakeTimers()
  try {
    const client = new QueryClient()
    const store = keepInQueryCache(client)
    await store.write(keptAnswer())
    client.setQueryData(['another'], 1)
    vi.advanceTimersByTime(3_600_000)
    expect(client.getQueryData(['another'])).toBeUndefined()
    expect(await store.read('k1')).not.toBeNull()
  } finally {
    vi.useRealTimers()
  }
})

it('answers go with everything else that the app clears at a sign-out', async () => {
  const client = new QueryClient()
  const store = keepInQueryCache(client)
  await store.write(keptAnswer())
  client.clear()
  expect(await store.entries()).toEqual([])
  expect(await store.read('k1')).toBeNull()
})

it('answers are no business of the queries that the app invalidates', async () => {
  const client = new QueryClient()
  const store = keepInQueryCache(client)
  await store.write(keptAnswer())
  await client.invalidateQueries()
  expect((await store.read('k1'))?.text).toBe('Hello')
})

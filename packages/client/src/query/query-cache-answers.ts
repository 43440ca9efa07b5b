import type { QueryClient } from '@tanstack/react-query'
import type { AnswerStore, KeptAnswer } from '../cache/kept-answer.ts'

const PREFIX = ['evenkeel', 'kept'] as const

/**
 * Keeps the answers of the ladder's `cache` step in the app's own query cache, beside everything else that
 * the app throws away when it calls `queryClient.clear()`. Where the app persists its query cache, these are
 * persisted with it, unless its `shouldDehydrateQuery` leaves out the keys that begin with
 * `['evenkeel', 'kept']`.
 *
 * @example
 * <EvenkeelProvider cache={{ store: keepInQueryCache(queryClient) }}>…</EvenkeelProvider>
 */
export function keepInQueryCache(client: QueryClient): AnswerStore {
  // Nobody observes them, and a query without an observer is gone after five minutes; the cache has bounds of its own.
  client.setQueryDefaults(PREFIX, { gcTime: Number.POSITIVE_INFINITY, staleTime: Number.POSITIVE_INFINITY })
  const keyOf = (key: string) => [...PREFIX, key]
  return {
    outlivesPage: false,
    read: async (key) => client.getQueryData<KeptAnswer>(keyOf(key)) ?? null,
    write: async (answer) => void client.setQueryData(keyOf(answer.key), answer),
    async remove(keys) {
      for (const key of keys) client.removeQueries({ queryKey: keyOf(key), exact: true })
    },
    entries: async () =>
      client
        .getQueriesData<KeptAnswer>({ queryKey: PREFIX })
        .flatMap(([, answer]) => (answer === undefined ? [] : [answer])),
  }
}

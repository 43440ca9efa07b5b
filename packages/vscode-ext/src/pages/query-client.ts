import { QueryClient } from '@tanstack/react-query'
import { AskError } from './host.ts'

/** Answers stay good until a change says otherwise; the collector is near, so the browser's word on being online is not asked. */
export function createPageQueryClient({ retryDelayMs = 400 } = {}): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && !isFinal(error),
        retryDelay: retryDelayMs,
      },
    },
  })
}

/** A 4xx is the same the second time. */
function isFinal(error: Error): boolean {
  return error instanceof AskError && error.status !== null && error.status < 500
}

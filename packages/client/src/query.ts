/**
 * Runs in the app's own TanStack Query cache.
 *
 * @packageDocumentation
 */
export type { AIAnswer } from './query/ai-answer.ts'
export { type AIQueryOptions, aiQueryOptions, aiQueryRun } from './query/ai-query-options.ts'
export { keepInQueryCache } from './query/query-cache-answers.ts'

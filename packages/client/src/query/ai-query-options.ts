import type { Feature } from '@evenkeel/shared'
import { type Query, type QueryClient, type QueryKey, queryOptions } from '@tanstack/react-query'
import { pageFrames } from '../render/frame-scheduler.ts'
import { createRun } from '../run/default-engine.ts'
import type { Engine } from '../run/engine.ts'
import type { Run, StartOptions } from '../run/run.ts'
import { type AIAnswer, answerOf } from './ai-answer.ts'

export interface AIQueryOptions extends StartOptions {
  /** Where it runs; the page's own engine where absent. Give it the one that `<EvenkeelProvider engine>` has. */
  readonly engine?: Pick<Engine, 'createRun'>
  /** What the answer belongs to besides its input, such as tenant and user: joined to the key, so that no answer crosses it. */
  readonly scope?: readonly (string | number | null)[]
}

/** How long an answer stands that is not the best one, before it is worth asking again, in milliseconds. */
const FALLBACK_STALE_MS = 60_000

/**
 * A run that lives in the app's own query cache, for `useQuery`, `prefetchQuery` and `ensureQueryData`:
 * its answer streams into the entry at most once a frame, two components with the same input share it,
 * invalidation asks anew, and cancellation aborts it. The entry's data is an `AIAnswer`; it never
 * throws for a failure, because the ladder has answered then.
 *
 * - `staleTime`: an `answered` run is never stale by itself, since asking again costs and gives another
 *   answer; any other outcome is after a minute, and a run that was cut off at once.
 * - While it is asked again the answer before stays, and the new one takes its place when it is complete.
 * - It asks offline too: then the template answers.
 * - A feature with `onUnmount: 'detach'` goes on when the last component is gone, and only a new ask ends it.
 *
 * @example
 * const { data } = useQuery(aiQueryOptions(summary, { ticketId }))
 * return <p aria-busy={data?.phase !== 'settled'}>{data?.text}</p>
 */
export function aiQueryOptions<Input, Output>(
  feature: Feature<Input, Output>,
  input: Input,
  options: AIQueryOptions = {},
) {
  const { engine, scope = [], ...turn } = options
  const queryKey: QueryKey = [
    'evenkeel',
    feature.id,
    input,
    ...scope,
    ...(Object.keys(turn).length > 0 ? [turn] : []),
  ]
  return queryOptions<AIAnswer<Output>>({
    queryKey,
    // Not destructured: reading `signal` is what makes a query end with its last component.
    queryFn: (context) => ask(feature, input, turn, engine, context),
    staleTime: ({ state: { data } }) => staleMs(data),
    // The ladder has tried already what could be tried.
    retry: false,
    // The engine knows what to do offline; a paused query would show nothing.
    networkMode: 'always',
    // Each frame's answer is new; the parts of an object that did not change are shared already.
    structuralSharing: false,
  })
}

/**
 * The run behind an entry of the cache, for `<FeedbackBar>` and signals; `null` where the page has not
 * asked it itself, as after hydration.
 *
 * @example
 * const run = aiQueryRun(queryClient, options.queryKey)
 * run?.signal('thumbs', { value: 1 })
 */
export function aiQueryRun(client: QueryClient, queryKey: QueryKey): Run | null {
  const query = client.getQueryCache().find({ queryKey, exact: true })
  return (query && runs.get(query)) ?? null
}

/** One for each entry, so that asking again supersedes a run that is still going. */
const runs = new WeakMap<Query, Run>()

interface QueryContext {
  readonly client: QueryClient
  readonly queryKey: QueryKey
  readonly signal: AbortSignal
}

async function ask<Input, Output>(
  feature: Feature<Input, Output>,
  input: Input,
  turn: StartOptions,
  engine: AIQueryOptions['engine'],
  context: QueryContext,
): Promise<AIAnswer<Output>> {
  // StrictMode unmounts and mounts again in one tick, and must find a query that does not end with it.
  await Promise.resolve()
  const { client, queryKey } = context
  const signal = feature.onUnmount === 'abort' ? context.signal : null
  const entry = () => client.getQueryCache().find({ queryKey, exact: true })
  const query = entry()
  const run = runFor(query, feature, engine)
  const isReplacing = answerIn(query)?.outcome != null

  const publish = (): void => {
    // A cancelled query keeps what it had, and an entry that was removed is not brought back.
    if (!signal?.aborted && entry() === query) client.setQueryData(queryKey, answerOf(run))
  }
  const schedule = (): void => pageFrames.schedule(publish)
  const leave = (): void => run.leave()

  signal?.addEventListener('abort', leave)
  const record = run.start(input, turn)
  const isStreaming = !isReplacing && typeof requestAnimationFrame === 'function'
  const detach = isStreaming ? [run.subscribe(schedule), run.subscribeContent(schedule)] : []
  if (signal?.aborted) leave()
  await record
  for (const each of detach) each()
  pageFrames.cancel(publish)
  signal?.removeEventListener('abort', leave)
  return answerOf(run)
}

function runFor<Input, Output>(
  query: Query | undefined,
  feature: Feature<Input, Output>,
  engine: AIQueryOptions['engine'],
): Run<Input, Output> {
  const known = query && runs.get(query)
  if (known?.feature === feature) return known as Run<Input, Output>
  const run = createRun(feature, engine)
  if (query !== undefined) runs.set(query, run)
  return run
}

function answerIn(query: Query | undefined): AIAnswer<unknown> | undefined {
  return query?.state.data as AIAnswer<unknown> | undefined
}

function staleMs(answer: AIAnswer<unknown> | undefined): number {
  if (answer === undefined || answer.outcome === null || answer.outcome === 'abandoned') return 0
  return answer.outcome === 'answered' ? Number.POSITIVE_INFINITY : FALLBACK_STALE_MS
}

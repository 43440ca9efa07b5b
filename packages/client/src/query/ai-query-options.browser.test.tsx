import { defineFeature, type Feature, type FeatureSpec } from '@evenkeel/shared'
import {
  type DehydratedState,
  dehydrate,
  hydrate,
  QueryClient,
  QueryClientProvider,
  useQuery,
} from '@tanstack/react-query'
import { type ReactNode, StrictMode } from 'react'
import { describe, expect, expectTypeOf, it, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import { z } from 'zod'
import { systemClock } from '../run/clock.ts'
import type { Run } from '../run/run.ts'
import type { DeepPartial } from '../stream/object/deep-partial.ts'
import { answerReply, statusReply } from '../testing/replies.ts'
import { createScriptedRun, type ScriptedRun } from '../testing/scripted-run.ts'
import { createScriptedServer } from '../testing/scripted-server.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import type { AIAnswer } from './ai-answer.ts'
import { aiQueryOptions, aiQueryRun } from './ai-query-options.ts'

const URL = '/api/ai/summary'

function defineSummary(spec: Partial<FeatureSpec<string, string>> = {}): Feature<string, string> {
  return defineFeature<string, string>({
    id: 'summary',
    interaction: 'progressive',
    ladder: [{ step: 'model', url: URL }, { step: 'omit' }],
    ...spec,
  })
}

const summary = defineSummary()

/** Runs that do what the test says, and one query cache. */
function createScene() {
  const runs: ScriptedRun[] = []
  const engine = {
    createRun<Input, Output>(feature: Feature<Input, Output>): Run<Input, Output> {
      const run = createScriptedRun(feature)
      runs.push(run)
      return run
    },
  }
  const client = new QueryClient()
  const wrapper = ({ children }: { children?: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  )
  const starts = () => runs.flatMap(({ log }) => log.filter(({ call }) => call === 'start'))
  const options = aiQueryOptions(summary, 'ticket 1', { engine })
  return { runs, engine, client, wrapper, starts, options }
}

interface AnswerProps {
  readonly options: ReturnType<typeof aiQueryOptions<string, string>>
  readonly onRender?: () => void
}

function Answer({ options, onRender }: AnswerProps) {
  const { data } = useQuery(options)
  onRender?.()
  return <p aria-busy={data?.phase !== 'settled'}>{data?.text}</p>
}

/** As many of the same answer as `of` says. */
function Answers({
  client,
  of,
  options,
}: AnswerProps & { readonly client: QueryClient; readonly of: number }) {
  return (
    <QueryClientProvider client={client}>
      {Array.from({ length: of }, (_, index) => (
        <Answer key={String(index)} options={options} />
      ))}
    </QueryClientProvider>
  )
}

/** The engine itself, with a server that takes its time. */
function createRealScene() {
  const server = createScriptedServer(systemClock)
  const { engine, records } = createTestEngine({ clock: systemClock, fetch: server.fetch })
  const options = aiQueryOptions(summary, 'ticket 1', { engine })
  return { server, engine, records, options, client: new QueryClient() }
}

const frame = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 5)))

describe('aiQueryOptions in useQuery', () => {
  it('streams the answer into the cache, at most one render a frame', async () => {
    const { runs, wrapper, options } = createScene()
    let renders = 0
    const screen = await render(<Answer options={options} onRender={() => (renders += 1)} />, { wrapper })
    await frame()
    renders = 0
    for (let round = 0; round < 5; round += 1) {
      for (let token = 0; token < 50; token += 1) runs[0]?.arrive('word ')
      await frame()
    }
    expect(screen.container.textContent).toBe('word '.repeat(250))
    expect(renders).toBeGreaterThan(1)
    expect(renders).toBeLessThanOrEqual(6)
    expect(screen.container.querySelector('p')?.getAttribute('aria-busy')).toBe('true')
    runs[0]?.settle('answered')
    await expect.poll(() => screen.container.querySelector('p')?.getAttribute('aria-busy')).toBe('false')
  })

  it('asks once for two components with the same input, and apart for another input', async () => {
    const { runs, starts, wrapper, engine, options } = createScene()
    const screen = await render(
      <>
        <Answer options={options} />
        <Answer options={aiQueryOptions(summary, 'ticket 1', { engine })} />
        <Answer options={aiQueryOptions(summary, 'ticket 2', { engine })} />
      </>,
      { wrapper },
    )
    await frame()
    expect(starts().map((call) => 'input' in call && call.input)).toEqual(['ticket 1', 'ticket 2'])
    runs[0]?.arrive('Shared')
    await frame()
    expect([...screen.container.querySelectorAll('p')].map((p) => p.textContent)).toEqual([
      'Shared',
      'Shared',
      '',
    ])
  })

  it('asks once under StrictMode', async () => {
    const { runs, starts, client, options } = createScene()
    const screen = await render(
      <StrictMode>
        <Answers client={client} of={1} options={options} />
      </StrictMode>,
    )
    await frame()
    expect(starts()).toHaveLength(1)
    runs[0]?.arrive('Once')
    runs[0]?.settle()
    await expect.element(screen.getByText('Once')).toBeVisible()
    expect(runs[0]?.state.outcome).toBe('answered')
  })

  it('aborts the request when its last component unmounts, and asks anew when one comes back', async () => {
    const { server, records, client, options } = createRealScene()
    server.on(URL, answerReply(['Half '], { ending: 'hang' }), answerReply(['Whole'], { everyMs: 5 }))
    const show = (of: number) => <Answers client={client} of={of} options={options} />
    const screen = await render(show(2))
    await expect.poll(() => screen.container.textContent).toBe('Half Half ')
    await screen.rerender(show(1))
    await frame()
    expect(server.requests[0]?.isAborted).toBe(false)
    await screen.rerender(show(0))
    await expect.poll(() => server.requests[0]?.isAborted).toBe(true)
    expect(records.map(({ outcome }) => outcome)).toEqual(['abandoned'])
    await screen.rerender(show(1))
    await expect.element(screen.getByText('Whole')).toBeVisible()
    expect(records.map(({ outcome }) => outcome)).toEqual(['abandoned', 'answered'])
  })

  it('lets the run of a feature that detaches go on, and keeps its answer for who comes back', async () => {
    const { runs, engine, client, wrapper } = createScene()
    const digest = defineSummary({ id: 'digest', interaction: 'asynchronous' })
    const screen = await render(<Answer options={aiQueryOptions(digest, 'today', { engine })} />, { wrapper })
    await frame()
    await screen.unmount()
    runs[0]?.arrive('Done without you')
    runs[0]?.settle()
    await frame()
    const { data } = client.getQueryState<AIAnswer>(['evenkeel', 'digest', 'today']) ?? {}
    expect(data).toMatchObject({ outcome: 'answered', text: 'Done without you' })
  })
})

describe('aiQueryOptions in the cache', () => {
  it('answers ahead of time, and a component then asks nothing', async () => {
    const { server, engine, client, options } = createRealScene()
    server.on(URL, answerReply(['Ready ', 'before you'], { everyMs: 5 }))
    await client.prefetchQuery(options)
    const screen = await render(<Answers client={client} of={1} options={options} />)
    expect(screen.container.textContent).toBe('Ready before you')
    await frame()
    expect(server.requests).toHaveLength(1)
    expect(await client.ensureQueryData(aiQueryOptions(summary, 'ticket 1', { engine }))).toMatchObject({
      outcome: 'answered',
    })
    expect(server.requests).toHaveLength(1)
  })

  it('asks anew when it is invalidated; the answer before stays until the new one is complete', async () => {
    const { runs, client, starts, wrapper, options } = createScene()
    const screen = await render(<Answer options={options} />, { wrapper })
    await frame()
    runs[0]?.arrive('First')
    runs[0]?.settle()
    await expect.element(screen.getByText('First')).toBeVisible()
    void client.invalidateQueries({ queryKey: ['evenkeel', 'summary'] })
    await frame()
    expect(starts()).toHaveLength(2)
    runs[0]?.arrive('Sec')
    await frame()
    expect(screen.container.textContent).toBe('First')
    runs[0]?.arrive('ond')
    runs[0]?.settle()
    await expect.element(screen.getByText('Second')).toBeVisible()
  })

  it('supersedes a run that is still going when it is invalidated', async () => {
    const { server, records, client, options } = createRealScene()
    server.on(URL, answerReply(['Old '], { ending: 'hang' }), answerReply(['New'], { everyMs: 5 }))
    const first = client.fetchQuery(options).catch((error: unknown) => error)
    await expect.poll(() => client.getQueryData(options.queryKey)?.text).toBe('Old ')
    await client.refetchQueries({ queryKey: options.queryKey })
    expect(client.getQueryData(options.queryKey)).toMatchObject({ text: 'New', outcome: 'answered' })
    expect(server.requests.map(({ isAborted }) => isAborted)).toEqual([true, false])
    expect(records.map(({ outcome }) => outcome)).toEqual(['abandoned', 'answered'])
    await first
  })

  it('aborts the run where the query is cancelled', async () => {
    const { runs, client, options } = createScene()
    void client.prefetchQuery(options)
    await frame()
    await client.cancelQueries({ queryKey: options.queryKey })
    expect(runs[0]?.state.outcome).toBe('abandoned')
    expect(runs[0]?.listenerCount).toBe(0)
    runs[0]?.arrive('too late')
    await frame()
    expect(client.getQueryData(options.queryKey)?.text ?? '').toBe('')
  })

  it('never throws: an omitted answer is data, asked again only when it is stale', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      const { server, client, options } = createRealScene()
      server.on(URL, statusReply(500))
      const data = await client.fetchQuery(options)
      expect(data).toMatchObject({ outcome: 'omitted', text: '', failure: 'http.server' })
      expect(client.getQueryState(options.queryKey)).toMatchObject({ status: 'success', error: null })
      await client.fetchQuery(options)
      expect(server.requests).toHaveLength(1)
      vi.setSystemTime(Date.now() + 61_000)
      server.on(URL, answerReply(['Well again']))
      expect(await client.fetchQuery(options)).toMatchObject({ outcome: 'answered' })
      vi.setSystemTime(Date.now() + 24 * 3_600_000)
      await client.fetchQuery(options)
      expect(server.requests).toHaveLength(2)
    } finally {
      vi.useRealTimers()
    }
  })

  it('answers with the template where the browser is offline, instead of waiting', async () => {
    const { server, client } = createRealScene()
    const { engine, page } = createTestEngine({ clock: systemClock, fetch: server.fetch })
    page.setOnline(false)
    const feature = defineSummary({
      id: 'summary-offline',
      ladder: [
        { step: 'model', url: URL },
        { step: 'template', render: (of) => `About ${of}` },
      ],
    })
    expect(await client.fetchQuery(aiQueryOptions(feature, 'ticket 1', { engine }))).toMatchObject({
      outcome: 'degraded',
      text: 'About ticket 1',
    })
  })

  it('holds plain data that can be dehydrated, and a page that hydrates it asks nothing', async () => {
    const { server, client, options } = createRealScene()
    server.on(URL, answerReply(['From the server']))
    await client.prefetchQuery(options)
    const state: DehydratedState = JSON.parse(JSON.stringify(dehydrate(client)))
    const other = new QueryClient()
    hydrate(other, state)
    expect(await other.ensureQueryData(options)).toEqual(client.getQueryData(options.queryKey))
    expect(server.requests).toHaveLength(1)
    expect(aiQueryRun(other, options.queryKey)).toBeNull()
  })

  it('keeps answers of different scopes and turns apart', () => {
    const keyOf = (...args: Parameters<typeof aiQueryOptions<string, string>>) =>
      aiQueryOptions(...args).queryKey
    expect(keyOf(summary, 'x')).toEqual(['evenkeel', 'summary', 'x'])
    expect(keyOf(summary, 'x', { scope: ['acme', 7] })).toEqual(['evenkeel', 'summary', 'x', 'acme', 7])
    expect(keyOf(summary, 'x', { conversationId: 'c', turn: 1 })).toEqual([
      'evenkeel',
      'summary',
      'x',
      { conversationId: 'c', turn: 1 },
    ])
  })

  it('gives the run behind an entry, for signals', async () => {
    const { runs, client, options } = createScene()
    expect(aiQueryRun(client, options.queryKey)).toBeNull()
    void client.prefetchQuery(options)
    await frame()
    expect(aiQueryRun(client, options.queryKey)).toBe(runs[0])
  })

  it('has a typed object, as far as it has come, and the checked output', async () => {
    const { server, engine, client } = createRealScene()
    server.on(URL, answerReply(['{"title":"Inv', 'oice","tags":["a"]}'], { everyMs: 40 }))
    const schema = z.object({ title: z.string(), tags: z.array(z.string()) })
    const feature = defineFeature<string, z.infer<typeof schema>>({
      id: 'summary-object',
      interaction: 'progressive',
      schema,
      ladder: [{ step: 'model', url: URL }, { step: 'omit' }],
    })
    const options = aiQueryOptions(feature, 'ticket 1', { engine })
    const partial: unknown[] = []
    client.getQueryCache().subscribe(() => partial.push(client.getQueryData(options.queryKey)?.object))
    const data = await client.fetchQuery(options)
    expectTypeOf(data.object).toEqualTypeOf<DeepPartial<z.infer<typeof schema>> | undefined>()
    expectTypeOf(data.output).toEqualTypeOf<z.infer<typeof schema> | null>()
    expect(partial).toContainEqual({ title: 'Inv' })
    expect(data).toMatchObject({ text: '', object: { title: 'Invoice' }, output: { tags: ['a'] } })
  })
})

import { defineFeature, type Feature } from '@evenkeel/shared'
import { Profiler, type ReactNode, StrictMode, useEffect } from 'react'
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest'
import { render, renderHook } from 'vitest-browser-react'
import type { Run } from '../run/run.ts'
import { createScriptedRun, type ScriptedRun } from '../testing/scripted-run.ts'
import { EngineContext, type RunMaker } from './context.ts'
import { FeedbackBar } from './feedback-bar.tsx'
import { Notice } from './notice.tsx'
import { StreamedText } from './streamed-text.tsx'
import { useAI } from './use-ai.ts'

interface Ticket {
  readonly customer: string
}

function defineDraftReply(url = '/api/ai/draft-reply'): Feature<Ticket, string> {
  return defineFeature<Ticket, string>({
    id: 'draft-reply',
    interaction: 'progressive',
    ladder: [{ step: 'model', url }, { step: 'omit' }],
  })
}

const draftReply = defineDraftReply()
const ticket: Ticket = { customer: 'Anna' }

/** An engine whose runs do what the test says. */
function createScriptedEngine() {
  const runs: ScriptedRun[] = []
  const features: unknown[] = []
  const engine: RunMaker = {
    createRun<Input, Output>(feature: Feature<Input, Output>): Run<Input, Output> {
      const run = createScriptedRun(feature)
      runs.push(run)
      features.push(feature)
      return run
    },
  }
  const wrapper = ({ children }: { children?: ReactNode }) => (
    <EngineContext.Provider value={engine}>{children}</EngineContext.Provider>
  )
  /** The runs that were asked anything. */
  const asked = () => runs.filter(({ log }) => log.some(({ call }) => call === 'start'))
  return { engine, runs, features, asked, wrapper }
}

afterEach(() => vi.restoreAllMocks())

describe('useAI', () => {
  it('renders its component a handful of times for 2,000 tokens', async () => {
    const { asked, wrapper } = createScriptedEngine()
    const renders = { parent: 0, commits: 0 }
    const screen = await render(
      <Profiler id="draft" onRender={() => void renders.commits++}>
        <DraftReply onRender={() => void renders.parent++} />
      </Profiler>,
      { wrapper },
    )
    Object.assign(renders, { parent: 0, commits: 0 })
    await screen.getByRole('button', { name: 'Draft a reply' }).click()
    const [run] = asked()
    if (run === undefined) throw new Error('Nothing was asked.')
    run.show({ moment: 'waiting' })
    await nextFrame()
    run.show({ moment: 'slow' })
    await nextFrame()
    for (let token = 0; token < 2_000; token++) {
      run.arrive('word ')
      if (token % 20 === 0) await nextFrame()
    }
    run.settle('answered', { moment: 'disclosure' })
    await nextFrame()
    expect(screen.container.querySelector('.evenkeel-text')?.textContent).toHaveLength(10_000)
    expect(renders.parent).toBeGreaterThanOrEqual(4)
    expect(renders.parent).toBeLessThanOrEqual(6)
    expect(renders.commits).toBeLessThanOrEqual(6)
  })

  it('says what happens in its state, and gives a new object only then', async () => {
    const { asked, wrapper } = createScriptedEngine()
    const { result, rerender } = await renderHook(() => useAI(draftReply), { wrapper })
    const idle = result.current
    expect(idle).toMatchObject({
      phase: 'idle',
      outcome: null,
      level: 5,
      failure: null,
      moment: null,
      text: '',
    })
    await rerender()
    expect(result.current).toBe(idle)
    void idle.start(ticket)
    asked()[0]?.arrive('Hi')
    await vi.waitFor(() => expect(result.current.phase).toBe('streaming'))
    expect(result.current.text).toBe('Hi')
    asked()[0]?.settle('degraded', { failure: 'network', moment: 'template', step: 'template' })
    await vi.waitFor(() => expect(result.current.outcome).toBe('degraded'))
    expect(result.current).toMatchObject({ phase: 'settled', failure: 'network', moment: 'template' })
  })

  it('keeps the identity of its functions, so that they may be passed around', async () => {
    const { asked, wrapper } = createScriptedEngine()
    const { result } = await renderHook(() => useAI(draftReply), { wrapper })
    const { start, stop, regenerate, signal } = result.current
    const record = start(ticket)
    asked()[0]?.arrive('Hi')
    asked()[0]?.settle()
    await vi.waitFor(() => expect(result.current.phase).toBe('settled'))
    expect(result.current).toMatchObject({ start, stop, regenerate, signal })
    expect((await record).outcome).toBe('answered')
    expect(signal('accept')?.kind).toBe('accept')
    void regenerate()
    stop()
    await vi.waitFor(() => expect(result.current.outcome).toBe('stopped'))
  })

  it('asks once where an effect asks, under StrictMode', async () => {
    const { runs, engine } = createScriptedEngine()
    const onEffect = vi.fn()
    await render(strictly(engine, <AskAtOnce onEffect={onEffect} />))
    await nextFrame()
    expect(onEffect).toHaveBeenCalledTimes(2)
    const calls = runs.flatMap(({ log }) => log.map(({ call }) => call))
    expect(calls).toEqual(['start'])
  })

  it('asks twice where it is asked twice', async () => {
    const { runs, engine } = createScriptedEngine()
    const { getByRole } = await render(strictly(engine, <DraftReply onRender={() => {}} />))
    const button = getByRole('button', { name: 'Draft a reply' }).element() as HTMLButtonElement
    button.click()
    button.click()
    const calls = runs.flatMap(({ log }) => log.map(({ call }) => call))
    expect(calls).toEqual(['start', 'start'])
  })

  it('leaves its run when it unmounts, and listens no more', async () => {
    const { asked, wrapper } = createScriptedEngine()
    const { result, unmount } = await renderHook(() => useAI(draftReply), { wrapper })
    void result.current.start(ticket)
    await unmount()
    const [run] = asked()
    expect(run?.log.at(-1)).toEqual({ call: 'leave' })
    expect(run?.listenerCount).toBe(0)
  })

  it('leaves the run of a feature when it is given another feature', async () => {
    const { asked, wrapper } = createScriptedEngine()
    const other = defineFeature<Ticket, string>({ ...draftReply, id: 'summarise' })
    const { result, rerender } = await renderHook(
      (feature: Feature<Ticket, string> = draftReply) => useAI(feature),
      {
        wrapper,
      },
    )
    void result.current.start(ticket)
    await rerender(other)
    await nextFrame()
    expect(asked()[0]?.log.at(-1)).toEqual({ call: 'leave' })
    expect(result.current).toMatchObject({ phase: 'idle' })
    expect(result.current.store.feature.id).toBe('summarise')
  })

  it('keeps the answer through a hot reload, and asks the new definition', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { asked, features, wrapper } = createScriptedEngine()
    const { result, rerender } = await renderHook(
      (feature: Feature<Ticket, string> = draftReply) => useAI(feature),
      {
        wrapper,
      },
    )
    void result.current.start(ticket)
    asked()[0]?.arrive('Before the reload')
    const reloaded = defineDraftReply('/api/v2/draft-reply')
    await rerender(reloaded)
    asked()[0]?.arrive(', and after it')
    asked()[0]?.settle()
    expect(result.current.text).toBe('Before the reload, and after it')
    void result.current.regenerate()
    expect(features.at(-1)).toBe(reloaded)
    expect(asked().at(-1)?.log).toEqual([{ call: 'start', input: ticket }])
    asked().at(-1)?.arrive('New')
    await vi.waitFor(() => expect(result.current).toMatchObject({ phase: 'streaming', text: 'New' }))
  })

  it('keeps its run where the feature is defined inside the component', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { runs, wrapper } = createScriptedEngine()
    const { container, rerender, getByRole } = await render(<Careless />, { wrapper })
    await getByRole('button', { name: 'Draft a reply' }).click()
    const asked = runs.find(({ log }) => log.length > 0)
    asked?.arrive('Still ')
    await rerender(<Careless />)
    await nextFrame()
    asked?.arrive('here')
    await nextFrame()
    expect(container.querySelector('.evenkeel-text')?.textContent).toBe('Still here')
    expect(asked?.log.map(({ call }) => call)).toEqual(['start'])
  })

  it("takes the feature's own input and output types", () => {
    const use = () => useAI(draftReply)
    expectTypeOf<ReturnType<typeof use>['start']>().parameter(0).toEqualTypeOf<Ticket>()
    expectTypeOf<ReturnType<typeof use>['output']>().toEqualTypeOf<string | null>()
  })
})

/** StrictMode at the root, for only there does it run the first effects twice. */
function strictly(engine: RunMaker, app: ReactNode): ReactNode {
  return (
    <StrictMode>
      <EngineContext.Provider value={engine}>{app}</EngineContext.Provider>
    </StrictMode>
  )
}

function DraftReply({ onRender }: { readonly onRender: () => void }) {
  const run = useAI(draftReply)
  onRender()
  return (
    <section>
      <button type="button" onClick={() => run.start(ticket)}>
        Draft a reply
      </button>
      <StreamedText run={run} />
      <Notice run={run} />
      <FeedbackBar run={run} />
    </section>
  )
}

function AskAtOnce({ onEffect }: { readonly onEffect: () => void }) {
  const { start } = useAI(draftReply)
  useEffect(() => {
    onEffect()
    void start({ customer: 'Anna' })
  }, [start, onEffect])
  return null
}

function Careless() {
  const run = useAI(defineDraftReply())
  return (
    <section>
      <button type="button" onClick={() => run.start(ticket)}>
        Draft a reply
      </button>
      <StreamedText run={run} />
    </section>
  )
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}

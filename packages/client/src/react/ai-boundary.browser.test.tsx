import { defineFeature } from '@evenkeel/shared'
import { StrictMode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import type { Run } from '../run/run.ts'
import { answerReply } from '../testing/replies.ts'
import { createScriptedRun } from '../testing/scripted-run.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { AIBoundary } from './ai-boundary.tsx'
import { StreamedText } from './streamed-text.tsx'
import { useRunText } from './use-run-text.ts'

const draftReply = defineFeature<string>({
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [
    { step: 'model', url: '/api/ai/draft-reply' },
    { step: 'template', render: () => 'A template.' },
  ],
})

/** Draws an answer and throws at the word that it cannot draw. */
function Fragile({ run }: { readonly run: Run }) {
  const text = useRunText(run)
  if (text.includes('BOOM')) throw new TypeError('cannot draw a secret')
  return <p style={{ height: 120, margin: 0 }}>{text}</p>
}

const FALLBACK = <a href="/templates">Choose a template</a>

const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))

beforeEach(() => {
  // React tells the console of every error that a boundary catches.
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('<AIBoundary>', () => {
  it('shows the fallback in place of an answer that cannot be drawn, and the run ends as a bug', async () => {
    const run = createScriptedRun(draftReply)
    const screen = await render(
      <AIBoundary run={run} fallback={FALLBACK}>
        <Fragile run={run} />
      </AIBoundary>,
    )
    void run.start('a ticket')
    run.arrive('Hello ')
    await frame()
    await expect.element(screen.getByText('Hello')).toBeVisible()
    run.arrive('BOOM')
    await frame()
    await expect.element(screen.getByText('Choose a template')).toBeVisible()
    expect(screen.container.textContent).not.toContain('Hello')
    expect(run.state).toMatchObject({
      phase: 'settled',
      outcome: 'omitted',
      failure: 'bug',
      moment: 'omitted',
    })
  })

  it('keeps the height of what was there, so that nothing below moves', async () => {
    const run = createScriptedRun(draftReply)
    const screen = await render(
      <div>
        <AIBoundary run={run} fallback={FALLBACK}>
          <Fragile run={run} />
        </AIBoundary>
        <hr data-testid="below" />
      </div>,
    )
    const top = () => screen.getByTestId('below').element().getBoundingClientRect().top
    void run.start('a ticket')
    run.arrive('Hello ')
    await frame()
    const before = top()
    run.arrive('BOOM')
    await frame()
    await expect.element(screen.getByText('Choose a template')).toBeVisible()
    expect(top()).toBe(before)
  })

  it('keeps the focus in its place when what had it cannot be drawn any more', async () => {
    const run = createScriptedRun(draftReply)
    const screen = await render(
      <AIBoundary run={run} fallback={FALLBACK} className="place">
        <Fragile run={run} />
        <button type="button">Inside</button>
      </AIBoundary>,
    )
    void run.start('a ticket')
    run.arrive('Hello ')
    await frame()
    screen.container.querySelector('button')?.focus()
    run.arrive('BOOM')
    await frame()
    await expect.element(screen.getByText('Choose a template')).toBeVisible()
    expect(document.activeElement).toBe(screen.container.querySelector('.place'))
  })

  it('draws anew when the run starts anew, and can fail again', async () => {
    const run = createScriptedRun(draftReply)
    const screen = await render(
      <StrictMode>
        <AIBoundary run={run} fallback={FALLBACK}>
          <Fragile run={run} />
        </AIBoundary>
      </StrictMode>,
    )
    for (let round = 0; round < 2; round += 1) {
      void run.start('a ticket')
      run.arrive('fine ')
      await frame()
      await expect.element(screen.getByText('fine')).toBeVisible()
      expect(screen.container.querySelector('a')).toBeNull()
      run.arrive('BOOM')
      await frame()
      await expect.element(screen.getByText('Choose a template')).toBeVisible()
    }
    expect(run.log.filter(({ call }) => call === 'bug')).toHaveLength(2)
    await screen.unmount()
    expect(run.listenerCount).toBe(0)
  })

  it('shows nothing where there is no fallback, and draws what another run gives', async () => {
    const [run, other] = [createScriptedRun(draftReply), createScriptedRun(draftReply)]
    const panel = (shown: Run) => (
      <AIBoundary run={shown}>
        <Fragile run={shown} />
      </AIBoundary>
    )
    const screen = await render(panel(run))
    void run.start('a ticket')
    run.arrive('BOOM')
    await frame()
    expect(screen.container.textContent).toBe('')
    void other.start('a ticket')
    other.arrive('Another')
    await screen.rerender(panel(other))
    await frame()
    await expect.element(screen.getByText('Another')).toBeVisible()
  })

  it('takes <StreamedText> in, which the page goes on showing when the boundary has nothing to catch', async () => {
    const run = createScriptedRun(draftReply)
    const screen = await render(
      <AIBoundary run={run} fallback={FALLBACK}>
        <StreamedText run={run} />
      </AIBoundary>,
    )
    void run.start('a ticket')
    run.arrive('Hello BOOM')
    run.settle('answered')
    await frame()
    await expect.element(screen.getByText('Hello BOOM')).toBeVisible()
  })
})

describe('a run of the engine whose answer cannot be drawn', () => {
  async function draw(texts: readonly string[], everyMs: number) {
    const kit = createTestEngine()
    kit.server.on('/api/ai/draft-reply', answerReply(texts, { everyMs }))
    const run = kit.engine.createRun(draftReply)
    const screen = await render(
      <AIBoundary run={run} fallback={FALLBACK}>
        <Fragile run={run} />
      </AIBoundary>,
    )
    return { ...kit, run, screen }
  }

  it('is over at once: the request is given up, and no template is shown to nobody', async () => {
    const { run, clock, records, server, bugs, screen } = await draw(['Hello ', 'BOOM', ' more'], 50)
    const settled = run.start('a ticket')
    await clock.advance(110)
    await frame()
    await expect.element(screen.getByText('Choose a template')).toBeVisible()
    expect(await settled).toMatchObject({ outcome: 'omitted', fallbackCause: 'failure' })
    expect(records).toHaveLength(1)
    expect(records[0]?.attempts).toMatchObject([
      { failure: 'bug', detail: 'drawing the answer threw TypeError' },
    ])
    expect(server.requests[0]?.isAborted).toBe(true)
    expect(bugs.map(([where]) => where)).toEqual(["drawing the answer of feature 'draft-reply'"])
    expect(JSON.stringify(records)).not.toContain('secret')
    expect(clock.pendingTimers).toBe(0)
  })

  it('that had settled has its record sent again, as one that was omitted', async () => {
    const { run, clock, records, screen } = await draw(['Hello ', 'BOOM'], 0)
    await run.start('a ticket')
    await clock.advance(1_000)
    await frame()
    await expect.element(screen.getByText('Choose a template')).toBeVisible()
    await clock.advance(0)
    expect(records.map(({ outcome }) => outcome)).toEqual(['answered', 'omitted'])
    const [first, second] = records
    expect(second).toMatchObject({ runId: first?.runId, spanId: first?.spanId, answerLength: 10 })
    expect(second?.attempts[0]).toMatchObject({
      failure: 'bug',
      detail: 'drawing the answer threw TypeError',
    })
    expect(second?.settledMs).toBeGreaterThan(first?.settledMs ?? Number.POSITIVE_INFINITY)
    expect(run.state).toMatchObject({ outcome: 'omitted', failure: 'bug', moment: 'omitted' })
  })
})

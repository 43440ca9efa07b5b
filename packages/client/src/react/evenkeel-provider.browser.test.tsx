import { type Deck, defineFeature, type RunRecord, type Words } from '@evenkeel/shared'
import { ar, de } from '@evenkeel/shared/decks'
import { StrictMode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import { createScriptedRun } from '../testing/scripted-run.ts'
import type { RunMaker } from './context.ts'
import { EvenkeelProvider } from './evenkeel-provider.tsx'
import { FeedbackBar } from './feedback-bar.tsx'
import { Notice } from './notice.tsx'
import { StreamedText } from './streamed-text.tsx'
import { useAI } from './use-ai.ts'

const greeting = defineFeature<string>({
  id: 'greeting',
  interaction: 'synchronous',
  ladder: [{ step: 'template', render: (name) => `Hello ${name}.` }],
})

function Greeting() {
  const run = useAI(greeting)
  return (
    <section>
      <button type="button" onClick={() => run.start('Anna')}>
        Greet
      </button>
      <StreamedText run={run} />
      <output>{run.runId}</output>
    </section>
  )
}

describe('<EvenkeelProvider>', () => {
  it('keeps its engine, and what it shows, when options written inline are the same', async () => {
    const records: RunRecord[] = []
    const app = () => (
      <StrictMode>
        <EvenkeelProvider
          sandbox
          environment="test"
          propagateTo={[]}
          onRun={(record) => records.push(record)}
        >
          <Greeting />
        </EvenkeelProvider>
      </StrictMode>
    )
    const screen = await render(app())
    await screen.getByRole('button', { name: 'Greet' }).click()
    await expect.element(screen.getByText('Hello Anna.')).toBeVisible()
    await screen.rerender(app())
    await expect.element(screen.getByText('Hello Anna.')).toBeVisible()
    await screen.getByRole('button', { name: 'Greet' }).click()
    await vi.waitFor(() => expect(records).toHaveLength(2))
    expect(new Set(records.map(({ sessionId }) => sessionId)).size).toBe(1)
  })

  it('sends nothing of one user once another is signed in, and nothing is held back where a name becomes known', async () => {
    const sent: string[] = []
    const app = (user: string | null, build = '1') => (
      <EvenkeelProvider
        user={user}
        build={build}
        fetch={async (_url, init) => {
          sent.push(String(init?.body))
          return Response.json({})
        }}
      >
        <Greeting />
      </EvenkeelProvider>
    )
    const greet = () => screen.getByRole('button', { name: 'Greet' }).click()
    const screen = await render(app(null))
    await greet()
    await screen.rerender(app('anna'))
    await greet()
    await screen.rerender(app('anna', '2'))
    await vi.waitFor(() => expect(sent.join()).toContain('"anna"'), { timeout: 4_000 })
    expect(sent.join()).toContain('"stringValue":"1"')
    sent.length = 0
    await greet()
    await screen.rerender(app('ben', '2'))
    await greet()
    await vi.waitFor(() => expect(sent.join()).toContain('"ben"'), { timeout: 4_000 })
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(sent.join()).not.toContain('"anna"')
  })

  it('makes a new engine for another user, and shows nothing of the one before', async () => {
    const records: RunRecord[] = []
    const app = (user: string) => (
      <EvenkeelProvider sandbox user={user} onRun={(record) => records.push(record)}>
        <Greeting />
      </EvenkeelProvider>
    )
    const screen = await render(app('anna'))
    await screen.getByRole('button', { name: 'Greet' }).click()
    await expect.element(screen.getByText('Hello Anna.')).toBeVisible()
    await screen.rerender(app('ben'))
    expect(screen.container.querySelector('.evenkeel-text')?.textContent).toBe('')
    await screen.getByRole('button', { name: 'Greet' }).click()
    await vi.waitFor(() => expect(records.map(({ user }) => user)).toEqual(['anna', 'ben']))
  })

  it("takes an engine of the product's own", async () => {
    const asked: string[] = []
    const engine: RunMaker = {
      createRun(feature) {
        asked.push(feature.id)
        return createScriptedRun(feature)
      },
    }
    await render(
      <EvenkeelProvider engine={engine}>
        <Greeting />
      </EvenkeelProvider>,
    )
    expect(asked).toEqual(['greeting'])
  })

  it('may be left out', async () => {
    const screen = await render(<Greeting />)
    await screen.getByRole('button', { name: 'Greet' }).click()
    await expect.element(screen.getByText('Hello Anna.')).toBeVisible()
  })

  it('gives its words to every component beneath, which may have others', async () => {
    const run = createScriptedRun(greeting)
    const screen = await render(
      <EvenkeelProvider sandbox words={{ slow: 'Einen Augenblick.', 'feedback.up': 'Gute Antwort' }}>
        <Notice run={run} />
        <FeedbackBar run={run} words={{ 'feedback.copy': 'Kopieren' }} />
      </EvenkeelProvider>,
    )
    void run.start('Anna')
    run.arrive('Hallo')
    run.settle('answered', { moment: 'slow' })
    await expect.element(screen.getByText('Einen Augenblick.')).toBeVisible()
    await expect.element(screen.getByRole('button', { name: 'Gute Antwort' })).toBeVisible()
    await expect.element(screen.getByRole('button', { name: 'Kopieren' })).toBeVisible()
    await expect.element(screen.getByRole('button', { name: 'Bad answer' })).toBeVisible()
  })

  it('speaks the language of its deck, and changes it under a run without asking anew', async () => {
    const records: RunRecord[] = []
    const Told = () => {
      const run = useAI(greeting)
      return (
        <>
          <button type="button" onClick={() => void run.start('Anna')}>
            Ask
          </button>
          <StreamedText run={run} />
          <FeedbackBar run={run} />
          <p data-testid="notice">{run.notice}</p>
        </>
      )
    }
    const page = (deck: Deck, words: Words = {}) => (
      <EvenkeelProvider sandbox deck={deck} words={words} onRun={(record) => void records.push(record)}>
        <Told />
      </EvenkeelProvider>
    )
    const screen = await render(page(de))
    await screen.getByRole('button', { name: 'Ask' }).click()
    await expect.element(screen.getByText('Hello Anna.')).toBeVisible()
    await expect.element(screen.getByTestId('notice')).toHaveTextContent(de.template ?? '')
    await screen.rerender(page(ar, { 'feedback.up': 'ممتازة' }))
    await expect.element(screen.getByTestId('notice')).toHaveTextContent(ar.template ?? '')
    await expect.element(screen.getByRole('button', { name: 'ممتازة' })).toBeVisible()
    await expect.element(screen.getByText('Hello Anna.')).toBeVisible()
    await screen.getByRole('button', { name: 'Ask' }).click()
    await expect.poll(() => records.length).toBe(2)
    const decks = records.map(({ moments }) => new Set(moments.map(({ deck }) => deck)))
    expect(decks).toEqual([new Set(['greeting/de']), new Set(['greeting/ar'])])
  })
})

import { defineFeature, NO_CONTROLS, RUN_MOMENTS } from '@evenkeel/shared'
import { ar, de, en } from '@evenkeel/shared/decks'
import axe from 'axe-core'
import { describe, expect, it } from 'vitest'
import { render } from 'vitest-browser-react'
import { EvenkeelProvider } from '../src/react/evenkeel-provider.tsx'
import { FeedbackBar } from '../src/react/feedback-bar.tsx'
import { Notice } from '../src/react/notice.tsx'
import { StreamedText } from '../src/react/streamed-text.tsx'
import { createScriptedRun } from '../src/testing/scripted-run.ts'

const draftReply = defineFeature<string>({
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [{ step: 'model', url: '/api/ai/draft-reply' }, { step: 'omit' }],
})

const THREE_DAYS_MS = 3 * 86_400_000

describe.each([
  ['English', en, 'ltr', '3 days ago', 'Thank you for your message.'],
  ['German', de, 'ltr', 'vor 3 Tagen', 'Danke für Ihre Nachricht.'],
  ['Arabic', ar, 'rtl', /قبل (3|٣) أيام/, 'شكرًا على رسالتك.'],
] as const)('in %s', (_name, deck, dir, age, answer) => {
  async function renderPanel(widthPx: number) {
    const run = createScriptedRun(draftReply)
    const screen = await render(
      <EvenkeelProvider sandbox deck={deck}>
        <main
          dir={dir}
          lang={deck.locale}
          style={{ boxSizing: 'border-box', inlineSize: widthPx, padding: 16, font: '16px/1.5 sans-serif' }}
        >
          <h1>{deck['feedback.ask']}</h1>
          <StreamedText run={run} />
          <Notice run={run} />
          <FeedbackBar run={run} />
        </main>
      </EvenkeelProvider>,
    )
    const place = (name: string) => {
      const found = screen.container.querySelector(name)
      if (found === null) throw new Error(`no ${name}`)
      return found
    }
    return { run, screen, place }
  }

  it.each([320, 900])('every moment has its words and its room, %d px wide', async (widthPx) => {
    const { run, place } = await renderPanel(widthPx)
    void run.start('a ticket')
    run.arrive(answer)
    for (const moment of RUN_MOMENTS) {
      run.settle('degraded', { moment, ageMs: null })
      const words = moment === 'cached' ? deck['cached.plain'] : deck[moment]
      await expect.poll(() => place('.evenkeel-notice').textContent).toBe(words)
      // Its line is reserved; a second one would move what stands below.
      expect([moment, place('.evenkeel-notice').getBoundingClientRect().height]).toEqual([moment, 20])
      for (const name of ['main', '.evenkeel-notice', '.evenkeel-answer', '.evenkeel-feedback']) {
        const { scrollWidth, clientWidth } = place(name)
        expect([moment, name, scrollWidth - clientWidth]).toEqual([moment, name, 0])
      }
    }
  })

  it('the age of an answer is told in the same language', async () => {
    const { run, place } = await renderPanel(600)
    run.show({ moment: 'cached', ageMs: THREE_DAYS_MS })
    await expect.poll(() => place('.evenkeel-notice').textContent).toMatch(age)
    expect(place('.evenkeel-notice').textContent).not.toMatch(/[{}]/)
  })

  it("the feedback bar and the screen reader's lines have its words too, and axe finds nothing", async () => {
    const { run, screen, place } = await renderPanel(320)
    void run.start('a ticket')
    run.arrive(answer)
    run.settle('answered', { moment: 'disclosure' })
    await screen.getByRole('button', { name: deck['feedback.down'] ?? '', exact: true }).click()
    await screen.getByRole('button', { name: deck['feedback.reasons.latency'] ?? '', exact: true }).click()
    await expect.poll(() => place('.evenkeel-said').textContent).toBe(deck['feedback.thanks'])
    await expect.poll(() => place('.evenkeel-status').textContent).toBe(deck['answer.ready'])
    const chips = [...screen.container.querySelectorAll('.evenkeel-reasons button')].map(
      (chip) => chip.textContent,
    )
    for (const chip of chips) expect(Object.values(deck)).toContain(chip)
    expect(chips).toHaveLength(7)
    const { violations } = await axe.run(screen.container)
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  })
})

it("an operator's words take the place of the moment's, but never of the disclosure", async () => {
  const run = {
    ...createScriptedRun(draftReply),
    controls: { ...NO_CONTROLS, notice: 'Wir arbeiten daran.' },
  }
  const at = (moment: 'slow' | 'disclosure') => ({ ...run, state: { ...run.state, moment } })
  const notices = (moment: 'slow' | 'disclosure') => (
    <EvenkeelProvider sandbox deck={de}>
      <Notice run={at(moment)} />
    </EvenkeelProvider>
  )
  const screen = await render(notices('slow'))
  await expect.element(screen.getByRole('status')).toHaveTextContent('Wir arbeiten daran.')
  await screen.rerender(notices('disclosure'))
  await expect.element(screen.getByRole('status')).toHaveTextContent(de.disclosure ?? '')
})

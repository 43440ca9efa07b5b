import { defineFeature, encodeRunCode } from '@evenkeel/shared'
import { ar, de } from '@evenkeel/shared/decks'
import { virtual } from '@guidepup/virtual-screen-reader'
import axe from 'axe-core'
import { afterEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { EvenkeelProvider } from '../src/react/evenkeel-provider.tsx'
import { FeedbackBar } from '../src/react/feedback-bar.tsx'
import { FeedbackComment } from '../src/react/feedback-comment.tsx'
import { RunCode } from '../src/react/run-code.tsx'
import { createScriptedRun } from '../src/testing/scripted-run.ts'

const draftReply = defineFeature<string>({
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [{ step: 'model', url: '/api/ai/draft-reply' }, { step: 'omit' }],
})

const LIGHT = { background: '#fff', color: '#1c2024' }
const DARK = { background: '#15181c', color: '#e6e8eb' }

/** A bar with everything that it may have, under an answer that was rated down. */
async function renderBar(style: React.CSSProperties = LIGHT, deck?: typeof ar | typeof de) {
  const run = createScriptedRun(draftReply)
  const screen = await render(
    <EvenkeelProvider {...(deck && { deck })}>
      <main dir={deck === ar ? 'rtl' : 'ltr'} style={{ padding: 16, font: '16px/1.5 sans-serif', ...style }}>
        <FeedbackBar run={run}>
          {(feedback) => (
            <>
              <FeedbackComment feedback={feedback} />
              <RunCode run={run} />
            </>
          )}
        </FeedbackBar>
      </main>
    </EvenkeelProvider>,
  )
  void run.start('a ticket')
  run.arrive('Hi Anna.')
  run.settle('answered')
  await expect.poll(() => screen.container.querySelectorAll('button').length).toBeGreaterThan(3)
  screen.container.querySelectorAll('button')[1]?.click()
  await expect.element(screen.getByRole('textbox')).toBeVisible()
  return { run, screen, code: encodeRunCode(run.state.runId ?? '') }
}

describe('a feedback bar with comments and a code', () => {
  afterEach(async () => {
    await virtual.stop()
    await page.viewport(1_000, 600)
  })

  it('is gone through by keyboard in the order that the eye reads, and used by it', async () => {
    const { run, screen, code } = await renderBar()
    const names: (string | null)[] = []
    screen.container.querySelector('button')?.focus()
    for (let index = 0; index < 14; index += 1) {
      const { activeElement } = document
      if (!screen.container.contains(activeElement)) break
      names.push(activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? null)
      await userEvent.keyboard('{Tab}')
    }
    expect(names).toEqual([
      'Good answer',
      'Bad answer',
      'Try again',
      'Copy',
      'Not correct',
      'Refused too much',
      'Should have refused',
      'Too slow',
      'Too private',
      'Missed something',
      'Something else',
      'What would have been better?',
      'Send',
      `Copy the code of this answer: ${code}`,
    ])
    screen.getByRole('button', { name: 'Too slow' }).element().focus()
    await userEvent.keyboard(' ')
    screen.getByRole('textbox').element().focus()
    await userEvent.keyboard('Ten seconds{Enter}')
    const said = run.log.flatMap((each) => (each.call === 'signal' ? [each.signal] : [])).at(-1)
    expect(said).toMatchObject({ kind: 'thumbs', value: -1, reasons: ['latency'], comment: 'Ten seconds' })
  })

  it('is read out so that each part says what it is and in which state', async () => {
    const { screen, code } = await renderBar()
    await virtual.start({ container: screen.container })
    while ((await virtual.lastSpokenPhrase()) !== 'end of main') await virtual.next()
    const heard = await virtual.spokenPhraseLog()
    const order = [
      'group, Was this answer helpful?',
      'button, Good answer, not pressed',
      'button, Bad answer, pressed',
      'group, What was wrong?',
      'button, Not correct, not pressed',
      'button, Send',
    ]
    const places = order.map((phrase) => heard.findIndex((each) => each.startsWith(phrase)))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places).not.toContain(-1)
    expect(heard.find((each) => each.includes(code))).toMatch(/^button, Copy the code of this answer/)
    expect(heard.find((each) => each.startsWith('textbox'))).toMatch(/What would have been better\?/)
  })

  it.each([
    ['light', 1_000, LIGHT, undefined],
    ['dark', 1_000, DARK, undefined],
    ['narrow', 320, LIGHT, de],
    ['narrow, dark and from right to left', 320, DARK, ar],
  ] as const)(
    'has no flaw that axe knows, and does not run out of the page: %s',
    async (name, widthPx, style, deck) => {
      await page.viewport(widthPx, 400)
      const { screen } = await renderBar(style, deck)
      expect((await axe.run(screen.container)).violations).toEqual([])
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(widthPx)
      await page.screenshot({ element: screen.container, path: `../../../.cache/feedback-bar/${name}.png` })
    },
  )
})

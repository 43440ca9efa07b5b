import { defineFeature, encodeRunCode } from '@evenkeel/shared'
import axe from 'axe-core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { createScriptedRun } from '../testing/scripted-run.ts'
import { FeedbackBar } from './feedback-bar.tsx'
import { FeedbackComment } from './feedback-comment.tsx'
import { RunCode } from './run-code.tsx'

const draftReply = defineFeature<string>({
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [{ step: 'model', url: '/api/ai/draft-reply' }, { step: 'omit' }],
})

afterEach(() => vi.restoreAllMocks())

async function renderBar() {
  const run = createScriptedRun(draftReply)
  const onSubmit = vi.fn((event: { preventDefault(): void }) => event.preventDefault())
  const screen = await render(
    <form onSubmit={onSubmit}>
      <FeedbackBar run={run}>
        {(feedback) => (
          <>
            <FeedbackComment feedback={feedback} />
            <RunCode run={run} />
          </>
        )}
      </FeedbackBar>
      <p data-testid="below">What stands below</p>
    </form>,
  )
  const topPx = () => screen.getByTestId('below').element().getBoundingClientRect().top
  const beforePx = topPx()
  void run.start('a ticket')
  run.arrive('An answer.')
  run.settle('answered')
  const thumbs = () =>
    run.log.flatMap((each) => (each.call === 'signal' && each.signal.kind === 'thumbs' ? [each.signal] : []))
  return { run, screen, thumbs, onSubmit, movedPx: () => topPx() - beforePx }
}

describe('what a feedback bar may have besides', () => {
  it('is in a row that was reserved: nothing moves', async () => {
    const { screen, movedPx } = await renderBar()
    await screen.getByRole('button', { name: 'Bad answer' }).click()
    await expect.element(screen.getByRole('textbox')).toBeVisible()
    expect(movedPx()).toBe(0)
  })

  it('moves nothing inside the bar either, on a page whose boxes all count their borders', async () => {
    const reset = document.createElement('style')
    reset.textContent = '* { box-sizing: border-box }'
    document.head.append(reset)
    const { screen, movedPx } = await renderBar()
    const codePx = () =>
      screen
        .getByRole('button', { name: /Copy the code/ })
        .element()
        .getBoundingClientRect().top
    await expect.element(screen.getByRole('button', { name: /Copy the code/ })).toBeVisible()
    const beforePx = codePx()
    await screen.getByRole('button', { name: 'Good answer' }).click()
    expect(codePx()).toBe(beforePx)
    await screen.getByRole('button', { name: 'Bad answer' }).click()
    await screen.getByRole('button', { name: 'Too slow' }).click()
    expect([codePx(), movedPx()]).toEqual([beforePx, 0])
    reset.remove()
  })

  it('thanks for words in their own place, until others are written', async () => {
    const { screen } = await renderBar()
    await screen.getByRole('button', { name: 'Bad answer' }).click()
    const field = screen.getByRole('textbox')
    await field.fill('Wrong sum')
    await userEvent.keyboard('{Enter}')
    await expect.element(field).toHaveAttribute('placeholder', 'Thank you.')
    expect(
      screen
        .getByRole('status')
        .elements()
        .map(({ textContent }) => textContent),
    ).toEqual(['Thank you.', 'Thank you.', ''])
    await field.fill('And late')
    await expect.element(field).toHaveAttribute('placeholder', 'What would have been better?')
  })

  it('keeps words that were begun on one answer from the next', async () => {
    const { run, screen } = await renderBar()
    await screen.getByRole('button', { name: 'Bad answer' }).click()
    await screen.getByRole('textbox').fill('Wrong sum')
    void run.regenerate()
    run.arrive('Another.')
    run.settle('answered')
    await screen.getByRole('button', { name: 'Bad answer' }).click()
    await expect.element(screen.getByRole('textbox')).toHaveValue('')
  })

  it('asks for words only after a thumb, and says them with the thumb and its reasons', async () => {
    const { screen, thumbs, onSubmit } = await renderBar()
    expect(screen.container.querySelector('input')).toBeNull()
    await screen.getByRole('button', { name: 'Bad answer' }).click()
    await screen.getByRole('button', { name: 'Not correct' }).click()
    await screen.getByRole('textbox', { name: 'What would have been better?' }).fill('The invoice number')
    await userEvent.keyboard('{Enter}')
    expect(thumbs().at(-1)).toMatchObject({
      value: -1,
      reasons: ['hallucination'],
      comment: 'The invoice number',
    })
    await expect.element(screen.getByRole('textbox')).toHaveValue('')
    expect(onSubmit).not.toHaveBeenCalled()
  })

  it('keeps the words when a reason is added, and takes them back with the thumb', async () => {
    const { screen, thumbs } = await renderBar()
    await screen.getByRole('button', { name: 'Bad answer' }).click()
    await screen.getByRole('textbox').fill('Wrong sum')
    await userEvent.keyboard('{Enter}')
    await screen.getByRole('button', { name: 'Too slow' }).click()
    expect(thumbs().at(-1)).toMatchObject({ value: -1, reasons: ['latency'], comment: 'Wrong sum' })
    await screen.getByRole('button', { name: 'Bad answer' }).click()
    expect(thumbs().at(-1)).toMatchObject({ value: 0, comment: null })
  })

  it('says nothing where nothing was written', async () => {
    const { screen, thumbs } = await renderBar()
    await screen.getByRole('button', { name: 'Good answer' }).click()
    await screen.getByRole('textbox').fill('   ')
    await screen.getByRole('button', { name: 'Send' }).click()
    expect(thumbs()).toHaveLength(1)
  })

  it('hands on what the product has buttons of its own for, and nothing where there is no answer', async () => {
    const run = createScriptedRun(draftReply)
    const screen = await render(
      <FeedbackBar run={run}>
        {({ accept, dismiss, report }) => (
          <>
            <button type="button" onClick={accept}>
              Take it
            </button>
            <button type="button" onClick={dismiss}>
              Away with it
            </button>
            <button type="button" onClick={report}>
              Report
            </button>
          </>
        )}
      </FeedbackBar>,
    )
    void run.start('a ticket')
    run.arrive('An answer.')
    run.settle('answered')
    await expect.element(screen.getByRole('button', { name: 'Take it' })).toBeVisible()
    const own = ['Take it', 'Away with it', 'Report'].map((name) =>
      screen.getByRole('button', { name }).element(),
    )
    const press = () => {
      for (const button of own) (button as HTMLButtonElement).click()
    }
    const told = () => run.log.flatMap((each) => (each.call === 'signal' ? [each.signal.kind] : []))
    press()
    expect(told()).toEqual(['accept', 'dismiss', 'report'])
    void run.regenerate()
    await expect.poll(() => screen.container.querySelector('[aria-disabled]')).not.toBeNull()
    press()
    expect(told()).toHaveLength(3)
  })

  it('shows the code of the answer and copies it', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    const { run, screen } = await renderBar()
    const code = encodeRunCode(run.state.runId ?? '')
    const button = screen.getByRole('button', { name: `Copy the code of this answer: ${code}` })
    await expect.element(button).toHaveTextContent(code)
    await button.click()
    expect(write).toHaveBeenCalledWith(code)
    await expect.element(screen.getByText('Copied.')).toBeVisible()
    void run.regenerate()
    run.arrive('Another.')
    run.settle('answered')
    await expect.element(screen.getByText(encodeRunCode(run.state.runId ?? ''))).toBeVisible()
    await expect.element(screen.getByText('Copied.')).not.toBeInTheDocument()
  })

  it('says that a code was copied only where it was', async () => {
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('no'))
    const { screen } = await renderBar()
    await screen.getByRole('button', { name: /Copy the code/ }).click()
    await expect.element(screen.getByText('Copied.')).not.toBeInTheDocument()
  })

  it('has no flaw that axe knows', async () => {
    const { screen } = await renderBar()
    await screen.getByRole('button', { name: 'Bad answer' }).click()
    expect((await axe.run(screen.container)).violations).toEqual([])
  })
})

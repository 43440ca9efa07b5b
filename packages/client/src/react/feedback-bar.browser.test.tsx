import { defineFeature, TRIAGE_REASONS } from '@evenkeel/shared'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { createScriptedRun, type ScriptedRun } from '../testing/scripted-run.ts'
import { FeedbackBar } from './feedback-bar.tsx'

const draftReply = defineFeature<string>({
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [{ step: 'model', url: '/api/ai/draft-reply' }, { step: 'omit' }],
})

afterEach(() => vi.restoreAllMocks())

/** A bar under an answer, and something below it that must not move. */
async function renderBar(props: Partial<Parameters<typeof FeedbackBar>[0]> = {}) {
  const run = createScriptedRun(draftReply)
  const screen = await render(
    <div>
      <FeedbackBar run={run} {...props} />
      <p data-testid="below">What stands below</p>
    </div>,
  )
  const button = (name: string) => screen.getByRole('button', { name, exact: true })
  const belowPx = () => screen.getByTestId('below').element().getBoundingClientRect().top
  return { run, screen, button, belowPx }
}

function answer(run: ScriptedRun<string>, text = 'An answer.'): void {
  void run.start('a ticket')
  run.arrive(text)
  run.settle('answered')
}

function thumbs(run: ScriptedRun<string>) {
  return run.log.flatMap((each) =>
    each.call === 'signal' && each.signal.kind === 'thumbs' ? [[each.signal.value, each.signal.reasons]] : [],
  )
}

describe('<FeedbackBar>', () => {
  it('asks nothing before there is an answer', async () => {
    const { run, screen } = await renderBar()
    expect(screen.container.querySelectorAll('button')).toHaveLength(0)
    void run.start('a ticket')
    run.arrive('An answer that is still being')
    expect(screen.container.querySelectorAll('button')).toHaveLength(0)
    run.settle('answered')
    await expect.element(screen.getByRole('button', { name: 'Good answer' })).toBeVisible()
  })

  it('moves nothing when it appears, when the reasons appear and when it says thank you', async () => {
    const { run, button, belowPx } = await renderBar()
    const beforePx = belowPx()
    answer(run)
    await expect.element(button('Bad answer')).toBeVisible()
    expect(belowPx()).toBe(beforePx)
    await button('Bad answer').click()
    await button('Not correct').click()
    expect(belowPx()).toBe(beforePx)
  })

  it('records a thumbs-up and takes it back', async () => {
    const { run, button } = await renderBar()
    answer(run)
    await button('Good answer').click()
    await expect.element(button('Good answer')).toHaveAttribute('aria-pressed', 'true')
    await button('Good answer').click()
    await expect.element(button('Good answer')).toHaveAttribute('aria-pressed', 'false')
    expect(thumbs(run)).toEqual([
      [1, []],
      [0, []],
    ])
  })

  it('asks what was wrong after a thumbs-down, and records each reason as it is chosen', async () => {
    const { run, screen, button } = await renderBar()
    answer(run)
    await button('Bad answer').click()
    await expect.element(screen.getByRole('group', { name: 'What was wrong?' })).toBeVisible()
    await button('Not correct').click()
    await button('Too slow').click()
    await button('Not correct').click()
    await expect.element(button('Too slow')).toHaveAttribute('aria-pressed', 'true')
    expect(thumbs(run)).toEqual([
      [-1, []],
      [-1, ['hallucination']],
      [-1, ['hallucination', 'latency']],
      [-1, ['latency']],
    ])
  })

  it('changes a thumbs-down into a thumbs-up and drops its reasons', async () => {
    const { run, screen, button } = await renderBar()
    answer(run)
    await button('Bad answer').click()
    await button('Too slow').click()
    await button('Good answer').click()
    await expect.element(button('Bad answer')).toHaveAttribute('aria-pressed', 'false')
    expect(screen.container.querySelector('.evenkeel-reasons')).toBeNull()
    expect(thumbs(run).at(-1)).toEqual([1, []])
  })

  it('has a word, or silence on purpose, for every reason of the triage', async () => {
    const { run, screen, button } = await renderBar({ words: { 'feedback.reasons.cost': 'Not worth it' } })
    answer(run)
    await button('Bad answer').click()
    await expect.element(button('Not worth it')).toBeVisible()
    const chips = screen.container.querySelectorAll('.evenkeel-reasons button')
    expect(chips).toHaveLength(TRIAGE_REASONS.length - 1)
  })

  it("offers the app's own reasons in their order", async () => {
    const { run, screen, button } = await renderBar({
      reasons: ['tone', 'other'],
      words: { 'feedback.reasons.tone': 'Wrong tone' },
    })
    answer(run)
    await button('Bad answer').click()
    await expect.element(button('Wrong tone')).toBeVisible()
    const chips = [...screen.container.querySelectorAll('.evenkeel-reasons button')]
    expect(chips.map((chip) => chip.textContent)).toEqual(['Wrong tone', 'Something else'])
  })

  it('says thank you politely', async () => {
    const { run, screen, button } = await renderBar()
    answer(run)
    await expect.element(button('Good answer')).toBeVisible()
    expect(screen.getByRole('status').element().textContent).toBe('')
    await button('Good answer').click()
    await expect.element(screen.getByRole('status')).toHaveTextContent('Thank you.')
  })

  it('copies the answer and records it', async () => {
    const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    const { run, screen, button } = await renderBar()
    answer(run, 'Hi Anna.')
    await button('Copy').click()
    await expect.element(screen.getByRole('status')).toHaveTextContent('Copied.')
    expect(written).toHaveBeenCalledExactlyOnceWith('Hi Anna.')
    expect(run.log.at(-1)).toMatchObject({ call: 'signal', signal: { kind: 'copy' } })
  })

  it('records no copy where the browser refuses one', async () => {
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('', 'NotAllowedError'))
    const { run, screen, button } = await renderBar()
    answer(run)
    await button('Copy').click()
    await button('Good answer').click()
    await expect.element(screen.getByRole('status')).toHaveTextContent('Thank you.')
    expect(run.log.filter((each) => each.call === 'signal')).toHaveLength(1)
  })

  it('keeps the focus where it is when the answer is asked for again', async () => {
    const { run, button, screen } = await renderBar()
    answer(run)
    await button('Try again').click()
    expect(run.log.at(-1)).toEqual({ call: 'regenerate' })
    await expect.element(button('Try again')).toHaveFocus()
    await expect.element(button('Good answer')).toHaveAttribute('aria-disabled', 'true')
    run.settle('omitted')
    await expect.element(button('Try again')).toHaveFocus()
    ;(button('Good answer').element() as HTMLButtonElement).click()
    expect(thumbs(run)).toEqual([])
    await userEvent.click(screen.getByTestId('below'))
    expect(getComputedStyle(screen.getByRole('group', { includeHidden: true }).element()).visibility).toBe(
      'hidden',
    )
  })

  it('forgets what was said of the answer before', async () => {
    const { run, button } = await renderBar()
    answer(run, 'First.')
    await button('Good answer').click()
    answer(run, 'Second.')
    await expect.element(button('Good answer')).toHaveAttribute('aria-pressed', 'false')
  })

  it.each(['omitted', 'disabled', 'abandoned'] as const)(
    'asks nothing of a run that is %s',
    async (outcome) => {
      const { run, screen } = await renderBar()
      void run.start('a ticket')
      run.settle(outcome)
      await nextFrame()
      expect(screen.container.querySelectorAll('button')).toHaveLength(0)
    },
  )

  it('takes feedback on what was shown before a stop, and none where nothing was', async () => {
    const { run, screen, button } = await renderBar()
    void run.start('a ticket')
    run.stop()
    await nextFrame()
    expect(screen.container.querySelectorAll('button')).toHaveLength(0)
    void run.start('a ticket')
    run.arrive('Half')
    run.stop()
    await expect.element(button('Good answer')).toBeVisible()
  })

  it('is walked with the keyboard in the order that the eye reads', async () => {
    const { run, button } = await renderBar({ reasons: ['hallucination', 'latency'] })
    answer(run)
    await expect.element(button('Good answer')).toBeVisible()
    const walked: (string | null)[] = []
    const step = async () => {
      await userEvent.tab()
      const at = document.activeElement
      walked.push(at?.getAttribute('aria-label') ?? at?.textContent ?? null)
    }
    await step()
    await step()
    await userEvent.keyboard(' ')
    for (let index = 0; index < 4; index++) await step()
    expect(walked).toEqual(['Good answer', 'Bad answer', 'Try again', 'Copy', 'Not correct', 'Too slow'])
    await userEvent.keyboard('{Enter}')
    await expect.element(button('Too slow')).toHaveAttribute('aria-pressed', 'true')
    expect(thumbs(run).at(-1)).toEqual([-1, ['latency']])
  })

  it('shows where the focus is', async () => {
    const { run, button } = await renderBar()
    answer(run)
    await expect.element(button('Good answer')).toBeVisible()
    await userEvent.tab()
    const { outlineStyle, outlineWidth } = getComputedStyle(button('Good answer').element())
    expect([outlineStyle, outlineWidth]).toEqual(['solid', '2px'])
  })

  it('gives every button a target of at least 24 px, even where the root font is small', async () => {
    document.documentElement.style.fontSize = '10px'
    const { run, screen, button } = await renderBar()
    answer(run)
    await button('Bad answer').click()
    for (const each of screen.container.querySelectorAll('button')) {
      const { width, height } = each.getBoundingClientRect()
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(24)
    }
    document.documentElement.style.fontSize = ''
  })

  it('reads from right to left where the page does', async () => {
    const run = createScriptedRun(draftReply)
    const screen = await render(
      <div dir="rtl" style={{ inlineSize: '300px' }}>
        <FeedbackBar run={run} />
      </div>,
    )
    answer(run)
    await expect.element(screen.getByRole('button', { name: 'Copy' })).toBeVisible()
    const leftPx = (name: string) =>
      screen.getByRole('button', { name }).element().getBoundingClientRect().left
    expect(leftPx('Good answer')).toBeGreaterThan(leftPx('Bad answer'))
    expect(leftPx('Bad answer')).toBeGreaterThan(leftPx('Copy'))
  })

  it('stays in one row of reasons in a narrow place, which can be scrolled', async () => {
    const run = createScriptedRun(draftReply)
    const screen = await render(
      <div style={{ inlineSize: '240px' }}>
        <FeedbackBar run={run} />
      </div>,
    )
    answer(run)
    await screen.getByRole('button', { name: 'Bad answer' }).click()
    const row = screen.getByRole('group', { name: 'What was wrong?' }).element()
    expect(row.scrollWidth).toBeGreaterThan(row.clientWidth)
    expect(screen.container.querySelector('.evenkeel-feedback')?.getBoundingClientRect().width).toBe(240)
  })
})

function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}

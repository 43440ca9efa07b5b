import { defineFeature } from '@evenkeel/shared'
import { virtual } from '@guidepup/virtual-screen-reader'
import axe from 'axe-core'
import { afterEach, describe, expect, it } from 'vitest'
import { render } from 'vitest-browser-react'
import { StreamedMarkdown } from '../src/markdown/streamed-markdown.tsx'
import { FeedbackBar } from '../src/react/feedback-bar.tsx'
import { Notice } from '../src/react/notice.tsx'
import { StreamedText } from '../src/react/streamed-text.tsx'
import { createScriptedRun } from '../src/testing/scripted-run.ts'

const draftReply = defineFeature<string>({
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [{ step: 'model', url: '/api/ai/draft-reply' }, { step: 'omit' }],
})

async function renderPanel(style: React.CSSProperties = {}, dir: 'ltr' | 'rtl' = 'ltr') {
  const run = createScriptedRun(draftReply)
  const screen = await render(
    <main dir={dir} style={{ padding: 16, font: '16px/1.5 sans-serif', ...style }}>
      <h1>Reply</h1>
      <StreamedText run={run} />
      <Notice run={run} />
      <FeedbackBar run={run} />
    </main>,
  )
  return { run, screen }
}

describe('a screen reader', () => {
  afterEach(() => virtual.stop())

  it('hears that writing began, that the answer is ready and what may be said of it, and no token', async () => {
    const { run, screen } = await renderPanel()
    await virtual.start({ container: screen.container })
    void run.start('a ticket')
    run.show({ moment: 'waiting' })
    await nextFrame()
    for (const word of ['Hi ', 'Anna, ', 'thank ', 'you.']) {
      run.arrive(word)
      run.show({ moment: null })
      await nextFrame()
    }
    run.settle('answered', { moment: 'disclosure' })
    await nextFrame()
    await nextFrame()
    const heard = (await virtual.spokenPhraseLog()).filter(isSaidLive)
    expect(heard.filter((phrase, index) => phrase !== heard[index - 1])).toEqual([
      'polite: One moment.',
      'polite: Writing an answer.',
      'polite: Written by AI.',
      'polite: The answer is ready.',
    ])
  })

  it('reads the answer, the notice and the feedback in the order that the eye does', async () => {
    const { run, screen } = await renderPanel()
    void run.start('a ticket')
    run.arrive('Hi Anna.\n\nThank you.')
    run.settle('answered', { moment: 'disclosure' })
    await screen.getByRole('button', { name: 'Bad answer' }).click()
    await virtual.start({ container: screen.container })
    while ((await virtual.lastSpokenPhrase()) !== 'end of main') await virtual.next()
    expect(await virtual.spokenPhraseLog()).toEqual([
      'main',
      'heading, Reply, level 1',
      'not busy',
      'Hi Anna.',
      'Thank you.',
      'end, not busy',
      'status',
      'The answer is ready.',
      'end of status',
      'status',
      'Written by AI.',
      'end of status',
      'group, Was this answer helpful?',
      'button, Good answer, not pressed',
      'button, Bad answer, pressed',
      'button, Try again',
      'button, Copy',
      'status',
      'Thank you.',
      'end of status',
      'group, What was wrong?',
      'button, Not correct, not pressed',
      'button, Refused too much, not pressed',
      'button, Should have refused, not pressed',
      'button, Too slow, not pressed',
      'button, Too private, not pressed',
      'button, Missed something, not pressed',
      'button, Something else, not pressed',
      'end of group, What was wrong?',
      'end of group, Was this answer helpful?',
      'end of main',
    ])
  })
})

describe('a screen reader in markdown', () => {
  afterEach(() => virtual.stop())

  it('meets headings, lists, links, tables and code as what they are, and a copy button with its name', async () => {
    const run = createScriptedRun(draftReply)
    const screen = await render(
      <main>
        <StreamedMarkdown run={run} />
      </main>,
    )
    void run.start('a ticket')
    run.arrive('## Refund\n\nSee [the terms](https://example.com).\n\n- [x] paid\n- two\n\n')
    await nextFrame()
    run.arrive('```ts\nrefund(1)\n```\n\n| a |\n| - |\n| 1 |\n')
    run.settle('answered')
    await nextFrame()
    await virtual.start({ container: screen.container })
    while ((await virtual.lastSpokenPhrase()) !== 'end of main') await virtual.next()
    expect(await virtual.spokenPhraseLog()).toEqual([
      'main',
      'not busy',
      'heading, Refund, level 2',
      'paragraph',
      'See',
      'link, the terms',
      '.',
      'end of paragraph',
      'list',
      'listitem, level 1, position 1, set size 2',
      'checkbox, Done, checked, disabled',
      'paid',
      'end of listitem, level 1, position 1, set size 2',
      'listitem, level 1, position 2, set size 2',
      'two',
      'end of listitem, level 1, position 2, set size 2',
      'end of list',
      'ts',
      'status',
      'button, Copy code',
      'code',
      'refund(1)',
      'end of code',
      'table',
      'rowgroup',
      'row, a',
      'columnheader, a',
      'end of row, a',
      'end of rowgroup',
      'rowgroup',
      'row, 1',
      'cell, 1',
      'end of row, 1',
      'end of rowgroup',
      'end of table',
      'end, not busy',
      'status',
      'The answer is ready.',
      'end of status',
      'end of main',
    ])
  })
})

// A change of silence to silence is told as an empty phrase; one change may be told twice.
function isSaidLive(phrase: string): boolean {
  return /^(polite|assertive): ./.test(phrase)
}

describe('axe', () => {
  it.each([
    ['light', { color: '#222', backgroundColor: '#fff' }, 'ltr'],
    ['dark', { color: '#ddd', backgroundColor: '#111' }, 'ltr'],
    ['right to left', { color: '#222', backgroundColor: '#fff' }, 'rtl'],
  ] as const)('finds nothing in any phase, %s', async (_name, style, dir) => {
    const { run, screen } = await renderPanel(style, dir)
    const problems = async () => {
      await nextFrame()
      const { violations } = await axe.run(screen.container)
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
    }
    expect(await problems()).toEqual([])
    void run.start('a ticket')
    run.show({ moment: 'slow' })
    expect(await problems()).toEqual([])
    run.arrive('Hi Anna.')
    expect(await problems()).toEqual([])
    run.settle('degraded', { moment: 'limited' })
    await screen.getByRole('button', { name: 'Bad answer' }).click()
    await screen.getByRole('button', { name: 'Not correct' }).click()
    expect(await problems()).toEqual([])
    void run.regenerate()
    run.settle('omitted', { moment: 'omitted' })
    expect(await problems()).toEqual([])
  })
})

function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}

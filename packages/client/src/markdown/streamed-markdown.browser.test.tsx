import { defineFeature } from '@evenkeel/shared'
import axe from 'axe-core'
import { Profiler, StrictMode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { EvenkeelProvider } from '../react/evenkeel-provider.tsx'
import { createScriptedRun } from '../testing/scripted-run.ts'
import { SNIPPETS } from './documents-for-tests.ts'
import type { Highlighter } from './highlight.ts'
import { renderMarkdown } from './render-markdown.ts'
import { StreamedMarkdown } from './streamed-markdown.tsx'

const draftReply = defineFeature<string>({
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [{ step: 'model', url: '/api/ai/draft-reply' }, { step: 'omit' }],
})

const ANSWER = SNIPPETS.join('\n\n')

describe('<StreamedMarkdown>', () => {
  it('shows what arrives, in the next frame', async () => {
    const run = createScriptedRun(draftReply)
    const { container } = await render(<StreamedMarkdown run={run} />)
    void run.start('a ticket')
    run.arrive('Hello **the')
    run.arrive('re')
    expect(markdownOf(container).innerHTML).toBe('')
    await nextFrame()
    expect(markdownOf(container).innerHTML).toBe('<p dir="auto">Hello <strong>there</strong></p>')
  })

  it('changes the page once a frame and renders nothing, for a long answer', async () => {
    const run = createScriptedRun(draftReply)
    let renders = 0
    const { container } = await render(
      <Profiler id="all" onRender={() => void renders++}>
        <StreamedMarkdown run={run} />
      </Profiler>,
    )
    renders = 0
    void run.start('a ticket')
    const commits = await countCommits(container, async () => {
      for (let from = 0; from < ANSWER.length; from += 7) {
        run.arrive(ANSWER.slice(from, from + 7))
        if (from % 16 === 0) await tick()
      }
      run.settle()
      await nextFrame()
    })
    expect(commits.total).toBeGreaterThan(3)
    expect(commits.mostInAFrame).toBe(1)
    expect(renders).toBe(0)
    expectWhole(container, ANSWER)
  })

  it('ends with the content that the whole text has, in the frame that says it is settled', async () => {
    const run = createScriptedRun(draftReply)
    const { container } = await render(<StreamedMarkdown run={run} />)
    void run.start('a ticket')
    run.arrive('an **open')
    await nextFrame()
    expect(markdownOf(container).querySelector('strong')).not.toBeNull()
    run.settle()
    await nextFrame()
    expectWhole(container, 'an **open')
    expect(container.querySelector('[data-evenkeel-phase=settled]')).not.toBeNull()
    expect(markdownOf(container).getAttribute('aria-busy')).toBe('false')
  })

  it('draws a settled answer in its first paint, and survives StrictMode', async () => {
    const run = createScriptedRun(draftReply)
    void run.start('a ticket')
    run.arrive(ANSWER)
    run.settle()
    const { container, unmount } = await render(
      <StrictMode>
        <StreamedMarkdown run={run} />
      </StrictMode>,
    )
    expectWhole(container, ANSWER)
    await unmount()
    expect(run.listenerCount).toBe(0)
  })

  it('catches up with a block that is too long for every frame', async () => {
    const run = createScriptedRun(draftReply)
    const { container } = await render(<StreamedMarkdown run={run} />)
    void run.start('a ticket')
    run.arrive('word '.repeat(4_000))
    await nextFrame()
    run.arrive('and more')
    await nextFrame()
    await vi.waitFor(() => expect(container.textContent).toContain('and more'))
  })

  it('replaces a partial answer, keeps its height, and spares what the user has selected', async () => {
    const run = createScriptedRun(draftReply)
    const { container } = await render(<StreamedMarkdown run={run} style={{ lineHeight: '20px' }} />)
    void run.start('a ticket')
    run.arrive('- one\n- two\n- three\n\n'.repeat(6))
    await nextFrame()
    const heightPx = container.firstElementChild?.getBoundingClientRect().height
    getSelection()?.selectAllChildren(markdownOf(container))
    expect(run.replace('Short.')).toBe(false)
    getSelection()?.removeAllRanges()
    expect(run.replace('**Short.**')).toBe(true)
    run.settle('degraded')
    await nextFrame()
    expectWhole(container, '**Short.**')
    expect(container.firstElementChild?.getBoundingClientRect().height).toBeCloseTo(heightPx ?? 0, 0)
  })

  it('keeps the focus in its place when the link that had it goes with the answer', async () => {
    const run = createScriptedRun(draftReply)
    const { container } = await render(<StreamedMarkdown run={run} />)
    void run.start('a ticket')
    run.arrive('See [the page](https://example.com).')
    run.settle()
    await nextFrame()
    container.querySelector('a')?.focus()
    void run.regenerate()
    await nextFrame()
    expect(container.querySelector('a')).toBeNull()
    expect(document.activeElement).toBe(container.querySelector('.evenkeel-answer'))
  })

  it('does not move when blocks out of sight are skipped', async () => {
    const run = createScriptedRun(draftReply)
    const { container } = await render(<StreamedMarkdown run={run} style={{ marginBlockStart: 4_000 }} />)
    void run.start('a ticket')
    const heights: number[] = []
    for (const snippet of [...SNIPPETS, ...SNIPPETS]) {
      run.arrive(`${snippet}\n\n`)
      await nextFrame()
      heights.push(markdownOf(container).getBoundingClientRect().height)
    }
    const skipped = () =>
      [...markdownOf(container).children].filter(
        (block) => getComputedStyle(block).contentVisibility === 'auto',
      )
    expect(skipped().length).toBeGreaterThan(20)
    run.arrive('The end.')
    await vi.waitFor(() => expect(markdownOf(container).textContent).toMatch(/The end\.$/))
    await nextFrame()
    const before = markdownOf(container).getBoundingClientRect().height
    run.settle()
    await nextFrame()
    expectWhole(container, `${[...SNIPPETS, ...SNIPPETS].join('\n\n')}\n\nThe end.`)
    expect(skipped()).toEqual([])
    expect(markdownOf(container).getBoundingClientRect().height).toBeCloseTo(before, 0)
    for (const [index, height] of heights.entries()) {
      if (index > 0) expect(height).toBeGreaterThanOrEqual((heights[index - 1] ?? 0) - 1)
    }
  })

  it('draws anew when an option changes, and not when one is only written anew', async () => {
    const run = createScriptedRun(draftReply)
    void run.start('a ticket')
    run.arrive('![chart](https://images.example/x.png) [a](https://example.com)\n\nend')
    const highlight = vi.fn<Highlighter>(() => null)
    const { container, rerender } = await render(
      <StreamedMarkdown run={run} allowedImageHosts={[]} highlight={(...code) => highlight(...code)} />,
    )
    const block = markdownOf(container).firstElementChild
    await rerender(
      <StreamedMarkdown
        run={run}
        allowedImageHosts={[]}
        highlight={(...code) => highlight(...code)}
        words={{}}
      />,
    )
    expect(markdownOf(container).firstElementChild).toBe(block)
    await rerender(<StreamedMarkdown run={run} target="_blank" words={{ 'image.hidden': 'Bild' }} />)
    expect(markdownOf(container).querySelector('a')?.target).toBe('_blank')
  })

  it('tells a screen reader that writing began and that the answer is ready, and nothing between', async () => {
    const run = createScriptedRun(draftReply)
    const { container } = await render(<StreamedMarkdown run={run} />)
    const said: (string | null)[] = []
    const status = container.querySelector('.evenkeel-answer > [role=status]')
    if (status === null) throw new Error('There is no live region.')
    const observer = new MutationObserver(() => said.push(status.textContent))
    observer.observe(status, { childList: true, characterData: true, subtree: true })
    void run.start('a ticket')
    for (const word of ANSWER.slice(0, 300).split(' ')) {
      run.arrive(`${word} `)
      await nextFrame()
    }
    run.settle()
    await nextFrame()
    observer.disconnect()
    expect(said).toEqual(['Writing an answer.', 'The answer is ready.'])
  })

  it.each(['omitted', 'disabled'] as const)('shows the fallback of a run that is %s', async (outcome) => {
    const run = createScriptedRun(draftReply)
    const screen = await render(<StreamedMarkdown run={run} fallback={<a href="/t">Choose a template</a>} />)
    void run.start('a ticket')
    run.settle(outcome)
    await expect.element(screen.getByRole('link', { name: 'Choose a template' })).toBeVisible()
  })

  it('reads from right to left where its words do, and code never', async () => {
    const run = createScriptedRun(draftReply)
    const { container } = await render(<StreamedMarkdown run={run} />)
    void run.start('a ticket')
    run.arrive(
      'English.\n\nمرحبا **آنا**.\n\n- قائمة\n- ثانية\n\n```js\nمتغير\n```\n\n| سعر |\n| - |\n| ٥ |\n\n> اقتباس',
    )
    run.settle()
    await nextFrame()
    const directions = [...markdownOf(container).querySelectorAll('p, ul, li, pre, table, blockquote')].map(
      (block) => [block.localName, getComputedStyle(block).direction],
    )
    expect(directions).toEqual([
      ['p', 'ltr'],
      ['p', 'rtl'],
      ['ul', 'rtl'],
      ['li', 'rtl'],
      ['li', 'rtl'],
      ['pre', 'ltr'],
      ['table', 'rtl'],
      ['blockquote', 'rtl'],
      ['p', 'rtl'],
    ])
  })

  it.each([
    ['light', { color: '#222', backgroundColor: '#fff' }, 'ltr'],
    ['dark', { color: '#ddd', backgroundColor: '#111', colorScheme: 'dark' }, 'ltr'],
    ['right to left', { color: '#222', backgroundColor: '#fff' }, 'rtl'],
  ] as const)('is found nothing wrong with by axe, %s', async (_name, style, dir) => {
    const run = createScriptedRun(draftReply)
    const { container } = await render(
      <main dir={dir} style={{ padding: 16, inlineSize: 280, font: '16px/1.5 sans-serif', ...style }}>
        <h1>Reply</h1>
        <StreamedMarkdown run={run} />
      </main>,
    )
    const problems = async () => {
      await nextFrame()
      // The order of headings is the model's.
      const { violations } = await axe.run(container, { rules: { 'heading-order': { enabled: false } } })
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
    }
    const text = `${'# Two\n\n- [x] done\n- [ ] open\n\n```js\nconst a = 1 // '.padEnd(300, 'long ')}\n\`\`\`\n\n| a | b | c |\n| - | - | -: |\n| ${'wide '.repeat(20)} | b | c |\n\n![x](y) [a](https://example.com) \`code\`\n\n---\n\n> quote`
    void run.start('a ticket')
    run.arrive(text.slice(0, 200))
    expect(await problems()).toEqual([])
    run.arrive(text.slice(200))
    run.settle()
    expect(await problems()).toEqual([])
  })
})

describe('a code block', () => {
  async function renderCode(text: string) {
    const run = createScriptedRun(draftReply)
    void run.start('a ticket')
    run.arrive(text)
    const screen = await render(
      <EvenkeelProvider sandbox>
        <StreamedMarkdown run={run} />
      </EvenkeelProvider>,
    )
    return { run, screen }
  }

  it('is copied by the keyboard, and says so', async () => {
    const lines = Array.from({ length: 80 }, (_, index) => `line ${index} & <b>`).join('\n')
    const { run, screen } = await renderCode(`\`\`\`ts title="x"\n${lines}\n\`\`\`\n\nand more`)
    const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    await expect.element(screen.getByText('ts', { exact: true })).toBeVisible()
    await userEvent.tab()
    await expect.element(screen.getByRole('button', { name: 'Copy code' })).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    expect(written).toHaveBeenCalledExactlyOnceWith(lines)
    const said = screen.container.querySelector('.evenkeel-code [role=status]')
    await vi.waitFor(() => expect(said?.textContent).toBe('Copied.'))
    run.arrive(' and more')
    await nextFrame()
    expect(said?.textContent).toBe('Copied.')
    written.mockRestore()
  })

  it('says nothing where the browser refuses', async () => {
    const { screen } = await renderCode('```\ncode\n```\n\n')
    const written = vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('refused'))
    await screen.getByRole('button', { name: 'Copy code' }).click()
    await nextFrame()
    expect(screen.container.querySelector('.evenkeel-code [role=status]')?.textContent).toBe('')
    written.mockRestore()
  })

  it('keeps what it said while it grows', async () => {
    const { run, screen } = await renderCode('```\nlet a\n')
    const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    await screen.getByRole('button', { name: 'Copy code' }).click()
    run.arrive('let b\n')
    await nextFrame()
    expect(screen.container.querySelector('.evenkeel-code [role=status]')?.textContent).toBe('Copied.')
    expect(written).toHaveBeenCalledExactlyOnceWith('let a')
    written.mockRestore()
  })
})

function markdownOf(container: Element): HTMLElement {
  const element = container.querySelector<HTMLElement>('.evenkeel-markdown')
  if (element === null) throw new Error('There is no markdown.')
  return element
}

function expectWhole(container: Element, text: string): void {
  const whole = document.createElement('div')
  whole.append(renderMarkdown(text))
  expect(markdownOf(container).innerHTML).toBe(whole.innerHTML)
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}

function tick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 4))
}

/** How often the page was changed while `work` ran, and the most in one frame; the witness is a MutationObserver. */
async function countCommits(
  target: Element,
  work: () => Promise<void>,
): Promise<{ total: number; mostInAFrame: number }> {
  let total = 0
  let inFrame = 0
  let mostInAFrame = 0
  let running = true
  const observer = new MutationObserver(() => {
    total++
    inFrame++
    mostInAFrame = Math.max(mostInAFrame, inFrame)
  })
  observer.observe(target, { childList: true, characterData: true, attributes: true, subtree: true })
  const frame = () => {
    inFrame = 0
    if (running) requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  await work()
  running = false
  observer.disconnect()
  return { total, mostInAFrame }
}

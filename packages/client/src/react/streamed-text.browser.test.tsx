import { defineFeature } from '@evenkeel/shared'
import { Profiler, type ReactNode, StrictMode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import { createScriptedRun } from '../testing/scripted-run.ts'
import { StreamedText } from './streamed-text.tsx'

const draftReply = defineFeature<string>({
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [{ step: 'model', url: '/api/ai/draft-reply' }, { step: 'omit' }],
})

describe('<StreamedText>', () => {
  it('shows what arrives, in the next frame', async () => {
    const run = createScriptedRun(draftReply)
    const { container } = await render(<StreamedText run={run} />)
    void run.start('a ticket')
    run.arrive('Hello')
    run.arrive(' there')
    expect(textOf(container)).toBe('')
    await nextFrame()
    expect(textOf(container)).toBe('Hello there')
  })

  it('changes the page once a frame and renders nothing, for 2,000 tokens', async () => {
    const run = createScriptedRun(draftReply)
    let renders = 0
    const { container } = await render(
      <Profiler id="all" onRender={() => void renders++}>
        <StreamedText run={run} />
      </Profiler>,
    )
    renders = 0
    void run.start('a ticket')
    const commits = await countCommits(container, async () => {
      for (let token = 0; token < 2_000; token++) {
        run.arrive(token % 50 === 49 ? 'end.\n\n' : 'word ')
        if (token % 16 === 15) await tick()
      }
      run.settle()
      await nextFrame()
    })
    expect(textOf(container)).toBe(run.text)
    expect(commits.total).toBeGreaterThan(3)
    expect(commits.mostInAFrame).toBe(1)
    expect(renders).toBe(0)
  })

  it('is busy from the start of a run to its end', async () => {
    const run = createScriptedRun(draftReply)
    const { container } = await render(<StreamedText run={run} />)
    const seen = async () => {
      await nextFrame()
      const root = container.querySelector<HTMLElement>('.evenkeel-answer')
      return [root?.dataset.evenkeelPhase, root?.querySelector('[aria-busy]')?.getAttribute('aria-busy')]
    }
    expect(await seen()).toEqual(['idle', 'false'])
    void run.start('a ticket')
    expect(await seen()).toEqual(['waiting', 'true'])
    run.arrive('Hello')
    expect(await seen()).toEqual(['streaming', 'true'])
    run.settle()
    expect(await seen()).toEqual(['settled', 'false'])
  })

  it('shows the last text in the frame that says it is settled', async () => {
    const run = createScriptedRun(draftReply)
    const { container } = await render(<StreamedText run={run} />)
    void run.start('a ticket')
    run.arrive('Almost ')
    await nextFrame()
    run.arrive('done.')
    run.settle()
    await nextFrame()
    expect(textOf(container)).toBe('Almost done.')
    expect(container.querySelector('[data-evenkeel-phase=settled]')).not.toBeNull()
  })

  it('shows text that was there before it was mounted, in its first paint', async () => {
    const run = createScriptedRun(draftReply)
    void run.start('a ticket')
    run.arrive('Already here')
    const { container } = await render(<StreamedText run={run} />)
    expect(textOf(container)).toBe('Already here')
    expect(statusOf(container)).toBe('')
  })

  it('survives the double effects of StrictMode', async () => {
    const run = createScriptedRun(draftReply)
    const { container, unmount } = await render(
      <StrictMode>
        <StreamedText run={run} />
      </StrictMode>,
    )
    void run.start('a ticket')
    run.arrive('Once')
    await nextFrame()
    expect(textOf(container)).toBe('Once')
    await unmount()
    expect(run.listenerCount).toBe(0)
  })

  it('reserves the lines of its feature and does not shrink when a replacement is shorter', async () => {
    const run = createScriptedRun(draftReply)
    const { container } = await render(<StreamedText run={run} style={{ lineHeight: '20px' }} />)
    expect(heightOf(container)).toBe(80)
    void run.start('a ticket')
    run.arrive('line\n'.repeat(10))
    await nextFrame()
    expect(heightOf(container)).toBe(200)
    expect(run.replace('Short.')).toBe(true)
    run.settle('degraded')
    await nextFrame()
    expect(textOf(container)).toBe('Short.')
    expect(heightOf(container)).toBe(200)
  })

  it('keeps its height while a regenerated answer comes, and gives it back when asked once more', async () => {
    const run = createScriptedRun(draftReply)
    const { container } = await render(<StreamedText run={run} style={{ lineHeight: '20px' }} />)
    void run.start('a ticket')
    run.arrive('line\n'.repeat(10))
    run.settle()
    await nextFrame()
    void run.regenerate()
    await nextFrame()
    expect(textOf(container)).toBe('')
    expect(heightOf(container)).toBe(200)
    run.arrive('line\n'.repeat(6))
    run.settle()
    await nextFrame()
    expect(heightOf(container)).toBe(200)
    void run.regenerate()
    await nextFrame()
    expect(heightOf(container)).toBe(120)
  })

  it('does not let a replacement take what the user has selected', async () => {
    const run = createScriptedRun(draftReply)
    const { container } = await render(<StreamedText run={run} />)
    void run.start('a ticket')
    run.arrive('Words that somebody reads')
    await nextFrame()
    const block = container.querySelector('.evenkeel-text > div')
    if (block === null) throw new Error('No block was written.')
    getSelection()?.selectAllChildren(block)
    expect(run.replace('Other words')).toBe(false)
    getSelection()?.removeAllRanges()
    expect(run.replace('Other words')).toBe(true)
  })

  it('tells a screen reader that writing began and that the answer is ready, and nothing between', async () => {
    const run = createScriptedRun(draftReply)
    const { container } = await render(<StreamedText run={run} />)
    const said: (string | null)[] = []
    const status = container.querySelector('[role=status]')
    if (status === null) throw new Error('There is no live region.')
    const observer = new MutationObserver(() => said.push(status.textContent))
    observer.observe(status, { childList: true, characterData: true, subtree: true })
    void run.start('a ticket')
    for (let token = 0; token < 20; token++) {
      run.arrive('word ')
      await nextFrame()
    }
    run.settle()
    await nextFrame()
    observer.disconnect()
    expect(said).toEqual(['Writing an answer.', 'The answer is ready.'])
  })

  it('says the words it was given', async () => {
    const run = createScriptedRun(draftReply)
    const words = { 'answer.writing': null, 'answer.ready': 'Fertig.' }
    const { container } = await render(<StreamedText run={run} words={words} />)
    void run.start('a ticket')
    run.arrive('Hallo')
    await nextFrame()
    expect(statusOf(container)).toBe('')
    run.settle()
    await nextFrame()
    expect(statusOf(container)).toBe('Fertig.')
  })

  it.each(['omitted', 'disabled'] as const)('shows the fallback of a run that is %s', async (outcome) => {
    const run = createScriptedRun(draftReply)
    const fallback: ReactNode = <a href="/templates">Choose a template</a>
    const screen = await render(<StreamedText run={run} fallback={fallback} />)
    expect(screen.container.querySelector('a')).toBeNull()
    void run.start('a ticket')
    run.settle(outcome)
    await expect.element(screen.getByRole('link', { name: 'Choose a template' })).toBeVisible()
    expect(statusOf(screen.container)).toBe('')
    void run.regenerate()
    await vi.waitFor(() => expect(screen.container.querySelector('a')).toBeNull())
  })

  it.each(['omitted', 'disabled'] as const)(
    'moves nothing below it when it is %s, with a fallback that fits its lines and with none',
    async (outcome) => {
      for (const fallback of [
        <a key="a" href="/templates">
          Choose a template
        </a>,
        undefined,
      ]) {
        const run = createScriptedRun(draftReply)
        const screen = await render(
          <>
            <StreamedText run={run} fallback={fallback} />
            <hr />
          </>,
        )
        const below = () => screen.container.querySelector('hr')?.getBoundingClientRect().top
        const tops = [below()]
        void run.start('a ticket')
        await nextFrame()
        tops.push(below())
        run.settle(outcome)
        await nextFrame()
        tops.push(below())
        expect(new Set(tops).size).toBe(1)
        expect(tops[0]).toBeGreaterThan(40)
        await screen.unmount()
      }
    },
  )

  it('keeps the focus in its place when the fallback goes that had it, and takes none that it had not', async () => {
    const run = createScriptedRun(draftReply)
    const screen = await render(
      <>
        <button type="button">Elsewhere</button>
        <StreamedText
          run={run}
          fallback={
            <button type="button" onClick={() => void run.regenerate()}>
              Try once more
            </button>
          }
        />
      </>,
    )
    const omit = async () => {
      run.settle('omitted')
      await expect.element(screen.getByRole('button', { name: 'Try once more' })).toBeVisible()
    }
    void run.start('a ticket')
    await omit()
    await screen.getByRole('button', { name: 'Try once more' }).click()
    await vi.waitFor(() => expect(screen.container.querySelectorAll('button')).toHaveLength(1))
    expect(document.activeElement).toBe(screen.container.querySelector('.evenkeel-answer'))
    await omit()
    screen.container.querySelector('button')?.focus()
    void run.regenerate()
    await vi.waitFor(() => expect(screen.container.querySelectorAll('button')).toHaveLength(1))
    expect(document.activeElement?.textContent).toBe('Elsewhere')
  })

  it('passes class, style and element on, and keeps its own', async () => {
    const run = createScriptedRun(draftReply)
    const { container } = await render(
      <StreamedText run={run} as="blockquote" className="mine" style={{ color: 'red' }} />,
    )
    const root = container.querySelector('blockquote')
    expect(root?.className).toBe('evenkeel-answer mine')
    expect(root?.style.color).toBe('red')
    expect(root?.style.minBlockSize).toContain('4lh')
  })

  it('goes on where it was when its parent renders in between', async () => {
    const run = createScriptedRun(draftReply)
    const { container, rerender } = await render(<StreamedText run={run} className="a" />)
    void run.start('a ticket')
    run.arrive('One ')
    await nextFrame()
    const block = container.querySelector('.evenkeel-text > div')
    await rerender(<StreamedText run={run} className="b" />)
    run.arrive('two')
    await nextFrame()
    expect(textOf(container)).toBe('One two')
    expect(container.querySelector('.evenkeel-text > div')).toBe(block)
    expect(container.querySelector('[data-evenkeel-phase=streaming]')).not.toBeNull()
  })

  it('shows another run when it is given one', async () => {
    const [first, second] = [createScriptedRun(draftReply), createScriptedRun(draftReply)]
    const { container, rerender } = await render(<StreamedText run={first} />)
    void first.start('a ticket')
    first.arrive('First')
    await nextFrame()
    void second.start('a ticket')
    second.arrive('Second')
    await rerender(<StreamedText run={second} />)
    expect(textOf(container)).toBe('Second')
    first.arrive(' more')
    await nextFrame()
    expect(textOf(container)).toBe('Second')
  })
})

function textOf(container: Element): string {
  return container.querySelector('.evenkeel-text')?.textContent ?? 'no text element'
}

function statusOf(container: Element): string {
  return container.querySelector('.evenkeel-status')?.textContent ?? 'no status element'
}

function heightOf(container: Element): number {
  return container.querySelector('.evenkeel-answer')?.getBoundingClientRect().height ?? Number.NaN
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

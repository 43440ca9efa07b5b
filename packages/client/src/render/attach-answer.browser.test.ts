import { defineFeature } from '@evenkeel/shared'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createScriptedRun } from '../testing/scripted-run.ts'
import { attachAnswer } from './attach-answer.ts'
import { createFrameScheduler, type FrameHost } from './frame-scheduler.ts'

const draftReply = defineFeature<string>({
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [{ step: 'model', url: '/api/ai/draft-reply' }, { step: 'omit' }],
})

let root: HTMLElement
let text: HTMLElement

beforeEach(() => {
  root = document.createElement('section')
  text = document.createElement('div')
  root.append(text)
  document.body.append(root)
  return () => root.remove()
})

/** Frames that come when the test says, in a page that nobody can see. */
function createHiddenPage() {
  let onTimer: (() => void) | null = null
  const host: FrameHost = {
    requestFrame: () => 1,
    cancelFrame: () => {},
    setTimer(callback) {
      onTimer = callback
      return 1
    },
    clearTimer() {
      onTimer = null
    },
    isHidden: () => true,
    onError: vi.fn(),
  }
  return { frames: createFrameScheduler(host), timer: () => onTimer?.() }
}

describe('an answer attached to plain elements', () => {
  it('is written without React', async () => {
    const run = createScriptedRun(draftReply)
    const detach = attachAnswer(run, { root, text })
    void run.start('a ticket')
    run.arrive('Hello.\n\nThere.')
    run.settle()
    await nextFrame()
    expect(text.textContent).toBe('Hello.\n\nThere.')
    expect(root.dataset.evenkeelPhase).toBe('settled')
    expect(text.getAttribute('aria-busy')).toBe('false')
    detach()
  })

  it('is written to its end in a page that draws no frames', () => {
    const page = createHiddenPage()
    const run = createScriptedRun(draftReply)
    attachAnswer(run, { root, text }, { frames: page.frames })
    void run.start('a ticket')
    run.arrive('Hello')
    page.timer()
    expect(text.textContent).toBe('Hello')
    run.arrive(' there.')
    run.settle()
    page.timer()
    expect(text.textContent).toBe('Hello there.')
    expect(root.dataset.evenkeelPhase).toBe('settled')
  })

  it('stays where it is after a detach, and hears of nothing more', async () => {
    const run = createScriptedRun(draftReply)
    const detach = attachAnswer(run, { root, text })
    void run.start('a ticket')
    run.arrive('Hello')
    await nextFrame()
    run.arrive(' there')
    detach()
    run.arrive(', and more')
    await nextFrame()
    expect(text.textContent).toBe('Hello')
    expect(run.listenerCount).toBe(0)
    expect(run.replace('Other')).toBe(true)
  })

  it('is drawn a few times a second where its end is far below what is seen, and at once when it is whole', async () => {
    const run = createScriptedRun(draftReply)
    const detach = attachAnswer(run, { root, text })
    void run.start('a ticket')
    const drawn: string[] = []
    const observer = new MutationObserver(() => drawn.push(text.textContent))
    observer.observe(text, { subtree: true, childList: true, characterData: true })
    const arrive = async (frames: number, piece = 'A paragraph.\n\n'): Promise<number> => {
      drawn.length = 0
      for (let frame = 0; frame < frames; frame += 1) {
        run.arrive(piece)
        await nextFrame()
      }
      return drawn.length
    }
    expect(await arrive(12)).toBe(12)
    run.arrive('Another paragraph.\n\n'.repeat(400))
    await arrive(10)
    expect(text.getBoundingClientRect().bottom).toBeGreaterThan(1.25 * innerHeight)
    expect(await arrive(30)).toBeLessThan(12)
    run.arrive('The end.')
    await vi.waitFor(() => expect(text.textContent).toMatch(/The end\.$/))
    text.scrollIntoView({ block: 'end' })
    await arrive(30, '.')
    expect(await arrive(12, '.')).toBe(12)
    scrollTo(0, 0)
    await arrive(20)
    run.arrive('Whole.')
    run.settle()
    await nextFrame()
    expect(text.textContent).toMatch(/Whole\.$/)
    detach()
    scrollTo(0, 0)
  })

  it('costs what is new: no block that is closed is touched again', async () => {
    const run = createScriptedRun(draftReply)
    attachAnswer(run, { root, text })
    void run.start('a ticket')
    run.arrive('First paragraph.\n\nSecond')
    await nextFrame()
    run.arrive(' paragraph')
    await nextFrame()
    const touched = new Set<Node>()
    const observer = new MutationObserver((records) => {
      for (const { target } of records) touched.add(target)
    })
    const [first] = text.children
    if (first === undefined) throw new Error('No block was written.')
    observer.observe(first, { attributes: true, childList: true, characterData: true, subtree: true })
    for (let token = 0; token < 20; token++) {
      run.arrive(token % 5 === 0 ? 'end.\n\nNext' : ' word')
      await nextFrame()
    }
    observer.disconnect()
    expect(touched.size).toBe(0)
    expect(text.textContent).toBe(run.text)
  })
})

function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}

import { defineFeature } from '@evenkeel/shared'
import { StrictMode, useId } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server.browser'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { EvenkeelProvider, FeedbackBar, Notice, StreamedText, useAI } from '../src/index.ts'

const greeting = defineFeature<string>({
  id: 'greeting',
  interaction: 'synchronous',
  ladder: [{ step: 'template', render: (name) => `Hello ${name}.` }],
})

function Greeting() {
  const run = useAI(greeting)
  return (
    <section aria-labelledby={useId()}>
      <button type="button" onClick={() => run.start('Anna')}>
        Greet
      </button>
      <StreamedText run={run} />
      <Notice run={run} />
      <FeedbackBar run={run} />
    </section>
  )
}

const app = (
  <StrictMode>
    <EvenkeelProvider sandbox>
      <Greeting />
    </EvenkeelProvider>
  </StrictMode>
)

afterEach(() => vi.restoreAllMocks())

/** A page as a server sends it, in a frame of its own, taken over by React. */
async function hydrate(policy: string) {
  const complaint = vi.spyOn(console, 'error')
  const onRecoverableError = vi.fn()
  const frame = document.createElement('iframe')
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
  frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><div id="app">${renderToString(app)}</div>`
  document.body.append(frame)
  await loaded
  const container = frame.contentDocument?.getElementById('app')
  if (!container) throw new Error('The frame has no document.')
  const heightPx = container.getBoundingClientRect().height
  const root = hydrateRoot(container, app, { onRecoverableError })
  await nextFrame()
  await nextFrame()
  const styleOf = (selector: string) => {
    const element = container.querySelector(selector)
    if (element === null) throw new Error(`Nothing is ${selector}.`)
    return getComputedStyle(element)
  }
  const end = () => {
    root.unmount()
    frame.remove()
  }
  return { container, heightPx, complaint, onRecoverableError, styleOf, end }
}

describe('hydration', () => {
  it('takes the markup of the server over without a warning, and moves nothing', async () => {
    const { container, heightPx, complaint, onRecoverableError, end } = await hydrate('')
    expect(complaint).not.toHaveBeenCalled()
    expect(onRecoverableError).not.toHaveBeenCalled()
    expect(container.getBoundingClientRect().height).toBe(heightPx)
    container.querySelector('button')?.click()
    await vi.waitFor(() => expect(container.querySelector('.evenkeel-text')?.textContent).toBe('Hello Anna.'))
    end()
  })

  it('looks the same under a policy that forbids every inline style', async () => {
    const free = await hydrate('')
    const strict = await hydrate("style-src 'none'")
    for (const selector of ['.evenkeel-answer', '.evenkeel-notice', '.evenkeel-feedback']) {
      expect(free.styleOf(selector).minBlockSize).not.toBe('0px')
      expect(strict.styleOf(selector).minBlockSize).toBe(free.styleOf(selector).minBlockSize)
    }
    expect(strict.styleOf('.evenkeel-text').whiteSpace).toBe('pre-wrap')
    expect(strict.styleOf('.evenkeel-status').position).toBe('absolute')
    expect(strict.complaint).not.toHaveBeenCalled()
    free.end()
    strict.end()
  })
})

function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}

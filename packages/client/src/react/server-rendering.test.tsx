import { defineFeature } from '@evenkeel/shared'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { EvenkeelProvider, FeedbackBar, Notice, StreamedText, useAI, useRunText } from '../index.ts'

const draftReply = defineFeature<string>({
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [{ step: 'model', url: '/api/ai/draft-reply' }, { step: 'omit' }],
})

function DraftReply() {
  const run = useAI(draftReply)
  return (
    <section data-level={run.level} data-phase={run.phase}>
      <StreamedText run={run} fallback={<a href="/templates">Templates</a>} />
      <Notice run={run} />
      <FeedbackBar run={run} />
      <output>{useRunText(run)}</output>
    </section>
  )
}

afterEach(() => vi.restoreAllMocks())

describe('rendering on a server', () => {
  it('needs no document, asks nobody and warns of nothing', () => {
    expect(typeof document).toBe('undefined')
    const fetch = vi.spyOn(globalThis, 'fetch')
    const complaint = vi.spyOn(console, 'error')
    const markup = renderToString(
      <EvenkeelProvider environment="production" service="support-desk">
        <DraftReply />
      </EvenkeelProvider>,
    )
    expect(markup).toContain('data-phase="idle"')
    expect(fetch).not.toHaveBeenCalled()
    expect(complaint).not.toHaveBeenCalled()
  })

  it('gives the same markup every time, with every place reserved and nothing in it', () => {
    const markup = renderToString(<DraftReply />)
    expect(renderToString(<DraftReply />)).toBe(markup)
    expect(markup).toContain('min-block-size:max(4lh, var(--evenkeel-floor, 0px))')
    expect(markup.match(/min-block-size/g)).toHaveLength(3)
    expect(markup).not.toContain('<button')
    expect(markup).not.toContain('<a ')
  })
})

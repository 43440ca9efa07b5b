import { StrictMode, useEffect } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import {
  defineFeature,
  EvenkeelProvider,
  FeedbackBar,
  Notice,
  type RunRecord,
  type Signal,
  StreamedText,
  useAI,
} from '../src/index.ts'

interface Ticket {
  readonly customer: string
}

const draftReply = defineFeature<Ticket>({
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [
    { step: 'model', url: '/api/ai/draft-reply' },
    { step: 'template', render: (ticket) => `Hi ${ticket.customer}, thank you for writing.` },
    { step: 'omit' },
  ],
})

const ticket: Ticket = { customer: 'Anna' }

function DraftReply({ atOnce = false }: { readonly atOnce?: boolean }) {
  const run = useAI(draftReply)
  const { start } = run
  useEffect(() => {
    if (atOnce) void start(ticket)
  }, [atOnce, start])
  return (
    <section>
      <button type="button" onClick={() => run.start(ticket)}>
        Draft a reply
      </button>
      <StreamedText run={run} />
      <Notice run={run} />
      <FeedbackBar run={run} />
    </section>
  )
}

/** A server whose answers are written by the test, as the AI SDK's UI message stream. */
function createServer() {
  const requests: {
    readonly init: RequestInit
    readonly send: (part: object | '[DONE]') => void
    readonly cut: () => void
  }[] = []
  const fetch = vi.fn<typeof globalThis.fetch>((_url, init = {}) => {
    const encoder = new TextEncoder()
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const writer = writable.getWriter()
    const send = (part: object | '[DONE]') => {
      const data = typeof part === 'string' ? part : JSON.stringify(part)
      writer.write(encoder.encode(`data: ${data}\n\n`)).catch(() => {})
    }
    requests.push({ init, send, cut: () => void writer.close().catch(() => {}) })
    init.signal?.addEventListener('abort', () => void writer.abort().catch(() => {}))
    return Promise.resolve(
      new Response(readable, {
        headers: { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' },
      }),
    )
  })
  const last = () => {
    const request = requests.at(-1)
    if (request === undefined) throw new Error('Nothing was asked.')
    return request
  }
  const begin = () => {
    last().send({ type: 'start' })
    last().send({ type: 'text-start', id: '0' })
  }
  const say = (delta: string) => last().send({ type: 'text-delta', id: '0', delta })
  const finish = () => {
    last().send({ type: 'text-end', id: '0' })
    last().send({ type: 'finish', finishReason: 'stop' })
    last().send('[DONE]')
    last().cut()
  }
  return { fetch, requests, last, begin, say, finish }
}

async function renderProduct(atOnce = false) {
  const server = createServer()
  const records: RunRecord[] = []
  const signals: Signal[] = []
  const screen = await render(
    <StrictMode>
      <EvenkeelProvider
        sandbox
        fetch={server.fetch}
        onRun={(record) => records.push(record)}
        onSignal={(signal) => signals.push(signal)}
      >
        <DraftReply atOnce={atOnce} />
      </EvenkeelProvider>
    </StrictMode>,
  )
  const text = () => screen.container.querySelector('.evenkeel-text')?.textContent
  const button = (name: string) => screen.getByRole('button', { name })
  return { server, records, signals, screen, text, button }
}

afterEach(() => vi.restoreAllMocks())

describe('a feature in a product', () => {
  it('streams an answer, hears a thumbs-down with a reason, and asks again', async () => {
    const { server, records, signals, text, button, screen } = await renderProduct()
    await button('Draft a reply').click()
    server.begin()
    server.say('Hi Anna,')
    await vi.waitFor(() => expect(text()).toBe('Hi Anna,'))
    server.say('\n\nwe have refunded one payment.')
    server.finish()
    await button('Bad answer').click()
    await button('Not correct').click()
    await expect.element(screen.getByText('Written by AI.')).toBeVisible()
    await button('Try again').click()
    expect(text()).toBe('')
    server.begin()
    server.say('Dear Anna.')
    server.finish()
    await vi.waitFor(() => expect(records).toHaveLength(2))
    await vi.waitFor(() => expect(text()).toBe('Dear Anna.'))
    const [first, second] = records
    expect(records.map(({ outcome }) => outcome)).toEqual(['answered', 'answered'])
    expect(signals.map(({ kind, value, reasons, runId }) => [kind, value, reasons, runId])).toEqual([
      ['thumbs', -1, [], first?.runId],
      ['thumbs', -1, ['hallucination'], first?.runId],
      ['regenerate', null, [], first?.runId],
    ])
    expect(signals[1]?.signalId).toBe(signals[0]?.signalId)
    expect(signals[2]?.replacedBy).toBe(second?.runId)
  })

  it('paints the first text within a frame of its arrival', async () => {
    const { server, text, button } = await renderProduct()
    await button('Draft a reply').click()
    server.begin()
    await nextFrame()
    server.say('Hi')
    // The stream hands the bytes over in tasks of its own; they arrive in this frame, and are painted in the next.
    await nextFrame()
    await nextFrame()
    expect(text()).toBe('Hi')
  })

  it('sends one request where an effect asks, under StrictMode', async () => {
    const { server } = await renderProduct(true)
    await nextFrame()
    expect(server.requests).toHaveLength(1)
    expect(server.last().init.signal?.aborted).toBe(false)
  })

  it('aborts its request when it unmounts', async () => {
    const { server, records, button, screen } = await renderProduct()
    await button('Draft a reply').click()
    server.begin()
    server.say('Hi')
    await screen.unmount()
    await vi.waitFor(() => expect(records.map(({ outcome }) => outcome)).toEqual(['abandoned']))
    expect(server.last().init.signal?.aborted).toBe(true)
  })

  it('shows the template where the server cannot be reached', async () => {
    const { server, records, text, button } = await renderProduct()
    server.fetch.mockRejectedValue(new TypeError('Failed to fetch'))
    await button('Draft a reply').click()
    await vi.waitFor(() => expect(text()).toBe('Hi Anna, thank you for writing.'))
    expect(records[0]).toMatchObject({ outcome: 'degraded' })
    expect(records[0]?.attempts[0]?.failure).toBe('network')
  })

  it('replaces a cut-off answer, and never under a selection', async () => {
    const { server, records, text, button, screen } = await renderProduct()
    await button('Draft a reply').click()
    server.begin()
    server.say('Hi Anna, we have')
    await vi.waitFor(() => expect(text()).toBe('Hi Anna, we have'))
    server.last().cut()
    await vi.waitFor(() => expect(text()).toBe('Hi Anna, thank you for writing.'))
    await button('Draft a reply').click()
    server.begin()
    server.say('Hi Anna, once more')
    await vi.waitFor(() => expect(text()).toBe('Hi Anna, once more'))
    const block = screen.container.querySelector('.evenkeel-text > div')
    if (block === null) throw new Error('No block was written.')
    getSelection()?.selectAllChildren(block)
    server.last().cut()
    await vi.waitFor(() => expect(records).toHaveLength(2))
    await nextFrame()
    expect(text()).toBe('Hi Anna, once more')
    expect(records.map(({ outcome }) => outcome)).toEqual(['degraded', 'incomplete'])
  })

  it('shows what a hostile model says as text', async () => {
    const { server, text, button, screen } = await renderProduct()
    await button('Draft a reply').click()
    server.begin()
    const hostile = '<img src=x onerror=alert(1)><a href="javascript:alert(1)">click</a>'
    server.say(hostile)
    server.finish()
    await vi.waitFor(() => expect(text()).toBe(hostile))
    expect(screen.container.querySelector('.evenkeel-text img, .evenkeel-text a')).toBeNull()
  })
})

function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}

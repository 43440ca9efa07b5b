import { describe, expect, it, vi } from 'vitest'
import { createReader } from './create-reader.ts'
import type { StreamEvent } from './event.ts'
import type { ReaderOptions } from './reader.ts'

const SSE = { 'content-type': 'text/event-stream' }

const read = (body: string, headers: Record<string, string> = SSE, options?: ReaderOptions) => {
  const events: StreamEvent[] = []
  const reader = createReader(
    { status: 200, headers: new Headers(headers) },
    (event) => events.push(event),
    options,
  )
  reader.push(new TextEncoder().encode(body))
  reader.close()
  return { events, reader }
}

const textOf = (events: readonly StreamEvent[]) =>
  events.map((event) => (event.type === 'text' ? event.delta : '')).join('')

const sse = (...chunks: readonly object[]) =>
  chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('')

describe('createReader', () => {
  it('reads an AI SDK stream that ends with finish and [DONE]', () => {
    const { events, reader } = read(
      `${sse(
        { type: 'start', messageMetadata: { evenkeel: { prompt: 'p', version: '1' } } },
        { type: 'text-start', id: '0' },
        { type: 'text-delta', id: '0', delta: 'Hel' },
        { type: 'text-delta', id: '0', delta: 'lo' },
        { type: 'text-end', id: '0' },
        { type: 'finish', finishReason: 'stop' },
      )}data: [DONE]\n\n`,
    )
    expect(reader.protocol).toBe('ai-sdk')
    expect(textOf(events)).toBe('Hello')
    expect(events.at(-1)).toEqual({ type: 'end', reason: 'stop', rawReason: 'stop', verified: true })
    expect(events[0]).toEqual({ type: 'metadata', metadata: { prompt: 'p', version: '1' } })
  })

  it('says that an answer without finish was truncated', () => {
    const { events } = read(sse({ type: 'text-delta', id: '0', delta: 'Hel' }))
    expect(events.at(-1)).toMatchObject({ type: 'failed', failure: 'truncated' })
  })

  it('takes plain text as it comes, and does not call its end verified', () => {
    const { events, reader } = read('Hello', { 'content-type': 'text/plain; charset=utf-8' })
    expect(reader.protocol).toBe('text')
    expect(events).toEqual([
      { type: 'text', id: 'text', delta: 'Hello' },
      { type: 'end', reason: null, rawReason: null, verified: false },
    ])
  })

  it('reads on in order while the decoder of a protocol is loaded for the first time', async () => {
    vi.resetModules()
    const { createReader: createFreshReader } = await import('./create-reader.ts')
    const events: StreamEvent[] = []
    const head = { status: 200, headers: new Headers(SSE) }
    const ended = new Promise<void>((resolve) => {
      const reader = createFreshReader(head, (event) => {
        events.push(event)
        if (event.type === 'end' || event.type === 'failed') resolve()
      })
      const body = sse(
        { type: 'message_start', message: { usage: {} } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hel' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'lo' } },
        { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
        { type: 'message_stop' },
      )
      for (const byte of new TextEncoder().encode(body)) reader.push(Uint8Array.of(byte))
      reader.close()
    })
    expect(events).toEqual([])
    await ended
    expect(textOf(events)).toBe('Hello')
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stop' })
  })
})

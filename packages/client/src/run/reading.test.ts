import { describe, expect, it } from 'vitest'
import type { StreamEvent } from '../stream/event.ts'
import * as otherBodies from '../stream/other-bodies.ts'
import * as headWords from './head-words.ts'
import { createReaders, refusalOf } from './reading.ts'

const NOW = Date.UTC(2026, 0, 1)
const head = (status: number, headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers(headers),
})

describe('refusalOf', () => {
  it.each([
    [200, {}, null],
    [204, {}, null],
    [302, {}, 'http.client'],
    [404, {}, 'http.client'],
    [429, {}, 'http.rate-limit'],
    [529, {}, 'http.rate-limit'],
    [500, {}, 'http.server'],
    [200, { 'content-type': 'text/html; charset=utf-8' }, 'protocol'],
    [200, { 'content-type': 'TEXT/HTML' }, 'protocol'],
    [200, { 'content-type': 'application/xhtml+xml' }, 'protocol'],
    [200, { 'content-type': 'text/plain' }, null],
    [500, { 'content-type': 'text/html' }, 'http.server'],
  ] as const)('%i with %o: %s', (status, headers, failure) => {
    expect(refusalOf(head(status, headers), NOW)?.failure ?? null).toBe(failure)
  })

  it.each([
    ['7', 'HTTP 503, retry after 7000 ms'],
    [new Date(NOW + 90_000).toUTCString(), 'HTTP 503, retry after 90000 ms'],
    ['soon', 'HTTP 503'],
  ])('keeps the wish of the server to come back later: %s', (retryAfter, detail) => {
    expect(refusalOf(head(503, { 'retry-after': retryAfter }), NOW)?.detail).toBe(detail)
  })
})

describe('the readers', () => {
  const AI_SDK = { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' }
  const SSE = { 'content-type': 'text/event-stream' }

  function createKit() {
    let loads = 0
    let headLoads = 0
    const readers = createReaders({
      async loadOthers() {
        loads += 1
        return otherBodies
      },
      async loadHeadWords() {
        headLoads += 1
        return headWords
      },
    })
    return { readers, loads: () => loads, headLoads: () => headLoads }
  }

  it.each([
    [AI_SDK, undefined, 0],
    [AI_SDK, 'ai-sdk', 0],
    [{ ...AI_SDK, 'content-type': 'Text/Event-Stream; charset=utf-8' }, undefined, 0],
    [SSE, 'ai-sdk', 0],
    [SSE, undefined, 1],
    [AI_SDK, 'openai-chat', 1],
    [AI_SDK, 'text', 1],
    [{ ...AI_SDK, 'content-type': 'text/html' }, undefined, 1],
    [{ ...AI_SDK, 'content-type': 'application/x-ndjson' }, undefined, 1],
    [{ ...AI_SDK, 'x-vercel-ai-data-stream': 'v1' }, undefined, 1],
    [{ 'x-vercel-ai-ui-message-stream': 'v1' }, undefined, 1],
    [{}, 'ai-sdk', 1],
  ])('for %j, read as %s, load what reads others %i times', async (headers, protocol, times) => {
    const { readers, loads } = createKit()
    await readers.open(head(200, headers), () => {}, protocol === undefined ? {} : { protocol })
    expect(loads()).toBe(times)
  })

  it('read what the head says of the answer and of its stages', async () => {
    const headers = { evenkeel: 'prompt="draft", version="3"', 'server-timing': 'retrieval;dur=12' }
    expect(await createKit().readers.readWords(new Headers(headers))).toEqual({
      metadata: { prompt: 'draft', version: '3' },
      stages: { retrieval: 12 },
    })
  })

  it.each([
    [{}, 0],
    [AI_SDK, 0],
    [{ evenkeel: 'level=3' }, 1],
    [{ 'server-timing': 'db' }, 1],
  ])('for the head %j, load what reads its words %i times', async (headers, times) => {
    const { readers, headLoads } = createKit()
    await readers.readWords(new Headers(headers))
    expect(headLoads()).toBe(times)
  })

  it('load it while the request is under way where the step names another protocol', () => {
    const { readers, loads } = createKit()
    readers.prepare(undefined)
    readers.prepare('ai-sdk')
    expect(loads()).toBe(0)
    readers.prepare('openai-chat')
    expect(loads()).toBe(1)
  })

  it('read text by what was loaded', async () => {
    const { readers } = createKit()
    const events: StreamEvent[] = []
    const reader = await readers.open(
      head(200, { 'content-type': 'text/plain' }),
      (event) => events.push(event),
      {},
    )
    reader.push(new TextEncoder().encode('Hello'))
    reader.close()
    expect(events.map(({ type }) => type)).toEqual(['text', 'end'])
  })
})

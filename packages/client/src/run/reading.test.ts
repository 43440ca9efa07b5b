import { describe, expect, it } from 'vitest'
import { readHead } from './reading.ts'

const NOW = Date.UTC(2026, 0, 1)
const head = (status: number, headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers(headers),
})

describe('readHead', () => {
  it('reads what the server says of the answer and of its stages', () => {
    const headers = { evenkeel: 'prompt="draft", version="3"', 'server-timing': 'retrieval;dur=12' }
    expect(readHead(head(200, headers), NOW)).toEqual({
      metadata: { prompt: 'draft', version: '3' },
      stages: { retrieval: 12 },
      refusal: null,
    })
  })

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
    expect(readHead(head(status, headers), NOW).refusal?.failure ?? null).toBe(failure)
  })

  it.each([
    ['7', 'HTTP 503, retry after 7000 ms'],
    [new Date(NOW + 90_000).toUTCString(), 'HTTP 503, retry after 90000 ms'],
    ['soon', 'HTTP 503'],
  ])('keeps the wish of the server to come back later: %s', (retryAfter, detail) => {
    expect(readHead(head(503, { 'retry-after': retryAfter }), NOW).refusal?.detail).toBe(detail)
  })
})

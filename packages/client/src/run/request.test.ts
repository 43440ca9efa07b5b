import { describe, expect, it } from 'vitest'
import { mayPropagate } from './propagation.ts'
import { buildRequest } from './request.ts'

const ATTEMPT = { runId: 'a'.repeat(32), attempt: 0, tier: 'fast' }
const SPAN = 'b'.repeat(16)
const HERE = { origin: 'https://app.example', propagateTo: ['https://ai.example'] }
const OURS = ['traceparent', 'evenkeel-attempt', 'idempotency-key']

describe('mayPropagate', () => {
  it.each([
    ['/api/ai', true],
    ['api/ai', true],
    ['https://app.example/api/ai', true],
    ['https://ai.example/v1', true],
    ['https://ai.example.evil.test/v1', false],
    ['https://app.example:8443/api', false],
    ['http://app.example/api', false],
    ['//other.example/api', false],
    ['https://user@other.example/https://app.example', false],
    ['http://[', false],
  ])('%s: %s', (url, may) => {
    expect(mayPropagate(url, HERE)).toBe(may)
  })

  it('takes a relative URL for its own server where there is no page, and an absolute one for a foreign one', () => {
    const nowhere = { origin: null, propagateTo: [] }
    expect(mayPropagate('/api/ai', nowhere)).toBe(true)
    expect(mayPropagate('https://app.example/api', nowhere)).toBe(false)
  })
})

describe('buildRequest', () => {
  it('posts the input as JSON with our headers', () => {
    const { url, init } = buildRequest({ step: 'model', url: '/api/ai' }, { a: 1 }, ATTEMPT, SPAN, HERE)
    const headers = new Headers(init.headers)
    expect(url).toBe('/api/ai')
    expect(init.method).toBe('POST')
    expect(init.body).toBe('{"input":{"a":1}}')
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.get('traceparent')).toBe(`00-${ATTEMPT.runId}-${SPAN}-01`)
    expect(headers.get('evenkeel-attempt')).toBe(`run="${ATTEMPT.runId}", step="model", tier="fast"`)
    expect(headers.get('idempotency-key')).toBe(ATTEMPT.runId)
  })

  it('sends none of our headers to a foreign origin', () => {
    const step = { step: 'model', url: 'https://other.example/v1' } as const
    const headers = new Headers(buildRequest(step, 1, ATTEMPT, SPAN, HERE).init.headers)
    for (const name of OURS) expect(headers.has(name)).toBe(false)
  })

  it('names the paths of a violation, and only where there was one', () => {
    const step = { step: 'model', url: '/api/ai' } as const
    const { init } = buildRequest(step, 'x', { ...ATTEMPT, violations: ['items.0'] }, SPAN, HERE)
    expect(JSON.parse(String(init.body))).toEqual({ input: 'x', violations: ['items.0'] })
  })

  it('sends what the step shapes, a text as it is and anything else as JSON', () => {
    const shaped = (body: unknown) =>
      buildRequest(
        {
          step: 'model',
          url: '/x',
          protocol: 'text',
          request: (_input: number, { tier }) => ({ method: 'PUT', headers: { 'x-tier': tier }, body }),
        },
        7,
        ATTEMPT,
        SPAN,
        HERE,
      )
    expect(shaped({ messages: [] })).toMatchObject({
      protocol: 'text',
      init: { method: 'PUT', body: '{"messages":[]}' },
    })
    expect(shaped('plain').init.body).toBe('plain')
    expect(new Headers(shaped('plain').init.headers).has('content-type')).toBe(false)
    expect('body' in shaped(undefined).init).toBe(false)
    expect(new Headers(shaped(1).init.headers).get('x-tier')).toBe('fast')
  })

  it("keeps the app's own headers of the same names", () => {
    const request = () => ({ headers: { 'Idempotency-Key': 'own', 'Content-Type': 'text/x' }, body: {} })
    const { init } = buildRequest({ step: 'model', url: '/x', request }, 1, ATTEMPT, SPAN, HERE)
    const headers = new Headers(init.headers)
    expect(headers.get('idempotency-key')).toBe('own')
    expect(headers.get('content-type')).toBe('text/x')
  })

  it('throws on a body that is no JSON, for the caller to record', () => {
    expect(() => buildRequest({ step: 'model', url: '/x' }, 1n, ATTEMPT, SPAN, HERE)).toThrow(TypeError)
  })
})

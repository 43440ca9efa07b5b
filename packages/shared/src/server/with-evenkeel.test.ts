import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { parseMetadata } from '../evenkeel-header.ts'
import { formatAttempt } from '../format-attempt.ts'
import { parseServerTiming } from '../server-timing.ts'
import { parseTraceparent } from '../trace-context.ts'
import type { EvenkeelContext } from './context.ts'
import { ModelFailure } from './model-failure.ts'
import { type ErrorPlace, type WithEvenkeelOptions, withEvenkeel } from './with-evenkeel.ts'

const RUN = '0af7651916cd43dd8448eb211c80319c'
const PARENT = 'b7ad6b7169203331'
const SECRET = 'sk-live-4711'

function post(headers: Record<string, string> = {}, init: RequestInit = {}): Request {
  return new Request('http://shop.example/api/ai/draft-reply', { method: 'POST', headers, ...init })
}

function asJson(body: unknown): Request {
  return post({ 'content-type': 'application/json' }, { body: JSON.stringify(body) })
}

/** Runs one request and gives what the handler saw, the answer, and what the team heard. */
async function ask(
  request: Request,
  handler: (context: EvenkeelContext) => Response | Promise<Response>,
  options: WithEvenkeelOptions = {},
) {
  const heard: { error: unknown; place: ErrorPlace }[] = []
  const seen: EvenkeelContext[] = []
  const answer = withEvenkeel(
    'draft-reply',
    (_request, context) => {
      seen.push(context)
      return handler(context)
    },
    { onError: (error, place) => heard.push({ error, place }), ...options },
  )
  const response = await answer(request)
  const context = seen[0]
  if (context === undefined) throw new Error('the handler was not called')
  return { response, context, heard }
}

const ok = () => new Response('ok')

describe('what a handler is told', () => {
  it('is the run and the tier that the client asks for, on the trace it started', async () => {
    const { context } = await ask(
      post({
        'evenkeel-attempt': formatAttempt({ run: RUN, step: 'model', tier: 'fast' }),
        traceparent: `00-${RUN}-${PARENT}-01`,
      }),
      ok,
    )
    expect(context).toMatchObject({ feature: 'draft-reply', run: RUN, tier: 'fast', parentSpanId: PARENT })
    expect(context.trace).toMatchObject({ traceId: RUN, sampled: true })
    expect(context.trace.spanId).toMatch(/^[0-9a-f]{16}$/)
    expect(context.trace.spanId).not.toBe(PARENT)
    expect(parseTraceparent(context.traceparent)).toEqual(context.trace)
  })

  it('is the primary tier and a new trace where nobody says', async () => {
    const { context } = await ask(post({ 'evenkeel-attempt': '<script>', traceparent: '00-0-0-00' }), ok)
    expect(context).toMatchObject({ run: null, tier: 'primary', parentSpanId: null })
    expect(context.trace.traceId).toMatch(/^[0-9a-f]{32}$/)
  })

  it.each([
    ['fast', 'fast'],
    ['huge', 'primary'],
    ['constructor', 'primary'],
  ])('is a tier that the server knows: asked for %s it is %s', async (tier, known) => {
    const headers = { 'evenkeel-attempt': formatAttempt({ run: RUN, step: 'model', tier }) }
    const { context } = await ask(post(headers), ok, { tiers: ['primary', 'fast'] })
    expect(context.tier).toBe(known)
  })

  it('takes the feature by its definition too', async () => {
    const answer = withEvenkeel({ id: 'summary' }, (_request, { feature }) => new Response(feature))
    expect(await (await answer(post())).text()).toBe('summary')
  })

  it('is the input of the JSON body, checked where a schema is given', async () => {
    const schema = z.object({ customer: z.string() })
    const { response } = await ask(
      asJson({ input: { customer: 'Example Ltd', more: 1 } }),
      async (context) => {
        const input = await context.input(schema)
        return new Response(input.customer.toUpperCase())
      },
    )
    expect(await response.text()).toBe('EXAMPLE LTD')
    const unchecked = await ask(asJson({ input: [1, 2] }), async (context) =>
      Response.json(await context.input()),
    )
    expect(await unchecked.response.json()).toEqual([1, 2])
  })

  it.each([
    [400, 'no JSON', post({ 'content-type': 'application/json' }, { body: '{' })],
    [400, 'no input', asJson({ question: 1 })],
    [400, 'no object', asJson(null)],
    [413, 'too large', asJson({ input: 'x'.repeat(2_000) })],
    [415, 'not JSON by its type', post({ 'content-type': 'text/plain' }, { body: '{"input":1}' })],
    [415, 'of no type', post()],
  ])('a body gets a %d where it is %s, and no alarm', async (status, _what, request) => {
    const { response, heard } = await ask(request, async (context) => Response.json(await context.input()), {
      maxInputBytes: 1_000,
    })
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(heard).toEqual([])
  })

  it('tells which paths of the input are wrong and none of their values', async () => {
    const schema = z.object({ items: z.array(z.object({ title: z.string() })) })
    const { response } = await ask(asJson({ input: { items: [{ title: 4711 }] } }), async (context) =>
      Response.json(await context.input(schema)),
    )
    expect(response.status).toBe(400)
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject({ paths: ['items.0.title'] })
    expect(text).not.toContain('4711')
  })
})

describe('what an answer says', () => {
  it('names prompt, model and context; later words add to earlier ones', async () => {
    const { response } = await ask(post(), (context) => {
      context.describe({ prompt: 'draft-reply', version: '3', model: 'a', cold: true })
      context.describe({ model: 'b', context: 'ctx:1' })
      return ok()
    })
    expect(parseMetadata(response.headers.get('evenkeel'))).toEqual({
      prompt: 'draft-reply',
      version: '3',
      model: 'b',
      cold: true,
      context: 'ctx:1',
    })
  })

  it('times stages before the first byte, beside what the handler timed itself', async () => {
    let nowMs = 100
    const { response } = await ask(
      post(),
      async (context) => {
        const end = context.startStage('retrieval')
        nowMs += 12.5
        end()
        nowMs += 1000
        end()
        const value = await context.stage('render', async () => {
          nowMs += 3
          return 'text'
        })
        await context.stage('render', () => {
          nowMs += 4
        })
        context.startStage('open')
        return new Response(value, { headers: { 'server-timing': 'db;dur=1' } })
      },
      { now: () => nowMs },
    )
    expect(parseServerTiming(response.headers.get('server-timing'))).toEqual({
      db: 1,
      retrieval: 12.5,
      render: 7,
    })
  })

  it('times a stage that throws, and throws on', async () => {
    let nowMs = 0
    const { response, heard } = await ask(
      post(),
      (context) =>
        context.stage('retrieval', () => {
          nowMs += 5
          throw new Error('no index')
        }),
      { now: () => nowMs },
    )
    expect(response.status).toBe(500)
    expect(response.headers.get('server-timing')).toBe('retrieval;dur=5')
    expect(heard).toHaveLength(1)
  })

  it('gives the same facts for the closing metadata of a stream', async () => {
    const { context } = await ask(post(), ok, { now: () => 7 })
    context.describe({ model: 'm' })
    context.startStage('inference')()
    expect(context.metadata()).toEqual({ model: 'm', stages: { inference: 0 } })
  })

  it('is not cached unless the handler says so, and carries its trace', async () => {
    const { response, context } = await ask(post(), ok)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('traceparent')).toBe(context.traceparent)
    expect(response.headers.has('evenkeel')).toBe(false)
    expect(response.headers.has('server-timing')).toBe(false)
    const cached = await ask(post(), () => new Response('', { headers: { 'cache-control': 'max-age=60' } }))
    expect(cached.response.headers.get('cache-control')).toBe('max-age=60')
  })

  it('keeps status, cookies and headers of the handler, and an answer without a body', async () => {
    const headers = new Headers({ 'x-vercel-ai-ui-message-stream': 'v1' })
    headers.append('set-cookie', 'a=1')
    headers.append('set-cookie', 'b=2')
    const { response } = await ask(post(), () => new Response(null, { status: 204, headers }))
    expect(response.status).toBe(204)
    expect(response.body).toBeNull()
    expect(response.headers.get('x-vercel-ai-ui-message-stream')).toBe('v1')
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })
})

describe('a failure in the handler', () => {
  it('becomes a 500 without its words, and the team hears it', async () => {
    const error = new Error(`cannot log in with ${SECRET}`)
    const { response, heard, context } = await ask(post(), () => {
      throw error
    })
    expect(response.status).toBe(500)
    const text = await response.text()
    expect(text).not.toContain(SECRET)
    expect(JSON.parse(text)).toEqual({
      status: 500,
      title: 'The server failed to answer.',
      traceId: context.trace.traceId,
    })
    expect(response.headers.has('evenkeel')).toBe(false)
    expect(heard).toEqual([
      {
        error,
        place: { feature: 'draft-reply', run: null, traceId: context.trace.traceId, phase: 'handler' },
      },
    ])
  })

  it.each([
    [undefined, 503],
    [429, 429],
    [529, 529],
    [500, 500],
    [401, 502],
    [404, 502],
  ])(
    'of the model is marked so that the next tier may answer: provider %s, answer %d',
    async (status, answered) => {
      const { response, heard } = await ask(post(), (context) => {
        context.describe({ model: 'm' })
        throw new ModelFailure(SECRET, {
          ...(status === undefined ? {} : { status }),
          retryAfterMs: 1_200,
          cause: new Error(SECRET),
        })
      })
      expect(response.status).toBe(answered)
      expect(parseMetadata(response.headers.get('evenkeel'))).toEqual({ model: 'm', failed: 'model' })
      expect(response.headers.get('retry-after')).toBe('2')
      expect(await response.text()).not.toContain(SECRET)
      expect(heard).toMatchObject([{ place: { phase: 'model' } }])
    },
  )

  it("is of the model where the app recognises the provider's own error", async () => {
    const { response } = await ask(post(), () => Promise.reject(new TypeError('overloaded')), {
      modelFailure: (error) => (error instanceof TypeError ? new ModelFailure('', { status: 529 }) : null),
    })
    expect(response.status).toBe(529)
    expect(parseMetadata(response.headers.get('evenkeel'))).toEqual({ failed: 'model' })
    expect(response.headers.has('retry-after')).toBe(false)
  })

  it.each([
    ['something that is no response', () => undefined as unknown as Response],
    [
      'a response that was read already',
      async () => {
        const used = new Response('used')
        await used.text()
        used.body?.getReader()
        return used
      },
    ],
    ['a network error', () => Response.error()],
  ])('is also %s', async (_what, handler) => {
    const { response, heard } = await ask(post(), handler)
    expect(response.status).toBe(500)
    expect(heard).toHaveLength(1)
  })

  it('goes to the console where nobody asked to hear of it, and when the one who asked throws', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const boom = () => Promise.reject(new Error('boom'))
    const plain = await withEvenkeel('draft-reply', boom)(post())
    expect(plain.status).toBe(500)
    expect(log).toHaveBeenCalledTimes(1)
    const answer = withEvenkeel('draft-reply', boom, {
      onError: () => {
        throw new Error('pager down')
      },
    })
    expect((await answer(post())).status).toBe(500)
    expect(log).toHaveBeenCalledTimes(2)
    log.mockRestore()
  })
})

describe('a streamed body', () => {
  it('is passed on piece by piece, and nothing is read before it is asked for', async () => {
    let pulled = 0
    const source = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulled += 1
          if (pulled > 3) controller.close()
          else controller.enqueue(new TextEncoder().encode(`${pulled}`))
        },
      },
      { highWaterMark: 0 },
    )
    const { response } = await ask(post(), () => new Response(source))
    expect(pulled).toBe(0)
    const reader = response.body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('1')
    expect(pulled).toBe(1)
  })

  it('that the browser leaves aborts the handler and cancels the source, without an alarm', async () => {
    let cancelled: unknown = null
    const source = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(8)),
      cancel(reason) {
        cancelled = reason
      },
    })
    const { response, context, heard } = await ask(post(), () => new Response(source))
    expect(context.signal.aborted).toBe(false)
    await response.body?.cancel('left')
    expect(context.signal.aborted).toBe(true)
    expect(cancelled).toBe('left')
    expect(heard).toEqual([])
  })

  it('that breaks reaches the browser broken, and the team hears it', async () => {
    const broken = new Error(SECRET)
    const source = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(broken)
      },
    })
    const { response, heard } = await ask(post(), () => new Response(source))
    await expect(response.text()).rejects.toThrow()
    expect(heard).toMatchObject([{ error: broken, place: { phase: 'stream' } }])
  })

  it('that ends well leaves the signal alone', async () => {
    const { response, context } = await ask(post(), ok)
    await response.text()
    expect(context.signal.aborted).toBe(false)
  })
})

describe('a browser that leaves before the first byte', () => {
  it('aborts the handler, and what it throws is no alarm', async () => {
    const browser = new AbortController()
    const answering = ask(post({}, { signal: browser.signal }), (context) => {
      browser.abort()
      context.signal.throwIfAborted()
      return ok()
    })
    const { response, heard } = await answering
    expect(response.status).toBe(499)
    expect(heard).toEqual([])
  })
})

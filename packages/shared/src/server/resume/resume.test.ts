import { once } from 'node:events'
import { createServer, get, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { parseMetadata } from '../../evenkeel-header.ts'
import { toNodeListener } from '../node-listener.ts'
import { withEvenkeel } from '../with-evenkeel.ts'
import { createMemoryResumeStore, type MemoryResumeStoreOptions } from './memory-store.ts'
import type { ResumeOptions } from './offer-resume.ts'
import { resumeHandler } from './resume-handler.ts'
import type { ResumeStore } from './resume-store.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
})

const encoder = new TextEncoder()
const event = (count: number) => `data: {"delta":"word ${count} "}\n\n`
/** As it goes out: the same with its id. */
const sent = (count: number) => `id: ${count}\n${event(count)}`
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)
const sentText = (from: number, to: number) => range(from, to).map(sent).join('')

interface Setup {
  readonly resume?: Partial<ResumeOptions>
  readonly store?: MemoryResumeStoreOptions
  readonly wrap?: (store: ResumeStore) => ResumeStore
  readonly response?: ResponseInit
}

/** A product's server whose model says a word whenever the test says so. */
async function serve({ resume, store: storeOptions, wrap = (own) => own, response }: Setup = {}) {
  const memory = createMemoryResumeStore(storeOptions)
  const store = wrap(memory)
  const scope = (asked: Request) => asked.headers.get('x-user')
  const signals: AbortSignal[] = []
  const inputs: unknown[] = []
  const errors: unknown[] = []
  let model: ReadableStreamDefaultController<Uint8Array> | null = null
  let said = 0
  const answer = withEvenkeel(
    'draft-reply',
    async (asked, context) => {
      inputs.push(await context.input())
      signals.push(context.signal, asked.signal)
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          model = controller
          said = 0
          context.signal.addEventListener('abort', () => {
            try {
              controller.error(context.signal.reason)
            } catch {
              // It had ended.
            }
          })
        },
      })
      context.describe({ prompt: 'draft-reply', version: '3' })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' }, ...response })
    },
    {
      onError: (error) => errors.push(error),
      resume: { store, scope, url: (id) => `/resume/${id}`, graceMs: 5_000, ...resume },
    },
  )
  const again = resumeHandler({ store, scope: resume?.scope ?? scope })
  const server = createServer(
    toNodeListener((asked) => (new URL(asked.url).pathname === '/ask' ? answer(asked) : again(asked)), {
      onError: () => {},
    }),
  )
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    memory,
    signals,
    inputs,
    errors,
    say(count: number) {
      for (const _ of range(1, count)) {
        said += 1
        model?.enqueue(encoder.encode(event(said)))
      }
    },
    sayRaw: (text: string) => model?.enqueue(encoder.encode(text)),
    end: () => model?.close(),
    fail: (error: Error) => model?.error(error),
  }
}

/** A browser's connection that can be cut like a cable. */
async function open(response: Promise<IncomingMessage>) {
  const incoming = await response
  let text = ''
  let isBroken = false
  incoming.on('data', (chunk) => {
    text += chunk
  })
  incoming.on('error', () => {
    isBroken = true
  })
  const closed = new Promise<void>((done) => incoming.once('close', () => done()))
  const headers = new Headers(incoming.headers as Record<string, string>)
  return {
    status: incoming.statusCode,
    headers,
    resume: parseMetadata(headers.get('evenkeel')).resume ?? null,
    text: () => text,
    isBroken: () => isBroken,
    closed,
    has: (wanted: string) => expect.poll(() => text).toBe(wanted),
    async cut() {
      incoming.destroy()
      await closed
    },
  }
}

function ask(origin: string, user = 'ann') {
  const asking = request(`${origin}/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-user': user },
  })
  asking.end(JSON.stringify({ input: 'Hello' }))
  return open(once(asking, 'response').then(([incoming]) => incoming as IncomingMessage))
}

function resume(url: string, lastEventId?: string, user = 'ann') {
  const headers = { 'x-user': user, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) }
  const asking = get(url, { headers, agent: false })
  return open(once(asking, 'response').then(([incoming]) => incoming as IncomingMessage))
}

describe('an answer whose browser is cut off', () => {
  it('goes on where it was, and both halves are the whole, byte by byte', async () => {
    const server = await serve()
    const first = await ask(server.origin)
    expect(first.resume).toMatch(/^\/resume\/[0-9a-f]{32}$/)
    server.say(3)
    await first.has(sentText(1, 3))
    await first.cut()
    server.say(2)
    await expect.poll(() => server.memory.bytes).toBe(sentText(1, 5).length)
    const second = await resume(server.origin + first.resume, '3')
    await second.has(sentText(4, 5))
    server.say(1)
    await second.has(sentText(4, 6))
    server.end()
    await second.closed
    expect(first.text() + second.text()).toBe(sentText(1, 6))
    expect([second.status, second.isBroken()]).toEqual([200, false])
    expect(server.inputs).toEqual(['Hello'])
    expect(server.signals.map(({ aborted }) => aborted)).toEqual([false, false])
    expect(server.errors).toEqual([])
  })

  it('is named and served as the first time', async () => {
    const server = await serve({
      response: {
        headers: {
          'content-type': 'text/event-stream; charset=utf-8',
          'x-vercel-ai-ui-message-stream': 'v1',
          'set-cookie': 'a=b',
        },
      },
    })
    const first = await ask(server.origin)
    const second = await resume(server.origin + first.resume)
    for (const name of ['content-type', 'x-vercel-ai-ui-message-stream', 'evenkeel', 'traceparent']) {
      expect([name, second.headers.get(name)]).toEqual([name, first.headers.get(name)])
    }
    expect(parseMetadata(second.headers.get('evenkeel'))).toMatchObject({
      prompt: 'draft-reply',
      resume: first.resume,
    })
    expect(second.headers.get('cache-control')).toBe('no-store')
    expect(second.headers.get('set-cookie')).toBeNull()
  })

  it('is read by two at once, while the first one still reads', async () => {
    const server = await serve()
    const first = await ask(server.origin)
    server.say(2)
    await first.has(sentText(1, 2))
    const readers = await Promise.all([
      resume(server.origin + first.resume, '1'),
      resume(server.origin + first.resume),
    ])
    server.say(1)
    server.end()
    await Promise.all([first, ...readers].map(({ closed }) => closed))
    expect(readers.map((reader) => reader.text())).toEqual([sentText(2, 3), sentText(1, 3)])
    expect(first.text()).toBe(sentText(1, 3))
  })

  it('is to be had after its end, until all of it was seen', async () => {
    const server = await serve()
    const first = await ask(server.origin)
    server.say(2)
    await first.has(sentText(1, 2))
    await first.cut()
    server.say(1)
    server.end()
    const second = await resume(server.origin + first.resume, '2')
    await second.closed
    expect(second.text()).toBe(sentText(3, 3))
    expect((await resume(server.origin + first.resume, '3')).status).toBe(204)
  })

  it('breaks off for the one who resumed where the model broke off', async () => {
    const server = await serve()
    const first = await ask(server.origin)
    server.say(1)
    await first.has(sentText(1, 1))
    await first.cut()
    server.say(1)
    server.fail(new Error('the model failed'))
    await expect.poll(() => server.errors.length).toBe(1)
    const second = await resume(server.origin + first.resume, '1')
    await second.closed
    expect([second.text(), second.isBroken()]).toEqual([sentText(2, 2), true])
    expect((await resume(server.origin + first.resume, '2')).status).toBe(204)
  })

  it('keeps a last event without its blank line', async () => {
    const server = await serve()
    const first = await ask(server.origin)
    await first.cut()
    server.sayRaw('data: a\n\ndata: b')
    server.end()
    const second = await resume(server.origin + first.resume)
    await second.closed
    expect(second.text()).toBe('id: 1\ndata: a\n\nid: 2\ndata: b')
  })
})

describe('the grace period', () => {
  it('ends the model when nobody comes back', async () => {
    const server = await serve({ resume: { graceMs: 60 } })
    const first = await ask(server.origin)
    server.say(1)
    await first.has(sentText(1, 1))
    await first.cut()
    expect(server.signals.map(({ aborted }) => aborted)).toEqual([false, false])
    await expect.poll(() => server.signals.map(({ aborted }) => aborted)).toEqual([true, true])
    expect((await resume(server.origin + first.resume, '1')).status).toBe(204)
    expect([server.memory.answers, server.errors]).toEqual([0, []])
  })

  it('counts from when the last reader left', async () => {
    const server = await serve({ resume: { graceMs: 150 } })
    const first = await ask(server.origin)
    await first.cut()
    const second = await resume(server.origin + first.resume)
    await new Promise((done) => setTimeout(done, 300))
    expect(server.signals[0]?.aborted).toBe(false)
    await second.cut()
    await new Promise((done) => setTimeout(done, 60))
    expect(server.signals[0]?.aborted).toBe(false)
    await expect.poll(() => server.signals[0]?.aborted).toBe(true)
  })

  it('is over at once when the browser says that it wants no more', async () => {
    const server = await serve()
    const first = await ask(server.origin)
    await first.cut()
    const told = await fetch(server.origin + first.resume, { method: 'DELETE', headers: { 'x-user': 'ann' } })
    expect(told.status).toBe(204)
    await expect.poll(() => server.signals[0]?.aborted).toBe(true)
    expect(server.memory.answers).toBe(0)
  })

  it('is over at once also when the browser says so before it leaves', async () => {
    const server = await serve()
    const first = await ask(server.origin)
    await fetch(server.origin + first.resume, { method: 'DELETE', headers: { 'x-user': 'ann' } })
    server.say(1)
    await first.has(sentText(1, 1))
    await first.cut()
    await expect.poll(() => server.signals[0]?.aborted).toBe(true)
  })

  it('is not given before the head of the response is out: nobody could resume', async () => {
    let isAborted = false
    const answer = withEvenkeel(
      'draft-reply',
      (asked) =>
        new Promise((resolve) => {
          asked.signal.addEventListener('abort', () => {
            isAborted = true
            resolve(new Response(null))
          })
        }),
      { resume: { store: createMemoryResumeStore(), url: (id) => id } },
    )
    const left = new AbortController()
    const asked = answer(new Request('http://shop.example/', { method: 'POST', signal: left.signal }))
    left.abort()
    await asked
    expect(isAborted).toBe(true)
  })
})

describe('who may resume', () => {
  it('is the one who asked; everybody else gets what an unknown answer gets', async () => {
    const server = await serve()
    const first = await ask(server.origin)
    server.say(1)
    await first.has(sentText(1, 1))
    const [another, unknown] = await Promise.all([
      resume(server.origin + first.resume, '0', 'bob'),
      resume(`${server.origin}/resume/${'0'.repeat(32)}`, '0'),
    ])
    for (const headers of [another.headers, unknown.headers]) headers.delete('date')
    expect([another.status, another.text()]).toEqual([204, ''])
    expect([...another.headers]).toEqual([...unknown.headers])
    await fetch(server.origin + first.resume, { method: 'DELETE', headers: { 'x-user': 'bob' } })
    expect(server.memory.answers).toBe(1)
  })

  it('is nobody where nobody asked', async () => {
    const server = await serve({ resume: { scope: () => null } })
    const first = await ask(server.origin)
    server.say(1)
    await first.has(event(1))
    expect([first.resume, server.memory.answers]).toEqual([null, 0])
    await first.cut()
    await expect.poll(() => server.signals[0]?.aborted).toBe(true)
  })

  it.each(['x', '-1', '1.5', '01', '9'.repeat(20), '7'])(
    'nobody gets anything after the event %s',
    async (id) => {
      const server = await serve()
      const first = await ask(server.origin)
      server.say(1)
      await first.has(sentText(1, 1))
      expect((await resume(server.origin + first.resume, id)).status).toBe(204)
    },
  )

  it('never posts', async () => {
    const handler = resumeHandler({ store: createMemoryResumeStore() })
    for (const method of ['POST', 'PUT', 'PATCH', 'HEAD']) {
      const refused = await handler(new Request('http://shop.example/resume/1', { method }))
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, DELETE'])
    }
  })
})

describe('what cannot be resumed goes out as it always did', () => {
  it.each([
    ['plain text', { headers: { 'content-type': 'text/plain' } }],
    ['lines', { headers: { 'content-type': 'application/x-ndjson' } }],
    ['a compressed body', { headers: { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' } }],
    ['an error', { status: 503, headers: { 'content-type': 'text/event-stream' } }],
  ])('%s', async (_name, response) => {
    const server = await serve({ response })
    const first = await ask(server.origin)
    server.say(1)
    await first.has(event(1))
    expect([first.resume, server.memory.answers]).toEqual([null, 0])
    await first.cut()
    await expect.poll(() => server.signals[0]?.aborted).toBe(true)
  })

  it('an answer when the store is full', async () => {
    const server = await serve({ store: { maxAnswers: 1 } })
    const first = await ask(server.origin)
    const second = await ask(server.origin)
    expect([first.resume !== null, second.resume]).toEqual([true, null])
  })

  it('an answer that outgrows the store: the browser that has it sees no difference', async () => {
    const server = await serve({ store: { maxAnswerBytes: 100 } })
    const first = await ask(server.origin)
    server.say(5)
    await first.has(sentText(1, 5))
    expect((await resume(server.origin + first.resume, '1')).status).toBe(204)
    server.end()
    await first.closed
    expect([first.isBroken(), server.errors]).toEqual([false, []])
  })

  it('an answer that outgrows the store while nobody reads it: the model ends', async () => {
    const server = await serve({ store: { maxAnswerBytes: 100 } })
    const first = await ask(server.origin)
    await first.cut()
    await new Promise((done) => setTimeout(done, 20))
    server.say(5)
    await expect.poll(() => server.signals[0]?.aborted).toBe(true)
  })

  it.each(['begin', 'append', 'end'] as const)('an answer whose store throws at %s', async (method) => {
    const failing = () => {
      throw new Error('the store is down')
    }
    const server = await serve({ wrap: (store) => ({ ...store, [method]: failing }) })
    const first = await ask(server.origin)
    server.say(2)
    await expect.poll(() => first.text().replace(/id: \d+\n/g, '')).toBe(event(1) + event(2))
    server.end()
    await first.closed
    expect(first.isBroken()).toBe(false)
    expect(server.errors.map(String)).toContain('Error: the store is down')
  })

  it('an answer for which the server names a resume URL of its own', async () => {
    const memory = createMemoryResumeStore()
    const answer = withEvenkeel(
      'draft-reply',
      (_asked, context) => {
        context.describe({ resume: '/own/1' })
        return new Response(event(1), { headers: { 'content-type': 'text/event-stream' } })
      },
      { resume: { store: memory, url: (id) => id } },
    )
    const response = await answer(new Request('http://shop.example/', { method: 'POST' }))
    expect(parseMetadata(response.headers.get('evenkeel')).resume).toBe('/own/1')
    expect(await response.text()).toBe(event(1))
    expect(memory.answers).toBe(0)
  })
})

describe('a source while its browser is there', () => {
  it('is read at the browser’s pace, and on without it', async () => {
    let pulled = 0
    const answer = withEvenkeel(
      'draft-reply',
      () =>
        new Response(
          new ReadableStream<Uint8Array>(
            {
              pull(controller) {
                pulled += 1
                if (pulled > 50) controller.close()
                else controller.enqueue(encoder.encode(event(pulled)))
              },
            },
            { highWaterMark: 0 },
          ),
          { headers: { 'content-type': 'text/event-stream', 'content-length': '9' } },
        ),
      { resume: { store: createMemoryResumeStore(), url: (id) => id, graceMs: 5_000 } },
    )
    const response = await answer(new Request('http://shop.example/', { method: 'POST' }))
    expect(response.headers.get('content-length')).toBeNull()
    const reader = response.body?.getReader()
    await reader?.read()
    await reader?.read()
    expect(pulled).toBe(2)
    await reader?.cancel()
    await expect.poll(() => pulled).toBe(51)
  })
})

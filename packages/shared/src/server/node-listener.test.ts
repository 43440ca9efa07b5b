import { createServer, request as httpRequest, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { toNodeListener } from './node-listener.ts'
import { withEvenkeel } from './with-evenkeel.ts'

const servers: Server[] = []

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    }),
  )
})

async function listen(...args: Parameters<typeof toNodeListener>): Promise<string> {
  const server = createServer(toNodeListener(...args))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Bytes as they are, for requests that no client would send. */
function sendRaw(base: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(base).port), '127.0.0.1', () => socket.end(text))
    let answer = ''
    socket.on('data', (chunk) => {
      answer += String(chunk)
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

const encode = (text: string) => new TextEncoder().encode(text)

function later<T>() {
  let settle: (value: T) => void = () => {}
  const promise = new Promise<T>((resolve) => {
    settle = resolve
  })
  return { promise, resolve: (value: T) => settle(value) }
}

/** A stream that gives the next piece only when it is told to, so that a test sees each one travel. */
function stepped() {
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null
  const cancelled = later<unknown>()
  const stream = new ReadableStream<Uint8Array>({
    start(started) {
      controller = started
    },
    cancel: (reason) => cancelled.resolve(reason),
  })
  return {
    stream,
    cancelled: cancelled.promise,
    push: (text: string) => controller?.enqueue(encode(text)),
    close: () => controller?.close(),
    fail: (error: Error) => controller?.error(error),
  }
}

describe('a fetch-style handler on node:http', () => {
  it('gets method, URL, headers and body, and its answer goes out whole', async () => {
    const base = await listen(async (request) =>
      Response.json(
        {
          method: request.method,
          url: request.url,
          header: request.headers.get('x-test'),
          body: await request.text(),
        },
        {
          status: 201,
          headers: [
            ['set-cookie', 'a=1'],
            ['set-cookie', 'b=2'],
            ['x-more', 'yes'],
          ],
        },
      ),
    )
    const response = await fetch(`${base}/path?q=1`, {
      method: 'PUT',
      headers: { 'x-test': 'é' },
      body: 'Grüße',
    })
    expect(response.status).toBe(201)
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(response.headers.get('x-more')).toBe('yes')
    expect(await response.json()).toEqual({
      method: 'PUT',
      url: `${base}/path?q=1`,
      header: 'é',
      body: 'Grüße',
    })
  })

  it('answers GET and HEAD without a body in the request', async () => {
    const base = await listen((request) => new Response(request.body === null ? 'none' : 'some'))
    expect(await (await fetch(base)).text()).toBe('none')
    const head = await fetch(base, { method: 'HEAD' })
    expect(head.status).toBe(200)
    expect(await head.text()).toBe('')
  })

  it('sends the head before the first byte, and each piece when it is there', async () => {
    const { stream, push, close } = stepped()
    const base = await listen(() => new Response(stream, { headers: { 'x-first': 'yes' } }))
    const response = await fetch(base)
    expect(response.headers.get('x-first')).toBe('yes')
    const reader = response.body?.getReader()
    for (const piece of ['one', 'two', 'three']) {
      push(piece)
      expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(piece)
    }
    close()
    expect((await reader?.read())?.done).toBe(true)
  })

  it('tells the handler at once when the client leaves in the middle of the answer', async () => {
    const { stream, push, cancelled } = stepped()
    const aborted = later<void>()
    const base = await listen((request) => {
      request.signal.addEventListener('abort', () => aborted.resolve())
      return new Response(stream)
    })
    const client = new AbortController()
    const response = await fetch(base, { signal: client.signal })
    push('one')
    await response.body?.getReader().read()
    client.abort()
    await aborted.promise
    expect(await cancelled).toMatchObject({ name: 'AbortError' })
  })

  it('tells the handler when the client leaves before the first byte', async () => {
    const started = later<void>()
    const aborted = later<void>()
    const heard: unknown[] = []
    const base = await listen(
      (request) =>
        new Promise<Response>((_resolve, reject) => {
          started.resolve()
          request.signal.addEventListener('abort', () => {
            aborted.resolve()
            reject(request.signal.reason)
          })
        }),
      { onError: (error) => heard.push(error) },
    )
    const client = new AbortController()
    const answer = fetch(base, { method: 'POST', body: 'x', signal: client.signal })
    await started.promise
    client.abort()
    await expect(answer).rejects.toThrow()
    await aborted.promise
    expect(heard).toEqual([])
  })

  it('does not abort a handler whose answer went out whole', async () => {
    const signals: AbortSignal[] = []
    const base = await listen((request) => {
      signals.push(request.signal)
      return new Response('done')
    })
    await (await fetch(base, { headers: { connection: 'close' } })).text()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(signals[0]?.aborted).toBe(false)
  })

  it('cuts the connection where the stream breaks, so that half an answer never looks whole', async () => {
    const { stream, push, fail } = stepped()
    const heard: unknown[] = []
    const base = await listen(() => new Response(stream), { onError: (error) => heard.push(error) })
    const response = await fetch(base)
    const reader = response.body?.getReader()
    push('half')
    await reader?.read()
    const error = new Error('provider gone')
    fail(error)
    await expect(reader?.read()).rejects.toThrow()
    expect(heard).toEqual([error])
  })

  it('stops reading a fast source while the client does not read', async () => {
    const piece = new Uint8Array(64 * 1024)
    let pieces = 0
    const base = await listen(
      () =>
        new Response(
          new ReadableStream<Uint8Array>({
            pull(controller) {
              pieces += 1
              if (pieces > 1_000) controller.close()
              else controller.enqueue(piece)
            },
          }),
        ),
    )
    const paused = await new Promise<import('node:http').IncomingMessage>((resolve) =>
      httpRequest(base, (response) => resolve(response.pause())).end(),
    )
    await expect.poll(() => pieces, { timeout: 10_000 }).toBeGreaterThan(1)
    let before = -1
    // Buffers of the kernel fill first; then it must stand still.
    await expect
      .poll(
        () => {
          const isStill = pieces === before
          before = pieces
          return isStill
        },
        { interval: 200, timeout: 10_000 },
      )
      .toBe(true)
    expect(pieces).toBeLessThan(500)
    let sizeBytes = 0
    for await (const chunk of paused) sizeBytes += (chunk as Uint8Array).byteLength
    expect(sizeBytes).toBe(1_000 * piece.byteLength)
  })

  it('turns an exception into a 500 that says nothing of it, and tells the team', async () => {
    const heard: unknown[] = []
    const base = await listen(() => Promise.reject(new Error('secret')), {
      onError: (error) => heard.push(error),
    })
    const response = await fetch(base)
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('secret')
    expect(heard).toEqual([new Error('secret')])
  })
})

describe('a large request body', () => {
  const echoSize = async (request: Request) => new Response(String((await request.arrayBuffer()).byteLength))

  it('streams to the handler up to the limit', async () => {
    const base = await listen(echoSize, { maxBodyBytes: 5_000_000 })
    const response = await fetch(base, { method: 'POST', body: new Uint8Array(5_000_000) })
    expect(await response.text()).toBe('5000000')
  })

  it('gets a 413 from its declared length, before the handler is asked', async () => {
    let isAsked = false
    const base = await listen(
      () => {
        isAsked = true
        return new Response()
      },
      { maxBodyBytes: 1_000 },
    )
    const response = await fetch(base, { method: 'POST', body: new Uint8Array(1_001) })
    expect(response.status).toBe(413)
    expect(isAsked).toBe(false)
  })

  it('gets a 413 where it did not declare its length, whatever the handler made of it', async () => {
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull: (controller) => {
          controller.enqueue(new Uint8Array(600))
          if (controller.desiredSize === null) controller.close()
        },
      })
    const limited = () => {
      let left = 5
      return endless().pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>({
          transform(chunk, controller) {
            left -= 1
            controller.enqueue(chunk)
            if (left === 0) controller.terminate()
          },
        }),
      )
    }
    const heard: unknown[] = []
    const post = (base: string) =>
      fetch(base, { method: 'POST', body: limited(), duplex: 'half' } as RequestInit)
    const throwing = await listen(echoSize, { maxBodyBytes: 1_000, onError: (error) => heard.push(error) })
    expect((await post(throwing)).status).toBe(413)
    const swallowing = await listen(
      (request) =>
        request.text().then(
          () => new Response('whole'),
          () => new Response('never mind'),
        ),
      { maxBodyBytes: 1_000, onError: (error) => heard.push(error) },
    )
    expect((await post(swallowing)).status).toBe(413)
    expect(heard).toEqual([])
  })

  it('is not needed by a handler that never reads it', async () => {
    const base = await listen(() => new Response('unread'))
    const response = await fetch(base, { method: 'POST', body: new Uint8Array(2_000_000) })
    expect(await response.text()).toBe('unread')
  })

  it('that the client cuts off fails in the hands of the handler', async () => {
    const outcome = later<string>()
    const base = await listen(async (request) => {
      outcome.resolve(
        await request.text().then(
          () => 'whole',
          () => 'cut',
        ),
      )
      return new Response()
    })
    const socket = connect(Number(new URL(base).port), '127.0.0.1', () => {
      socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf')
      setTimeout(() => socket.destroy(), 50)
    })
    expect(await outcome.promise).toBe('cut')
  })

  it('that a parser such as express.json() has read is given again', async () => {
    const listener = toNodeListener(async (request) => new Response(await request.text()))
    const server = createServer((incoming, outgoing) => {
      incoming.resume().on('end', () => {
        // Express answers under its mount path too, and keeps the whole one beside it.
        listener(Object.assign(incoming, { body: { input: 1 }, originalUrl: incoming.url }), outgoing)
      })
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const response = await fetch(base, { method: 'POST', body: '{"input":1}' })
    expect(await response.text()).toBe('{"input":1}')
  })
})

describe('a request that names another host in its path', () => {
  const echoUrl = (request: Request) => new Response(request.url)

  it('stays on ours', async () => {
    const base = await listen(echoUrl)
    const answer = await sendRaw(
      base,
      'GET //evil.example/a HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n',
    )
    expect(answer).toContain('http://shop.example//evil.example/a')
  })

  it.each([
    ['an absolute URL', 'GET http://evil.example/ HTTP/1.1\r\nHost: shop.example\r\n'],
    ['a host with a path in it', 'GET / HTTP/1.1\r\nHost: shop.example/evil\r\n'],
    ['no host', 'GET / HTTP/1.0\r\n'],
  ])('gets a 400 for %s', async (_what, head) => {
    const base = await listen(echoUrl)
    expect(await sendRaw(base, `${head}Connection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400/)
  })
})

describe('withEvenkeel behind node:http', () => {
  it('carries headers, stages and streamed text, and an abort reaches the handler', async () => {
    const { stream, push, cancelled } = stepped()
    const aborted = later<void>()
    const answer = withEvenkeel('draft-reply', async (_request, context) => {
      context.signal.addEventListener('abort', () => aborted.resolve())
      await context.stage('retrieval', () => new Promise((resolve) => setTimeout(resolve, 5)))
      context.describe({ prompt: 'draft-reply', version: '3' })
      return new Response(stream)
    })
    const base = await listen(answer)
    const client = new AbortController()
    const response = await fetch(base, { method: 'POST', body: '{}', signal: client.signal })
    expect(response.headers.get('evenkeel')).toBe('prompt="draft-reply", version="3"')
    expect(response.headers.get('server-timing')).toMatch(/^retrieval;dur=\d/)
    expect(response.headers.get('traceparent')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
    push('Hi')
    expect(new TextDecoder().decode((await response.body?.getReader().read())?.value)).toBe('Hi')
    client.abort()
    await aborted.promise
    await cancelled
  })
})

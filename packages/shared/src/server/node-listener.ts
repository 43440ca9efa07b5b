import type { IncomingMessage, ServerResponse } from 'node:http'
import { problem } from './problem.ts'

export interface NodeListenerOptions {
  /** Largest request body; 16 MiB where absent. What is larger gets a 413. */
  readonly maxBodyBytes?: number
  /** Hears of what the handler threw; writes it to the console where absent. */
  readonly onError?: (error: unknown) => void
}

const MAX_BODY_BYTES = 16 * 1024 * 1024
const WITHOUT_BODY = new Set(['GET', 'HEAD'])

/**
 * A fetch-style handler as a listener for `node:http`, and so for Express (`app.post(path, listener)`)
 * and Fastify (`listener(request.raw, reply.raw)` after `reply.hijack()`). Bodies stream both ways with
 * backpressure; `request.signal` fires when the client leaves before the end.
 *
 * @example
 * createServer(toNodeListener(withEvenkeel('draft-reply', handler))).listen(3000)
 */
export function toNodeListener(
  handler: (request: Request) => Response | Promise<Response>,
  options: NodeListenerOptions = {},
): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  const maxBodyBytes = options.maxBodyBytes ?? MAX_BODY_BYTES
  const onError =
    options.onError ?? ((error: unknown) => console.error('evenkeel: a request handler failed', error))

  return (incoming, outgoing) => {
    const left = new AbortController()
    outgoing.on('close', () => {
      if (!outgoing.writableFinished) left.abort()
    })
    // The client is gone; `close` follows and tells the handler.
    outgoing.on('error', () => {})
    answer(incoming, outgoing, left.signal).catch((error: unknown) => {
      if (!left.signal.aborted) onError(error)
      outgoing.destroy()
    })
  }

  async function answer(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    signal: AbortSignal,
  ): Promise<void> {
    const url = urlOf(incoming)
    if (url === null) {
      return send(problem(400, { title: 'The request names no valid host or path.' }), incoming, outgoing)
    }
    const body = bodyOf(incoming, maxBodyBytes)
    if (body.isTooLarge()) return send(tooLarge(), incoming, outgoing)
    let response: Response
    try {
      response = await handler(
        new Request(url, {
          method: incoming.method ?? 'GET',
          headers: headersOf(incoming),
          signal,
          ...(body.stream === null ? {} : { body: body.stream, duplex: 'half' }),
        } as RequestInit),
      )
    } catch (error) {
      if (!signal.aborted && !body.isTooLarge()) onError(error)
      response = problem(500, { title: 'The server failed to answer.' })
    }
    // Whatever the handler made of a body that was cut off, the reason is this one.
    if (body.isTooLarge()) {
      await response.body?.cancel()
      response = tooLarge()
    }
    await send(response, incoming, outgoing)
  }

  function tooLarge(): Response {
    return problem(413, { title: `The body is larger than ${maxBodyBytes} bytes.` })
  }
}

/** The URL that was asked for, taken apart so that neither `Host` nor a path such as `//other.example` can name another host. */
function urlOf(incoming: IncomingMessage): string | null {
  const { originalUrl } = incoming as { originalUrl?: string }
  // Express takes the mount path out of `url`.
  const path = originalUrl ?? incoming.url ?? ''
  const host = incoming.headers.host ?? ''
  if (!path.startsWith('/') || !/^[\w.:[\]-]+$/.test(host)) return null
  const scheme = 'encrypted' in incoming.socket ? 'https' : 'http'
  try {
    return new URL(`${scheme}://${host}${path}`).href
  } catch {
    return null
  }
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers()
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    // Names with a colon are HTTP/2's own.
    if (!name.startsWith(':')) headers.append(name, rawHeaders[index + 1] ?? '')
  }
  return headers
}

interface LimitedBody {
  readonly stream: ReadableStream<Uint8Array> | null
  isTooLarge(): boolean
}

function bodyOf(incoming: IncomingMessage, maxBytes: number): LimitedBody {
  if (WITHOUT_BODY.has(incoming.method ?? 'GET')) return { stream: null, isTooLarge: () => false }
  let sizeBytes = Number(incoming.headers['content-length'] ?? 0)
  const isTooLarge = () => sizeBytes > maxBytes
  if (isTooLarge()) return { stream: null, isTooLarge }
  sizeBytes = 0
  const parsed = parsedBody(incoming)
  if (parsed !== null) return { stream: new Blob([parsed]).stream(), isTooLarge }
  const chunks = incoming.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array>
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) return controller.close()
        sizeBytes += value.byteLength
        if (isTooLarge()) controller.error(new TypeError('The request body is too large.'))
        else controller.enqueue(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, isTooLarge }
}

// A body parser that ran before us, such as `express.json()`, has emptied the stream.
function parsedBody(incoming: IncomingMessage): string | null {
  const { body } = incoming as { body?: unknown }
  if (!incoming.readableEnded || body === undefined) return null
  return typeof body === 'string' ? body : JSON.stringify(body)
}

async function send(response: Response, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  if (outgoing.destroyed) return response.body?.cancel()
  outgoing.statusCode = response.status
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie') outgoing.setHeader(name, value)
  }
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies)
  if (response.body === null || incoming.method === 'HEAD') {
    outgoing.end()
    return response.body?.cancel()
  }
  // The client's clocks start at the head of the response, long before the first token.
  outgoing.flushHeaders()
  await pipe(response.body, outgoing)
}

async function pipe(body: ReadableStream<Uint8Array>, outgoing: ServerResponse): Promise<void> {
  const reader = body.getReader()
  const cancel = () => void reader.cancel(new DOMException('The client left.', 'AbortError')).catch(() => {})
  outgoing.once('close', cancel)
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (!outgoing.write(part.value)) await drained(outgoing)
    }
    outgoing.end()
  } catch (error) {
    // The connection is cut off now; what came before reaches the browser all the same.
    await written(outgoing)
    throw error
  } finally {
    outgoing.off('close', cancel)
  }
}

function written(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    outgoing.once('close', resolve)
    if (outgoing.destroyed) resolve()
    else outgoing.write('', () => resolve())
  })
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      outgoing.off('drain', done)
      outgoing.off('close', done)
      resolve()
    }
    outgoing.on('drain', done)
    outgoing.on('close', done)
    if (outgoing.destroyed) done()
  })
}

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { parseAttempt } from '@evenkeel/shared'
import { type IngestOptions, ingestHandler, toNodeListener } from '@evenkeel/shared/server'

/** One line of the server's access log: the witness of everything that is measured here. */
export interface Access {
  readonly at: number
  readonly run: string
  /** The span of the attempt, as its `traceparent` says. */
  readonly span: string
  readonly build: string
  /** From the session's cookie. */
  readonly user: string
}

/** What happens to telemetry at this server's door, before the ingest handler. */
export type Door =
  | 'open'
  /** A hotel's network, a login: a page where an answer should be. */
  | 'page'
  | 'closed'

export interface ProductServer {
  readonly url: string
  readonly log: readonly Access[]
  /** Telemetry requests by build-independent order: when each came and how it was answered. */
  readonly posts: readonly {
    readonly at: number
    readonly path: string
    status: number
    readonly body: string
    readonly user: string
  }[]
  /** The most telemetry requests that were open at one time since it was last set to nothing. */
  mostAtOnce: number
  setDoor(door: Door): void
  /** How long telemetry is held before it is answered. */
  setDelay(ms: number): void
  close(): Promise<void>
}

export const TENANT = 'acme'

const TOKEN_EVERY_MS = 25

/** A product: its page, its answers, and the door for its telemetry, on loopback. */
export async function startProductServer(
  scripts: ReadonlyMap<string, string>,
  collectorUrl: string,
  options: Partial<IngestOptions> = {},
): Promise<ProductServer> {
  const log: Access[] = []
  const posts: { at: number; path: string; status: number; body: string; user: string }[] = []
  let door: Door = 'open'
  let delayMs = 0
  let open = 0
  let mostAtOnce = 0
  let answers = 0

  const userOf = (request: Request) => /session=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? null

  const ingest = ingestHandler({
    collectorUrl,
    onError: () => {},
    claims: 'must-agree',
    identify: (request) => {
      const user = userOf(request)
      return user === null ? null : { tenant: TENANT, user }
    },
    ...options,
  })

  async function takeTelemetry(request: Request, pathname: string): Promise<Response> {
    const body = await request.clone().text()
    const user = userOf(request) ?? ''
    const entry = { at: Date.now(), path: pathname.slice('/evenkeel'.length), status: 0, body, user }
    posts.push(entry)
    open += 1
    mostAtOnce = Math.max(mostAtOnce, open)
    try {
      if (delayMs > 0) await wait(delayMs)
      const response =
        door === 'page'
          ? new Response('<!doctype html><title>Welcome to the hotel</title>', {
              headers: { 'content-type': 'text/html' },
            })
          : door === 'closed'
            ? new Response(null, { status: 503, headers: { 'retry-after': '1' } })
            : await ingest(request)
      entry.status = response.status
      return response
    } finally {
      open -= 1
    }
  }

  function answer(request: Request, url: URL): Response {
    const { run } = parseAttempt(request.headers.get('evenkeel-attempt') ?? '') ?? {}
    const [, , span = ''] = (request.headers.get('traceparent') ?? '').split('-')
    if (run === undefined) return new Response(null, { status: 400 })
    const build = url.searchParams.get('build') ?? ''
    log.push({ at: Date.now(), run, span, build, user: userOf(request) ?? '' })
    answers += 1
    // One in twelve fails, so that runs of several attempts are among them.
    if (answers % 12 === 0) return new Response(null, { status: 500 })
    const tokens = Number(url.searchParams.get('tokens')) || 4 + (answers % 9)
    return new Response(stream(tokens, request.signal), {
      headers: {
        'content-type': 'text/event-stream',
        'x-vercel-ai-ui-message-stream': 'v1',
        evenkeel: 'prompt="answer", version="3"',
      },
    })
  }

  const listener = toNodeListener((request) => {
    const url = new URL(request.url)
    const { pathname } = url
    if (pathname.startsWith('/evenkeel/')) return takeTelemetry(request, pathname)
    if (pathname === '/api/answer') return answer(request, url)
    const script = scripts.get(pathname)
    if (script !== undefined) return new Response(script, { headers: { 'content-type': 'text/javascript' } })
    if (pathname !== '/' && pathname !== '/elsewhere') return new Response(null, { status: 404 })
    const session = JSON.stringify({ tenant: TENANT, user: userOf(request) })
    const head = `<!doctype html><title>a product</title><script>var session = ${session}</script>`
    const body = pathname === '/' ? '<script type="module" src="/scripts/page.js"></script>' : 'elsewhere'
    return new Response(head + body, { headers: { 'content-type': 'text/html' } })
  })

  const server = createServer(listener)
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    posts,
    get mostAtOnce() {
      return mostAtOnce
    },
    set mostAtOnce(count) {
      mostAtOnce = count
    },
    setDoor(next) {
      door = next
    },
    setDelay(ms) {
      delayMs = ms
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const frame = (event: object) => new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`)

function stream(tokens: number, signal: AbortSignal): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async start(controller) {
      const events = [
        { type: 'start' },
        { type: 'text-start', id: 't' },
        ...Array.from({ length: tokens }, () => ({ type: 'text-delta', id: 't', delta: 'word ' })),
        { type: 'text-end', id: 't' },
        { type: 'finish', finishReason: 'stop' },
      ]
      try {
        for (const event of events) {
          if (signal.aborted) return
          controller.enqueue(frame(event))
          await wait(TOKEN_EVERY_MS)
        }
        controller.enqueue(new TextEncoder().encode('data: [DONE]\n\n'))
        controller.close()
      } catch {
        // Whoever read it has left.
      }
    },
  })
}

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { openFlagFile } from '@evenkeel/shared/flags'
import {
  createControls,
  createMemoryResumeStore,
  type FlagSource,
  flagsHandler,
  type Identity,
  ingestHandler,
  resumeHandler,
  toNodeListener,
  withEvenkeel,
} from '@evenkeel/shared/server'
import { type Session, sessionNamed } from './sessions.ts'

/** One question as the product's own log has it: whose session asked, and what the server made of it. */
export interface Asked {
  readonly run: string
  readonly session: string
  /** The prompt that the server's controls gave it. */
  readonly prompt: string | null
  readonly isAnswered: boolean
}

/** Somebody asked for the rest of an answer, or let go of it. */
export interface Resumed {
  readonly session: string
  readonly method: string
  readonly answer: string
}

export interface Posted {
  readonly session: string
  readonly body: string
  status: number
}

/** What of the server is out of order. */
export interface Weather {
  /** The sessions whose model fails. */
  failing: readonly string[]
  /** Telemetry is turned away before anybody looks at it. */
  isDoorClosed: boolean
  /** Nobody is told of flags. */
  isFlagsDown: boolean
  /** The server's own flags cannot be evaluated. */
  isSourceDown: boolean
}

export interface ProductServer {
  readonly url: string
  readonly weather: Weather
  readonly asked: readonly Asked[]
  readonly resumed: readonly Resumed[]
  readonly posted: readonly Posted[]
  /** Whose each answer is that can be resumed. */
  readonly answers: ReadonlyMap<string, string>
  close(): Promise<void>
}

const FLAGS_DOWN_AFTER_MS = 700
const TOKEN_EVERY_MS = 40
const TOKENS = { draft: 3, letter: 40, memo: 15 } as const
const FEATURES = ['draft', 'letter', 'memo'] as const

/** Whose session a request is of: a tab's own token, because cookies are the whole browser's. */
function sessionOf(request: Request): Session | null {
  const token = request.headers.get('x-session') ?? new URL(request.url).searchParams.get('session')
  return sessionNamed(token)
}

function identify(request: Request): Identity {
  const { tenant = null, user = null } = sessionOf(request) ?? {}
  return { tenant, user }
}

/** A product with everything that the server's half has, and a log of its own, on loopback. */
export async function startProductServer(
  scripts: ReadonlyMap<string, string>,
  flagFile: string,
  collectorUrl: string,
): Promise<ProductServer> {
  const asked: Asked[] = []
  const resumed: Resumed[] = []
  const posted: Posted[] = []
  const answers = new Map<string, string>()
  const weather: Weather = { failing: [], isDoorClosed: false, isFlagsDown: false, isSourceDown: false }
  const ignore = () => {}

  const flags = await openFlagFile(flagFile, { onReminder: ignore })
  const source: FlagSource = {
    evaluate: (...question) => {
      if (weather.isSourceDown) throw new Error('The flags are away.')
      return flags.evaluate(...question)
    },
    evaluatePublic: (identity) => flags.evaluatePublic?.(identity) ?? [],
    get version() {
      return flags.version
    },
    onChange: (listener) => flags.onChange(listener),
  }
  const controls = createControls(source, { onError: ignore })
  const store = createMemoryResumeStore()
  const scope = (request: Request) => {
    const session = sessionOf(request)
    return session === null ? null : JSON.stringify([session.tenant, session.user])
  }

  function feature(id: (typeof FEATURES)[number]) {
    const answer = withEvenkeel(
      id,
      (_request, context) => {
        const { tenant, user } = context.identity
        const session = sessionNamed(`${tenant}-${user}`)
        const isAnswered = session !== null && !weather.failing.includes(session.name)
        const { prompt } = context.controls
        asked.push({ run: context.run ?? '', session: session?.name ?? '', prompt, isAnswered })
        if (!isAnswered) throw new Error('The model fails.')
        // The same version for everybody: it tells nobody's answer from another's.
        context.describe({ prompt: 'draft', version: '3', context: session.word })
        return new Response(stream(session.word, TOKENS[id], context.signal), {
          headers: { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' },
        })
      },
      {
        controls,
        identify,
        resume: { store, scope, url: (answer) => `/api/resume/${answer}` },
        onError: ignore,
      },
    )
    return async (request: Request): Promise<Response> => {
      const response = await answer(request)
      const [, id] = /\/api\/resume\/(\w+)/.exec(response.headers.get('evenkeel') ?? '') ?? []
      if (id !== undefined) answers.set(id, sessionOf(request)?.name ?? '')
      return response
    }
  }

  const features = new Map(FEATURES.map((id) => [`/api/${id}`, feature(id)]))
  const resume = resumeHandler({ store, scope, controls, identify })
  const tellFlags = flagsHandler({
    controls,
    identify,
    features: FEATURES,
    onError: ignore,
    aliveEveryMs: 500,
  })
  const ingest = ingestHandler({
    collectorUrl,
    identify: (request) => sessionOf(request),
    claims: 'must-agree',
    onError: ignore,
  })

  async function takeTelemetry(request: Request): Promise<Response> {
    const entry = { session: sessionOf(request)?.name ?? '', body: await request.clone().text(), status: 0 }
    posted.push(entry)
    const response = weather.isDoorClosed ? new Response(null, { status: 503 }) : await ingest(request)
    entry.status = response.status
    return response
  }

  async function tell(request: Request, pathname: string): Promise<Response> {
    if (weather.isFlagsDown) {
      // Until then a page goes by what was kept.
      await wait(FLAGS_DOWN_AFTER_MS)
      return new Response(null, { status: 503 })
    }
    // Half of them are pushed to and half poll, and so there are connections left for everything else.
    if (pathname.endsWith('/events') && sessionOf(request)?.tenant !== 'acme')
      return new Response(null, { status: 503 })
    return tellFlags(request)
  }

  const listener = toNodeListener((request) => {
    const { pathname, searchParams } = new URL(request.url)
    const ask = features.get(pathname)
    if (ask !== undefined) return ask(request)
    if (pathname.startsWith('/api/resume/')) {
      const answer = pathname.split('/').at(-1) ?? ''
      resumed.push({ session: sessionOf(request)?.name ?? '', method: request.method, answer })
      return resume(request)
    }
    if (pathname.startsWith('/evenkeel/ofrep/')) return tell(request, pathname)
    if (pathname.startsWith('/evenkeel/')) return takeTelemetry(request)
    const script = scripts.get(pathname)
    if (script !== undefined) return new Response(script, { headers: { 'content-type': 'text/javascript' } })
    const entry = { '/': 'page', '/app': 'app', '/empty': null }[pathname]
    if (entry === undefined) return new Response(null, { status: 404 })
    return html(entry, sessionNamed(searchParams.get('session')))
  })

  const server = createServer(listener)
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    weather,
    asked,
    resumed,
    posted,
    answers,
    async close() {
      flags.close()
      store.clear()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** No word of anybody's is in it, so that whatever is seen of one came another way. */
function html(entry: string | null, session: Session | null): Response {
  const { name = '', tenant = null, user = null } = session ?? {}
  const said = JSON.stringify({ name, tenant, user })
  const script = entry === null ? '' : `<script type="module" src="/scripts/${entry}.js"></script>`
  return new Response(
    `<!doctype html><title>a product</title><script>var session = ${said}</script><body>${script}`,
    { headers: { 'content-type': 'text/html' } },
  )
}

const frame = (event: object) => new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`)

function stream(word: string, tokens: number, signal: AbortSignal): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async start(controller) {
      try {
        controller.enqueue(frame({ type: 'start' }))
        controller.enqueue(frame({ type: 'text-start', id: 't' }))
        for (let count = 0; count < tokens; count += 1) {
          controller.enqueue(frame({ type: 'text-delta', id: 't', delta: `${word} ${count} ` }))
          await wait(TOKEN_EVERY_MS, undefined, { signal })
        }
        controller.enqueue(frame({ type: 'text-end', id: 't' }))
        controller.enqueue(frame({ type: 'finish', finishReason: 'stop' }))
        controller.enqueue(new TextEncoder().encode('data: [DONE]\n\n'))
        controller.close()
      } catch {
        // Whoever read it has left.
        controller.error(signal.reason)
      }
    },
  })
}

import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type FlagFile, openFlagFile } from '@evenkeel/shared/flags'
import {
  type Controls,
  controlHandler,
  createControls,
  flagsHandler,
  type Identity,
  toNodeListener,
  type WhenKilled,
  withEvenkeel,
} from '@evenkeel/shared/server'

/** One line of the server's own log: the witness of everything that is measured here. */
export interface LogEntry {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** `received` before anything is decided; then what was decided, and how it ended. */
  readonly event: 'received' | 'answering' | 'refused' | 'left' | 'ended'
  readonly feature: string
  readonly tab: string
  readonly run: string | null
  readonly prompt?: string | null
  readonly model?: string | null
  /** When the page says that it was triggered. */
  readonly triggeredAt?: number
}

/** How the event stream fares: as it should, refused, or held back by something in between that gives no byte. */
export type StreamWeather = 'open' | 'refused' | 'silent'

export interface FaultServer {
  readonly url: string
  readonly flags: FlagFile
  readonly controls: Controls
  readonly log: readonly LogEntry[]
  /** Event streams that are held now. */
  readonly streams: number
  /** Changes how the event stream fares, and cuts those that are held. */
  setStreams(weather: StreamWeather): void
  close(): Promise<void>
}

const TOKEN_EVERY_MS = 40
const LONGEST_MS = 120_000

/** One flag that was there before Evenkeel stands behind all three features. */
export const KEYS = {
  'letter.enabled': 'assistant',
  'note.enabled': 'assistant',
  'probe.enabled': 'assistant',
}
const FEATURES = ['letter', 'note', 'probe', 'beta']

/** A product's server with everything that controls need, on loopback, over HTTP/1.1 with its six connections. */
export async function startFaultServer(flagFile: string, page: string): Promise<FaultServer> {
  const log: LogEntry[] = []
  const held = new Set<ServerResponse>()
  let weather: StreamWeather = 'open'
  const ignore = () => {}
  const flags = await openFlagFile(flagFile, { keys: KEYS, onReminder: ignore })
  const controls = createControls(flags, { keys: KEYS })

  const identify = (request: Request): Identity => {
    const [, user = null] = /session=([\w-]+)/.exec(request.headers.get('cookie') ?? '') ?? []
    return { tenant: 'acme', user, cohort: user === 'insider' ? 'internal' : 'external' }
  }

  function feature(id: string, whenKilled: WhenKilled, isLong: boolean) {
    const answer = withEvenkeel(
      id,
      async (request, context) => {
        const version = context.controls.prompt ?? '1'
        const model = context.controls.model ?? 'standard'
        context.describe({ prompt: id, version, model })
        const about = { feature: id, tab: tabOf(request), run: context.run, prompt: version, model }
        log.push({ at: Date.now(), event: 'answering', ...about })
        const note = (event: LogEntry['event']) => log.push({ at: Date.now(), event, ...about })
        return new Response(isLong ? longAnswer(context.signal, note) : shortAnswer(version), {
          headers: { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' },
        })
      },
      { controls, identify, whenKilled, onError: ignore },
    )
    return async (request: Request): Promise<Response> => {
      const tab = tabOf(request)
      const triggeredAt = Number(new URL(request.url).searchParams.get('at'))
      log.push({ at: Date.now(), event: 'received', feature: id, tab, run: null, triggeredAt })
      const response = await answer(request)
      if (response.headers.get('evenkeel')?.includes('failed="disabled"'))
        log.push({ at: Date.now(), event: 'refused', feature: id, tab, run: null })
      return response
    }
  }

  const routes: Readonly<Record<string, (request: Request) => Response | Promise<Response>>> = {
    '/api/letter': feature('letter', 'finish', true),
    '/api/note': feature('note', 'stop', true),
    '/api/probe': feature('probe', 'stop', false),
    '/api/beta': feature('beta', 'stop', false),
    '/page.js': () => new Response(page, { headers: { 'content-type': 'text/javascript' } }),
    '/': () =>
      new Response('<!doctype html><title>controls</title><script src="/page.js"></script>', {
        headers: { 'content-type': 'text/html' },
      }),
  }
  const tellFlags = flagsHandler({ controls, identify, features: FEATURES, onError: ignore })
  const changeControls = controlHandler({
    store: flags,
    onError: ignore,
    operator: (request) =>
      request.headers.get('authorization') === 'Bearer operator'
        ? { actor: 'Noor', role: 'operator', tenant: null }
        : null,
  })
  const listener = toNodeListener((request) => {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/evenkeel/ofrep/')) return tellFlags(request)
    if (pathname.startsWith('/evenkeel/controls')) return changeControls(request)
    return routes[pathname]?.(request) ?? new Response(null, { status: 404 })
  })

  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.endsWith('/ofrep/v1/events')) {
      if (weather === 'refused') return outgoing.writeHead(503).end()
      held.add(outgoing)
      outgoing.on('close', () => held.delete(outgoing))
      if (weather === 'silent')
        return outgoing.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
    }
    listener(incoming, outgoing)
  })
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    flags,
    controls,
    log,
    get streams() {
      return held.size
    },
    setStreams(next) {
      weather = next
      for (const stream of held) stream.destroy()
    },
    async close() {
      flags.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function tabOf(request: Request): string {
  return new URL(request.url).searchParams.get('tab') ?? '?'
}

const encode = (chunk: object) => new TextEncoder().encode(`data: ${JSON.stringify(chunk)}\n\n`)

function shortAnswer(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of [
        { type: 'start' },
        { type: 'text-start', id: 't' },
        { type: 'text-delta', id: 't', delta: `by prompt ${text}` },
        { type: 'text-end', id: 't' },
        { type: 'finish', finishReason: 'stop' },
      ])
        controller.enqueue(encode(chunk))
      controller.enqueue(new TextEncoder().encode('data: [DONE]\n\n'))
      controller.close()
    },
  })
}

/** Goes on until the browser or the switch ends it. */
function longAnswer(
  signal: AbortSignal,
  note: (event: 'left' | 'ended') => void,
): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encode({ type: 'start' }))
      controller.enqueue(encode({ type: 'text-start', id: 't' }))
      const timer = setInterval(() => {
        controller.enqueue(encode({ type: 'text-delta', id: 't', delta: 'word ' }))
      }, TOKEN_EVERY_MS)
      const end = setTimeout(() => stop('ended'), LONGEST_MS)
      const stop = (event: 'left' | 'ended') => {
        clearInterval(timer)
        clearTimeout(end)
        note(event)
        try {
          controller.close()
        } catch {
          // Its reader has left.
        }
      }
      signal.addEventListener('abort', () => stop('left'), { once: true })
    },
  })
}

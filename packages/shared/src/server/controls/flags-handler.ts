import type { Identity } from '../identity.ts'
import { problem } from '../problem.ts'
import { isSameOrigin } from '../same-origin.ts'
import { evaluateBulk } from './bulk-evaluation.ts'
import type { Controls } from './controls.ts'
import { flagEvents } from './flag-events.ts'

export interface FlagsHandlerOptions {
  readonly controls: Controls
  /** Who is signed in, from the session; whatever the browser says of itself is not looked at. Nobody in particular where absent. */
  readonly identify?: (request: Request) => Identity | Promise<Identity>
  /**
   * The features whose public controls are told. A flagd file lists its own public flags; here they are
   * needed where flags are mapped or come from another provider.
   */
  readonly features?: readonly string[]
  /** From one sign of life on the event stream to the next; 2 s where absent. */
  readonly aliveEveryMs?: number
  /** Event streams held at once; above it the browsers poll. 10,000 where absent. */
  readonly maxStreams?: number
  /** Hears of what could not be evaluated; writes it to the console where absent. */
  readonly onError?: (error: unknown) => void
}

const ALIVE_EVERY_MS = 2_000
const MAX_STREAMS = 10_000
const BULK = /\/ofrep\/v1\/evaluate\/flags$/
const SINGLE = /\/ofrep\/v1\/evaluate\/flags\/([^/]+)$/
const EVENTS = /\/ofrep\/v1\/events$/
const NOBODY: Identity = { tenant: null, user: null }

/**
 * Tells browsers their flags by OFREP, the OpenFeature remote evaluation protocol, at
 * `…/ofrep/v1/evaluate/flags` and, pushed, at `…/ofrep/v1/events`. Only what is public is told, and only
 * what holds for whoever the session says is asking.
 *
 * @example
 * const flags = flagsHandler({ controls, identify: sessionOf })
 * if (url.pathname.startsWith('/evenkeel/ofrep/')) return flags(request)
 */
export function flagsHandler(options: FlagsHandlerOptions): (request: Request) => Promise<Response> {
  const { controls, features = [], aliveEveryMs = ALIVE_EVERY_MS, maxStreams = MAX_STREAMS } = options
  const onError =
    options.onError ?? ((error: unknown) => console.error('evenkeel: flags could not be told', error))
  const evaluate = async (request: Request) =>
    evaluateBulk(controls, features, (await options.identify?.(request)) ?? NOBODY)
  let streams = 0

  return async (request) => {
    const { pathname } = new URL(request.url)
    if (!isSameOrigin(request)) return problem(403, { title: 'Flags are told to this site only.' })
    try {
      if (BULK.test(pathname)) return request.method === 'POST' ? await bulk(request, pathname) : only('POST')
      if (EVENTS.test(pathname)) return request.method === 'GET' ? events(request) : only('GET')
      const [, key] = SINGLE.exec(pathname) ?? []
      if (key !== undefined) return request.method === 'POST' ? await single(request, key) : only('POST')
      return problem(404, { title: 'Flags are at …/ofrep/v1/evaluate/flags.' })
    } catch (error) {
      onError(error)
      return problem(503, { title: 'The flags could not be evaluated.' })
    }
  }

  async function bulk(request: Request, pathname: string): Promise<Response> {
    const { etag, flags, evaluatedAt } = await evaluate(request)
    const headers = { etag, 'cache-control': 'no-store' }
    if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
    const requestUri = pathname.replace(BULK, '/ofrep/v1/events')
    const eventStreams = [{ type: 'sse', endpoint: { requestUri } }]
    return Response.json({ flags, eventStreams, evaluatedAt }, { headers })
  }

  async function single(request: Request, encoded: string): Promise<Response> {
    const key = decode(encoded)
    const { flags } = await evaluate(request)
    const found = flags.find((flag) => flag.key === key)
    const headers = { 'cache-control': 'no-store' }
    if (found === undefined)
      return Response.json({ key, errorCode: 'FLAG_NOT_FOUND' }, { status: 404, headers })
    return Response.json(found, { status: found.errorCode === undefined ? 200 : 500, headers })
  }

  function events(request: Request): Response {
    if (streams >= maxStreams) return problem(503, { title: 'Too many event streams. Ask again later.' })
    streams += 1
    const stream = flagEvents({
      controls,
      aliveEveryMs,
      onError,
      evaluate: () => evaluate(request),
      onOver: () => {
        streams -= 1
      },
    })
    return new Response(stream, {
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store, no-transform',
        // nginx holds answers back unless it is told not to.
        'x-accel-buffering': 'no',
      },
    })
  }
}

async function only(method: string): Promise<Response> {
  return problem(405, { title: `This path answers ${method} only.` }, { allow: method })
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

import { isObject, problemOfRequest } from '../otlp/read.ts'
import { parseRetryAfter } from '../retry-after.ts'
import { HEADER } from '../wire.ts'
import { type Claims, type Identity, withIdentity } from './identity.ts'
import { problem, RequestProblem } from './problem.ts'
import { createRateLimit, type RateLimit } from './rate-limit.ts'
import { readBody } from './read-body.ts'
import { isJson } from './read-input.ts'
import { isSameOrigin } from './same-origin.ts'

export type { Claims, Identity } from './identity.ts'
export type { RateLimit } from './rate-limit.ts'

export interface IngestOptions {
  /** The collector's base URL, such as `http://127.0.0.1:4318`; `null` where there is none just now. */
  readonly collectorUrl: string | (() => string | null)
  /** Largest batch; 1 MiB where absent. The client sends less than 64 KiB. */
  readonly maxBytes?: number
  /** How long the batch may take in and out; 5 s where absent. */
  readonly timeoutMs?: number
  /**
   * Who is signed in, from the session; `null` where nobody is, and then nothing is taken. With it the
   * browser's word on tenant and user is overwritten; without it that word is passed on as it came.
   */
  readonly identify?: (request: Request) => Identity | null | Promise<Identity | null>
  /** What the overwritten word is worth; `overwrite`, nothing, where absent. */
  readonly claims?: Claims
  /**
   * What is taken from one session, or from all of them together where nobody identifies them: a burst of 60
   * requests and then 10 a second where absent, 600 and 100 for all together. `false` takes whatever comes.
   */
  readonly limit?: RateLimit | false
  readonly fetch?: typeof globalThis.fetch
  /**
   * Hears of every batch that the collector did not take, and of how many runs named another tenant or user
   * than the session's where they must agree; writes it to the console where absent.
   */
  readonly onError?: (error: unknown) => void
}

const MAX_BYTES = 1024 * 1024
const TIMEOUT_MS = 5_000
const LIMIT: RateLimit = { burst: 60, perSecond: 10 }
const LIMIT_OF_ALL: RateLimit = { burst: 600, perSecond: 100 }
/** What each path carries. */
const LISTS = { '/v1/traces': 'resourceSpans', '/v1/logs': 'resourceLogs' } as const
type SignalPath = keyof typeof LISTS

/**
 * Takes a product's telemetry at `…/v1/traces` and `…/v1/logs` (OTLP/JSON) from its own pages and
 * passes it to the collector. 202 means that the collector has it; 400, 413 and 415 that sending it
 * again is useless; 401 that nobody is signed in; 408, 429 and 5xx that it should be sent again later. It
 * never hangs.
 *
 * @example
 * const ingest = ingestHandler({ collectorUrl: 'http://127.0.0.1:4318' })
 * if (url.pathname.startsWith('/evenkeel/')) return ingest(request)
 */
export function ingestHandler(options: IngestOptions): (request: Request) => Promise<Response> {
  const maxBytes = options.maxBytes ?? MAX_BYTES
  const fetch = options.fetch ?? globalThis.fetch
  const onError =
    options.onError ?? ((error: unknown) => console.error('evenkeel: telemetry was not taken', error))

  const limit = options.limit ?? (options.identify === undefined ? LIMIT_OF_ALL : LIMIT)
  const waitOf = limit === false ? () => 0 : createRateLimit(limit, () => performance.now())

  return async (request) => {
    const { pathname } = new URL(request.url)
    const path = (Object.keys(LISTS) as SignalPath[]).find((known) => pathname.endsWith(known))
    if (path === undefined) return problem(404, { title: 'Telemetry goes to …/v1/traces or …/v1/logs.' })
    if (request.method !== 'POST')
      return problem(405, { title: 'Telemetry is sent by POST.' }, { allow: 'POST' })
    if (!isSameOrigin(request)) return problem(403, { title: 'Telemetry is taken from this site only.' })
    if (!isJson(request.headers.get('content-type') ?? '') || request.headers.has('content-encoding')) {
      return problem(415, { title: 'Telemetry is application/json (OTLP/JSON), not compressed.' })
    }
    const signal = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS)
    try {
      // Before the body is read: whoever may not send costs no more than this.
      const identity = await inTime(options.identify?.(request), signal)
      if (identity === null) return problem(401, { title: 'Nobody is signed in.' })
      const waitMs = waitOf(JSON.stringify([identity?.tenant, identity?.user]))
      if (waitMs > 0) return problem(429, { title: 'That is too much at once.' }, retryAfter(waitMs))
      const body = await checkedBody(request, path, signal, identity)
      return await forward(path, body, signal)
    } catch (error) {
      if (error instanceof RequestProblem) return problem(error.status, error.details)
      onError(error)
      return problem(500, { title: 'The server failed to take the telemetry.' })
    }
  }

  /** The batch to pass on, with the session's identity in it. */
  async function checkedBody(
    request: Request,
    path: SignalPath,
    signal: AbortSignal,
    identity: Identity | undefined,
  ): Promise<string> {
    const text = await readBody(request, maxBytes, signal)
    let batch: unknown
    try {
      batch = JSON.parse(text)
    } catch {
      throw new RequestProblem(400, { title: 'The body is not JSON.' })
    }
    const wrong = problemOfRequest(batch, LISTS[path])
    if (wrong !== null || !isObject(batch)) throw new RequestProblem(400, { title: wrong ?? '' })
    if (identity === undefined) return text
    const { batch: identified, ofOthers } = withIdentity(batch, identity, options.claims)
    if (ofOthers > 0) onError(new Error(`${ofOthers} runs name another tenant or user than the session's.`))
    return JSON.stringify(identified)
  }

  async function forward(path: SignalPath, body: string, signal: AbortSignal): Promise<Response> {
    const { collectorUrl } = options
    const base = typeof collectorUrl === 'string' ? collectorUrl : collectorUrl()
    if (base === null) return away(503, 'There is no collector just now.')
    let response: Response
    try {
      response = await fetch(base.replace(/\/+$/, '') + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal,
        redirect: 'error',
      })
      const said = await response.text()
      if (response.ok) return answerOf(said)
    } catch (error) {
      return signal.aborted
        ? away(503, 'The collector did not answer in time.', error)
        : away(502, 'The collector could not be reached.', error)
    }
    return refused(response)
  }

  /**
   * What a collector says that has the batch, though perhaps not all of it: OTLP's partial success is passed
   * on as it was said. Whatever else answers 200 is none, and has nothing.
   */
  function answerOf(said: string): Response {
    const answer = parsed(said)
    if (!isObject(answer)) return away(502, 'What answered is no collector.')
    const { partialSuccess } = answer
    const isPartial = isObject(partialSuccess) && Object.keys(partialSuccess).length > 0
    if (isPartial) onError(new Error(`The collector took a batch in part: ${JSON.stringify(partialSuccess)}`))
    return Response.json(isPartial ? { partialSuccess } : {}, {
      status: 202,
      headers: { 'cache-control': 'no-store' },
    })
  }

  function refused({ status, headers }: Response): Response {
    const waitMs = parseRetryAfter(headers.get(HEADER.retryAfter), Date.now())
    const retry = waitMs === null ? {} : retryAfter(waitMs)
    onError(new Error(`The collector answered ${status}.`))
    if (status === 429 || status === 503) return problem(status, { title: 'The collector is busy.' }, retry)
    // These speak of the batch; any other 4xx speaks of how this server is set up, which no browser can mend.
    if (status === 400 || status === 413)
      return problem(status, { title: 'The collector refused the batch.' })
    return problem(502, { title: 'The collector failed.' }, retry)
  }

  function away(status: 502 | 503, title: string, cause?: unknown): Response {
    onError(new Error(title, { cause }))
    return problem(status, { title })
  }
}

/** What was promised, unless the time is up before: a session store that hangs must not hang us. */
async function inTime<T>(promised: T | Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {}
  const late = new Promise<never>((_resolve, reject) => {
    const giveUp = () => reject(new Error('The session was not known in time.'))
    signal.addEventListener('abort', giveUp, { once: true })
    stop = () => signal.removeEventListener('abort', giveUp)
  })
  try {
    return await Promise.race([promised, late])
  } finally {
    stop()
  }
}

const retryAfter = (waitMs: number) => ({ [HEADER.retryAfter]: String(Math.ceil(waitMs / 1000)) })

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

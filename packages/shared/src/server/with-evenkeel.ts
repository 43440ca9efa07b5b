import { NO_CONTROLS } from '../control.ts'
import { metadataFromObject } from '../evenkeel-header.ts'
import { formatMetadata } from '../format-metadata.ts'
import { newSpanId, newTraceId, type RandomBytes } from '../ids.ts'
import { PRIMARY_TIER } from '../ladder.ts'
import { parseAttempt } from '../parse-attempt.ts'
import { formatServerTiming } from '../server-timing.ts'
import type { StandardSchemaV1 } from '../standard-schema.ts'
import { formatTraceparent, parseTraceparent, type TraceContext } from '../trace-context.ts'
import { HEADER, type ServerMetadata } from '../wire.ts'
import type { EvenkeelContext, EvenkeelHandler } from './context.ts'
import type { Controls } from './controls/controls.ts'
import { isOtherVersion } from './controls/is-other-version.ts'
import { createKillSwitch, type WhenKilled } from './controls/kill-switch.ts'
import type { Identity } from './identity.ts'
import { ModelFailure } from './model-failure.ts'
import { problem, RequestProblem } from './problem.ts'
import { readInput } from './read-input.ts'
import { offerResume, type ResumeOptions } from './resume/offer-resume.ts'
import { createStages } from './stages.ts'
import { type BodyWatcher, watchBody } from './watched-body.ts'

/** Where an error came from, for whoever hears of it. */
export interface ErrorPlace {
  readonly feature: string
  readonly run: string | null
  readonly traceId: string
  /** `handler`: before the response. `model`: a `ModelFailure`. `stream`: while the body was on its way. */
  readonly phase: 'handler' | 'model' | 'stream'
}

export interface WithEvenkeelOptions {
  /** The tiers that this server knows; any other that is asked for becomes `primary`. Any at all where absent. */
  readonly tiers?: readonly string[]
  /** Hears of every failure that the user is spared; writes it to the console where absent. */
  readonly onError?: (error: unknown, place: ErrorPlace) => void
  /** Recognises a provider's own errors; a `ModelFailure` is recognised anyway. */
  readonly modelFailure?: (error: unknown) => ModelFailure | null
  /** Largest body that `context.input` reads; 1 MiB where absent. */
  readonly maxInputBytes?: number
  /**
   * Lets a browser whose connection broke pick an answer of server-sent events up again. `signal` then
   * fires when the browser left and did not come back in time.
   */
  readonly resume?: ResumeOptions
  /** Evaluated for each request, for the identity of its session; what the browser claims is not looked at. */
  readonly controls?: Controls
  /** Who is signed in, from the session; nobody in particular where absent. */
  readonly identify?: (request: Request) => Identity | Promise<Identity>
  /**
   * What happens to an answer that is under way when the switch is thrown: what the feature says where absent,
   * and it is stopped where that says nothing either, and in any case where the kill says `purge`.
   */
  readonly whenKilled?: WhenKilled
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number
  readonly randomBytes?: RandomBytes
}

const NOBODY: Identity = { tenant: null, user: null }
const MAX_INPUT_BYTES = 1024 * 1024
/** nginx's status for a client that left; nobody reads it. */
const CLIENT_CLOSED_REQUEST = 499

/**
 * Puts a handler of one feature on Evenkeel's wire: trace, tier and abort come in; prompt, model,
 * stages and failures go out. The body streams through unbuffered, and nothing that the handler
 * throws reaches the browser in words.
 *
 * @example
 * export const POST = withEvenkeel('draft-reply', async (request, context) => {
 *   const { input } = await request.json()
 *   context.describe({ prompt: 'draft-reply', version: '3', model: MODEL })
 *   return streamAnswer(input, { signal: context.signal })
 * })
 */
export function withEvenkeel(
  feature: { readonly id: string; readonly whenKilled?: WhenKilled } | string,
  handler: EvenkeelHandler,
  options: WithEvenkeelOptions = {},
): (request: Request) => Promise<Response> {
  const { id, whenKilled: chosen = 'stop' } = typeof feature === 'string' ? { id: feature } : feature
  const { whenKilled = chosen } = options
  const now = options.now ?? (() => performance.now())
  const randomBytes = options.randomBytes ?? ((length) => crypto.getRandomValues(new Uint8Array(length)))

  return async (request) => {
    const attempt = parseAttempt(request.headers.get(HEADER.attempt))
    const parent = parseTraceparent(request.headers.get(HEADER.traceparent))
    const trace = serverTrace(parent, randomBytes)
    const left = new AbortController()
    let isKept = false
    const leave = () => {
      if (!isKept) left.abort(request.signal.reason)
    }
    if (request.signal.aborted) leave()
    else request.signal.addEventListener('abort', leave, { once: true })
    const { signal } = left
    // The handler may follow the request's own signal instead of the context's.
    const asked = options.resume === undefined ? request : new Request(request, { signal })
    const stages = createStages(now)
    let said: ServerMetadata = {}
    const killed = new AbortController()
    const killSwitch = createKillSwitch(() => {
      killed.abort()
      left.abort(new Error('The feature was switched off.'))
    })

    const place = { feature: id, run: attempt?.run ?? null, traceId: trace.traceId }
    const report = (error: unknown, phase: ErrorPlace['phase']) => {
      // An abort that the browser asked for is no failure.
      if (!signal.aborted) tell(options.onError ?? logError, error, { ...place, phase })
    }

    const contextOf = (identity: Identity, controls: EvenkeelContext['controls']): EvenkeelContext => ({
      ...place,
      identity,
      controls,
      tier: knownTier(attempt?.tier, options.tiers),
      trace,
      parentSpanId: parent?.spanId ?? null,
      traceparent: formatTraceparent(trace),
      signal,
      input: (schema?: StandardSchemaV1) =>
        readInput(asked, options.maxInputBytes ?? MAX_INPUT_BYTES, schema) as Promise<never>,
      stage: stages.time,
      startStage: stages.start,
      describe(metadata) {
        said = { ...said, ...metadataFromObject(metadata) }
      },
      metadata: () => ({ ...said, stages: stages.ended() }),
    })

    const headersOf = ({ headers }: Response, more: ServerMetadata = {}) =>
      answerHeaders(headers, { ...said, ...more }, stages.ended(), trace)
    const watcher: BodyWatcher = {
      onCancel: (reason) => left.abort(reason),
      onError: (error) => report(error, 'stream'),
    }
    const outgoing = (response: Response): Response =>
      new Response(response.body === null ? null : watchBody(response.body, watcher), {
        status: response.status,
        headers: headersOf(response),
      })
    /** The answer kept for resuming, where it can be. */
    const resumable = async (response: Response): Promise<Response> => {
      if (options.resume === undefined || said.resume !== undefined) return outgoing(response)
      const kept = await offerResume(options.resume, request, response, {
        feature: id,
        whenKilled,
        killed: killed.signal,
        newAnswer: () => newTraceId(randomBytes),
        headersOf: (resume) => headersOf(response, { resume }),
        watcher,
      })
      isKept = kept !== null && !signal.aborted
      return kept ?? outgoing(response)
    }
    const disabled = () => {
      said = { ...said, failed: 'disabled' }
      return outgoing(problem(403, { title: 'This feature is switched off.', traceId: trace.traceId }))
    }
    /** The handler's answer under the controls in force for whoever asks. */
    const controlled = async (controls: Controls, identity: Identity): Promise<Response> => {
      // Before the first look, so that no flip falls in between.
      killSwitch.watch(controls, id, identity, whenKilled)
      const inForce = await controls.of(id, identity)
      if (!inForce.enabled) {
        killSwitch.end()
        return disabled()
      }
      if (inForce.maxLevel < 5) said = { level: inForce.maxLevel }
      const response = await handler(asked, contextOf(identity, inForce))
      if (killSwitch.isThrown) {
        await response.body?.cancel()
        return disabled()
      }
      if (isOtherVersion(inForce.prompt, said)) {
        const answered = `${said.prompt ?? ''}@${said.version ?? ''}`
        report(new Error(`Prompt ${inForce.prompt} is in force, but ${answered} answered.`), 'handler')
      }
      return resumable(killSwitch.over(response))
    }
    try {
      const identity = options.identify === undefined ? NOBODY : await options.identify(request)
      if (options.controls !== undefined) return await controlled(options.controls, identity)
      return await resumable(await handler(asked, contextOf(identity, NO_CONTROLS)))
    } catch (error) {
      killSwitch.end()
      if (killSwitch.isThrown) return disabled()
      const failure = error instanceof ModelFailure ? error : (options.modelFailure?.(error) ?? null)
      if (failure !== null) said = { ...said, failed: 'model' }
      if (!(error instanceof RequestProblem)) report(error, failure === null ? 'handler' : 'model')
      return outgoing(answerFor(failure ?? error, signal, trace))
    }
  }
}

function knownTier(asked: string | undefined, tiers: readonly string[] | undefined): string {
  if (asked === undefined) return PRIMARY_TIER
  return tiers === undefined || tiers.includes(asked) ? asked : PRIMARY_TIER
}

function serverTrace(parent: TraceContext | null, randomBytes: RandomBytes): TraceContext {
  return {
    traceId: parent?.traceId ?? newTraceId(randomBytes),
    spanId: newSpanId(randomBytes),
    sampled: parent?.sampled ?? true,
  }
}

function answerFor(error: unknown, signal: AbortSignal, { traceId }: TraceContext): Response {
  if (error instanceof RequestProblem) return problem(error.status, { ...error.details, traceId })
  if (error instanceof ModelFailure) {
    const seconds = error.retryAfterMs === null ? null : Math.ceil(error.retryAfterMs / 1000)
    const headers = seconds === null ? {} : { [HEADER.retryAfter]: String(seconds) }
    return problem(error.status, { title: 'The model could not answer.', traceId }, headers)
  }
  if (signal.aborted) return new Response(null, { status: CLIENT_CLOSED_REQUEST })
  return problem(500, { title: 'The server failed to answer.', traceId })
}

function answerHeaders(
  own: Headers,
  said: ServerMetadata,
  stages: Readonly<Record<string, number>>,
  trace: TraceContext,
): Headers {
  const headers = new Headers(own)
  const metadata = formatMetadata(said)
  if (metadata !== '') headers.set(HEADER.evenkeel, metadata)
  const timing = formatServerTiming(stages)
  // The handler may time things of its own: a list header grows.
  if (timing !== '') headers.append(HEADER.serverTiming, timing)
  headers.set(HEADER.traceparent, formatTraceparent(trace))
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  return headers
}

function tell(onError: (error: unknown, place: ErrorPlace) => void, error: unknown, place: ErrorPlace): void {
  try {
    onError(error, place)
  } catch (second) {
    // The one who should hear has failed: the answer goes out all the same, and both are on the console.
    console.error('evenkeel: onError threw', second, 'while it was told of', error)
  }
}

function logError(error: unknown, { feature, phase, traceId }: ErrorPlace): void {
  console.error(`evenkeel: ${feature} failed (${phase}, trace ${traceId})`, error)
}

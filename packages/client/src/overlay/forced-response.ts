import { type Failure, formatMetadata, HEADER } from '@evenkeel/shared'
import type { Clock } from '../run/clock.ts'

/** What a server that fails so does with a request. */
interface Script {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly pieces?: readonly string[]
  /** From one piece to the next. */
  readonly everyMs?: number
  /** What comes after the last piece: the end, nothing ever, or the last piece again and again. */
  readonly ending?: 'close' | 'hang' | 'repeat'
}

const STREAM = { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' }
const WORDS = 'This answer is forced by the overlay, and no model wrote it. '.match(/\S+\s/g) ?? []
const EVERY_MS = 60

const event = (chunk: object) => `data: ${JSON.stringify(chunk)}\n\n`
const text = (delta: string) => event({ type: 'text-delta', id: 't', delta })
const BEGIN = event({ type: 'start' }) + event({ type: 'text-start', id: 't' })
const END = event({ type: 'text-end', id: 't' })
const PARTIAL = [BEGIN, ...WORDS.map(text)]
const finish = (finishReason: string) => `${END}${event({ type: 'finish', finishReason })}data: [DONE]\n\n`

/** Failures that a server's answer leads to; the others come from elsewhere. */
const SCRIPTS: Readonly<Partial<Record<Failure, Script>>> = {
  'timeout.complete': { headers: STREAM, pieces: PARTIAL, everyMs: 400, ending: 'repeat' },
  'timeout.stall': { headers: STREAM, pieces: PARTIAL, ending: 'hang' },
  'http.client': { status: 400 },
  'http.rate-limit': { status: 429, headers: { [HEADER.retryAfter]: '2' } },
  'http.server': { status: 503 },
  protocol: { headers: { 'content-type': 'text/html' }, pieces: ['<!doctype html><title>Sign in</title>'] },
  truncated: { headers: STREAM, pieces: PARTIAL },
  provider: { headers: STREAM, pieces: [BEGIN, event({ type: 'error', errorText: 'forced' })] },
  // Few schemas are content with nothing.
  schema: { headers: STREAM, pieces: [BEGIN, text('null'), finish('stop')] },
  refusal: { headers: STREAM, pieces: [BEGIN, finish('content-filter')] },
  empty: { headers: STREAM, pieces: [BEGIN, finish('stop')] },
  killed: { status: 403, headers: { [HEADER.evenkeel]: formatMetadata({ failed: 'disabled' }) } },
  aborted: { headers: STREAM, pieces: PARTIAL, ending: 'hang' },
}

/**
 * Answers a request so that the engine finds this failure by itself: nothing here tells it which one it is.
 * What is held, or late from the start, is never answered.
 */
export async function forcedResponse(
  failure: Failure | 'held',
  clock: Clock,
  signal: AbortSignal | null,
): Promise<Response> {
  const script = failure === 'held' ? undefined : SCRIPTS[failure]
  if (failure === 'network') throw new TypeError('Failed to fetch')
  if (script === undefined) return never(signal)
  const { status = 200, headers = {}, pieces } = script
  return new Response(pieces === undefined ? null : bodyOf(pieces, script, clock, signal), {
    status,
    headers,
  })
}

function never(signal: AbortSignal | null): Promise<never> {
  return new Promise((_resolve, reject) => {
    const leave = () => reject(signal?.reason)
    if (signal?.aborted) leave()
    else signal?.addEventListener('abort', leave, { once: true })
  })
}

function bodyOf(
  pieces: readonly string[],
  { everyMs = EVERY_MS, ending = 'close' }: Script,
  clock: Clock,
  signal: AbortSignal | null,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let next = 0
  let cancelTimer = () => {}
  return new ReadableStream<Uint8Array>({
    start(controller) {
      signal?.addEventListener(
        'abort',
        () => {
          cancelTimer()
          try {
            controller.error(signal.reason)
          } catch {
            // It has ended already.
          }
        },
        { once: true },
      )
    },
    pull(controller) {
      const piece = pieces[next] ?? (ending === 'repeat' ? pieces.at(-1) : undefined)
      next += 1
      if (piece === undefined) {
        if (ending === 'close') controller.close()
        // A pull that never ends is a body that says nothing more.
        return ending === 'close' ? undefined : new Promise(() => {})
      }
      return new Promise<void>((resolve) => {
        cancelTimer = clock.setTimeout(() => {
          if (!signal?.aborted) controller.enqueue(encoder.encode(piece))
          resolve()
        }, everyMs)
      })
    },
    cancel: () => cancelTimer(),
  })
}

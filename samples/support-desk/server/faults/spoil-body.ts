import { setTimeout as delay } from 'node:timers/promises'
import type { Weather } from '../../src/faults.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Sink = TransformStreamDefaultController<Bytes>

const OVERSIZED_BYTES = 10 * 1024 * 1024
const PING_MS = 500

/**
 * What becomes of the first chunk that is spoiled, and of all after it; `false` ends the body there. A
 * chunk is about an event.
 */
type Spoil = (chunk: Bytes, sink: Sink, isGone: AbortSignal) => boolean | Promise<boolean>

const SPOILS: Partial<Record<Weather, Spoil>> = {
  // As a proxy or a crash would, in the middle of an event.
  'cut-off'(chunk, sink) {
    sink.enqueue(chunk.subarray(0, Math.floor(chunk.length / 2)))
    return false
  },
  async stall(_chunk, _sink, isGone) {
    await never(isGone)
    return false
  },
  malformed(chunk, sink) {
    sink.enqueue(bytes(text(chunk).replaceAll('data:', 'date=').replaceAll('\n\n', '\r')))
    return true
  },
  'not-json'(_chunk, sink) {
    sink.enqueue(bytes('data: {"type":"text-delta","id":"text","delta":\n\n'))
    return false
  },
  oversized(_chunk, sink) {
    sink.enqueue(
      bytes(`data: {"type":"text-delta","id":"text","delta":"${'x'.repeat(OVERSIZED_BYTES)}"}\n\n`),
    )
    return false
  },
}

export interface SpoilOptions {
  /** How many chunks of the body stay as they are. */
  readonly afterChunks: number
  /** Fires when nobody reads any more. */
  readonly isGone: AbortSignal
  /** Told where the body is ended early, so that its source stops too. */
  readonly onEnd: () => void
}

/** Spoils a stream of events, where the weather is such. */
export function spoilBody(
  response: Response,
  weather: Weather,
  { afterChunks, isGone, onEnd }: SpoilOptions,
): Response {
  if (weather === 'pings') return pingsOnly(response)
  if (weather === 'wrong-type') return asImage(response)
  const spoil = SPOILS[weather]
  if (spoil === undefined) return response
  let chunks = 0
  const spoiled = new TransformStream<Bytes, Bytes>({
    async transform(chunk, sink) {
      chunks += 1
      if (chunks <= afterChunks) return sink.enqueue(chunk)
      if (await spoil(chunk, sink, isGone)) return
      sink.terminate()
      onEnd()
    },
  })
  return new Response(response.body?.pipeThrough(spoiled) ?? null, response)
}

/** The connection lives, and the model is never heard of. */
function pingsOnly(response: Response): Response {
  void response.body?.cancel()
  let timer: NodeJS.Timeout
  const body = new ReadableStream<Bytes>({
    start(controller) {
      timer = setInterval(() => controller.enqueue(bytes(': ping\n\n')), PING_MS)
    },
    cancel: () => clearInterval(timer),
  })
  return new Response(body, response)
}

function asImage(response: Response): Response {
  const headers = new Headers(response.headers)
  headers.set('content-type', 'image/png')
  headers.delete('x-vercel-ai-ui-message-stream')
  return new Response(response.body, { status: response.status, headers })
}

const DAY_MS = 24 * 3600_000

async function never(isGone: AbortSignal): Promise<void> {
  await delay(DAY_MS, undefined, { signal: isGone, ref: false }).catch(() => {})
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const bytes = (words: string): Bytes => encoder.encode(words)
const text = (chunk: Bytes): string => decoder.decode(chunk)

import { createReader } from './create-reader.ts'
import type { StreamEvent } from './event.ts'
import { preloadProtocols } from './protocols.ts'
import type { ReaderOptions } from './reader.ts'

/** How a body was served. */
export interface BodyHead {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Reads a body that is here already into its events: for tests, scripts and replays.
 *
 * @example
 * const events = await readBody(recording, { headers: { 'content-type': 'text/event-stream' } })
 */
export async function readBody(
  body: string | Uint8Array | Iterable<Uint8Array>,
  { status = 200, headers = { 'content-type': 'text/event-stream' } }: BodyHead = {},
  options: ReaderOptions = {},
): Promise<StreamEvent[]> {
  await preloadProtocols()
  const events: StreamEvent[] = []
  const reader = createReader(
    { status, headers: new Headers(headers) },
    (event) => events.push(event),
    options,
  )
  for (const piece of piecesOf(body)) reader.push(piece)
  reader.close()
  return events
}

function piecesOf(body: string | Uint8Array | Iterable<Uint8Array>): Iterable<Uint8Array> {
  if (typeof body === 'string') return [new TextEncoder().encode(body)]
  return body instanceof Uint8Array ? [body] : body
}

/** The text of an answer, or its reasoning: the deltas put together. */
export function joinDeltas(events: readonly StreamEvent[], type: 'text' | 'reasoning'): string {
  return events.map((event) => (event.type === type ? event.delta : '')).join('')
}

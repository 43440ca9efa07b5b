import type { Clock } from '../run/clock.ts'

/** A piece of a body and how long after the one before it comes. */
export interface ScriptedPiece {
  readonly afterMs: number
  readonly text: string
}

/** What a scripted server does with one request. */
export interface ScriptedReply {
  /** From the request to the head of the response; at once where absent. */
  readonly headAfterMs?: number
  /** 200 where absent; `null` for a server that cannot be reached. */
  readonly status?: number | null
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: readonly ScriptedPiece[]
  /** What comes after the last piece: the end (where absent), a broken connection, or nothing ever. */
  readonly ending?: 'close' | 'break' | 'hang'
}

/** One request as the scripted server got it. */
export interface ScriptedRequest {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  readonly body: string | null
  readonly atMs: number
  /** The browser hung up. */
  readonly isAborted: boolean
}

/** A server in memory, for tests without a network. */
export interface ScriptedServer {
  readonly fetch: typeof globalThis.fetch
  readonly requests: readonly ScriptedRequest[]
  /** Answers requests to this URL with these replies in turn; the last one goes on answering. */
  on(url: string, ...replies: readonly ScriptedReply[]): void
}

/** Makes a server whose replies take their time by `clock`. A URL that it does not know is a 404. */
export function createScriptedServer(clock: Clock): ScriptedServer {
  const scripts = new Map<string, ScriptedReply[]>()
  const requests: ScriptedRequest[] = []

  async function fetch(target: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
    const url = target instanceof Request ? target.url : String(target)
    const signal = init.signal ?? null
    requests.push({
      url,
      method: init.method ?? 'GET',
      headers: new Headers(init.headers),
      body: await textOf(init.body),
      atMs: clock.nowMs(),
      get isAborted() {
        return signal?.aborted ?? false
      },
    })
    const script = scripts.get(url) ?? []
    const reply = (script.length > 1 ? script.shift() : script[0]) ?? { status: 404 }
    await wait(clock, reply.headAfterMs ?? 0, signal)
    if (reply.status === null) throw new TypeError('Failed to fetch')
    const body =
      reply.body === undefined ? null : streamOf(reply.body, reply.ending ?? 'close', clock, signal)
    return new Response(body, { status: reply.status ?? 200, headers: { ...reply.headers } })
  }

  return {
    fetch,
    requests,
    on: (url, ...replies) => void scripts.set(url, [...replies]),
  }
}

async function textOf(body: RequestInit['body']): Promise<string | null> {
  return body === null || body === undefined ? null : new Response(body).text()
}

function wait(clock: Clock, delayMs: number, signal: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    if (delayMs === 0) return resolve()
    const cancel = clock.setTimeout(resolve, delayMs)
    signal?.addEventListener('abort', () => {
      cancel()
      reject(signal.reason)
    })
  })
}

function streamOf(
  pieces: readonly ScriptedPiece[],
  ending: 'close' | 'break' | 'hang',
  clock: Clock,
  signal: AbortSignal | null,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let cancelTimer = () => {}
  return new ReadableStream({
    start(controller) {
      const send = (index: number) => {
        const piece = pieces[index]
        if (piece !== undefined) {
          const deliver = () => {
            controller.enqueue(encoder.encode(piece.text))
            send(index + 1)
          }
          // At once means at once, so that a reply without times needs no clock to go on.
          if (piece.afterMs === 0) deliver()
          else cancelTimer = clock.setTimeout(deliver, piece.afterMs)
        } else if (ending === 'close') controller.close()
        else if (ending === 'break') controller.error(new TypeError('network error'))
      }
      send(0)
      signal?.addEventListener('abort', () => {
        cancelTimer()
        try {
          controller.error(signal.reason)
        } catch {
          // It was closed already.
        }
      })
    },
    cancel: () => cancelTimer(),
  })
}

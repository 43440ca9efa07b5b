import { HEADER, type RandomBytes } from '@evenkeel/shared'
import type { Clock } from './clock.ts'
import type { Page } from './page.ts'
import { mayPropagate, parseUrl } from './propagation.ts'
import type { ExchangeRequest } from './request.ts'

/** Tries in a row that bring nothing new. */
const MAX_TRIES = 5
const FIRST_DELAY_MS = 250
const LONGEST_DELAY_MS = 4_000

/** What resuming needs of the world. */
export interface ResumeWorld {
  readonly fetch: typeof globalThis.fetch
  readonly clock: Clock
  readonly page: Pick<Page, 'origin'>
  readonly propagateTo: readonly string[]
  readonly randomBytes: RandomBytes
}

/** Picks one answer up again, as often as its connection breaks. */
export interface Resumer {
  /**
   * The body that goes on after this event, or from the start where there is no id; `null` where the answer
   * is gone or too many tries brought nothing. It rejects where the signal fires.
   */
  next(lastEventId: string | null, signal: AbortSignal): Promise<ReadableStream<Uint8Array> | null>
  /** Tells the server that nobody wants the rest. */
  release(): void
}

/**
 * Resumes where the server said: by `GET`, never by asking again. `null` where the URL is of an origin that
 * the page does not own and the app did not list: an answer is not fetched from wherever a header says.
 */
export function createResumer(named: string, request: ExchangeRequest, world: ResumeWorld): Resumer | null {
  const { origin } = world.page
  const asked = parseUrl(request.url, origin)
  const url = asked === null ? null : parseUrl(named, asked.href)
  if (asked === null || url === null) return null
  if (!mayPropagate(url.href, { origin, propagateTo: world.propagateTo })) return null
  // Who asks is told as it was told before; to another origin nothing is told.
  const headers = new Headers(url.origin === asked.origin ? request.init.headers : {})
  headers.delete('content-type')
  headers.delete(HEADER.idempotencyKey)
  headers.set('accept', 'text/event-stream')
  let tries = 0
  let lastSeen: string | null = null

  /** The body; `null` where there is none to be had; `undefined` where it may be tried again. */
  async function ask(signal: AbortSignal): Promise<ReadableStream<Uint8Array> | null | undefined> {
    const response = await world
      .fetch(url?.href ?? '', { headers, cache: 'no-store', signal })
      .catch(() => undefined)
    if (response === undefined) return undefined
    const { status, body } = response
    const isEventStream = /^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '')
    if (status === 200 && isEventStream && body !== null) return body
    void body?.cancel().catch(() => {})
    return status >= 500 || status === 429 ? undefined : null
  }

  return {
    async next(lastEventId, signal) {
      if (lastEventId !== lastSeen) tries = 0
      lastSeen = lastEventId
      if (lastEventId !== null) headers.set('last-event-id', lastEventId)
      while (tries < MAX_TRIES) {
        await wait(delayOf(tries, random(world)), world, signal)
        // The first try asks for what is new; those after it are what a server that is down gets too many of.
        if (tries > 0 && request.mayRetry?.() === false) return null
        tries += 1
        const body = await ask(signal)
        signal.throwIfAborted()
        if (body !== undefined) return body
      }
      return null
    },
    release() {
      // The page may be on its way out.
      void world.fetch(url.href, { method: 'DELETE', headers, keepalive: true }).catch(() => {})
    },
  }
}

/** At least half of a delay that doubles: browsers that were cut off together do not come back together. */
function delayOf(tries: number, random: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** tries) * (0.5 + random / 2)
}

function random({ randomBytes }: ResumeWorld): number {
  return (randomBytes(1)[0] ?? 0) / 256
}

function wait(delayMs: number, { clock }: ResumeWorld, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const stop = () => {
      cancel()
      reject(signal.reason)
    }
    const cancel = clock.setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, delayMs)
    signal.addEventListener('abort', stop, { once: true })
  })
}

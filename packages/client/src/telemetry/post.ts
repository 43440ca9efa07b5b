import { HEADER, parseRetryAfter } from '@evenkeel/shared'

/** What became of one request. */
export type Delivery =
  | { readonly kind: 'delivered' }
  /** The server will never take it. */
  | { readonly kind: 'refused' }
  /** It may be taken later; not before so many milliseconds where the server said so. */
  | { readonly kind: 'later'; readonly retryAfterMs: number | null }

/**
 * Browsers refuse requests that outlive their page beyond 64 KiB in flight;
 * https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
 */
export const MAX_KEEPALIVE_BYTES = 60_000

/** Answers to a request that is right but came at a wrong time, as OTLP lists them. */
const TRY_LATER: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])

/** Posts JSON so that it arrives even when its page is closed meanwhile. It never rejects. */
export async function post(
  fetch: typeof globalThis.fetch,
  url: string,
  body: Uint8Array<ArrayBuffer>,
  nowEpochMs: () => number,
): Promise<Delivery> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      keepalive: body.length <= MAX_KEEPALIVE_BYTES,
    })
    // An unread body keeps its connection, of which there are six.
    void response.body?.cancel().catch(() => {})
    if (response.ok) return { kind: 'delivered' }
    if (!TRY_LATER.has(response.status)) return { kind: 'refused' }
    return {
      kind: 'later',
      retryAfterMs: parseRetryAfter(response.headers.get(HEADER.retryAfter), nowEpochMs()),
    }
  } catch {
    return { kind: 'later', retryAfterMs: null }
  }
}

import { HEADER, parseRetryAfter } from '@evenkeel/shared'

/** What became of one request. */
export type Delivery =
  /** The server has it, but for so many items that it rejected. */
  | { readonly kind: 'delivered'; readonly rejected: number }
  /** The server will never take it. */
  | { readonly kind: 'refused' }
  /** The server may take less at once. */
  | { readonly kind: 'too-large' }
  /** It may be taken later; not before so many milliseconds where the server said so. */
  | { readonly kind: 'later'; readonly retryAfterMs: number | null }

/**
 * Browsers refuse requests that outlive their page beyond 64 KiB, all that are in flight together;
 * https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
 */
export const MAX_KEEPALIVE_BYTES = 60_000

/** Other tabs wait for their turn meanwhile. */
const TIMEOUT_MS = 30_000

/** What OTLP answers to a batch that it took, in part or in whole. */
interface OtlpAnswer {
  readonly partialSuccess?: { readonly rejectedSpans?: unknown; readonly rejectedLogRecords?: unknown }
}

export const LATER: Delivery = { kind: 'later', retryAfterMs: null }

/** Of every queue of the page. */
let inFlightBytes = 0

/** Posts JSON so that it arrives even when its page is closed meanwhile. It never rejects. */
export async function post(
  fetch: typeof globalThis.fetch,
  url: string,
  body: string,
  sizeBytes: number,
  nowEpochMs: () => number,
): Promise<Delivery> {
  inFlightBytes += sizeBytes
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      // Cookies are for the page's own server alone.
      credentials: 'same-origin',
      keepalive: inFlightBytes <= MAX_KEEPALIVE_BYTES,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const { ok, status, headers } = response
    // Read whatever it is: an unread body keeps its connection, of which there are six.
    const said = await response.text()
    if (ok) {
      // Whoever answers with a page (a hotel's network, a login) is not the server, and has kept nothing.
      if (status !== 204 && said.trimStart()[0] !== '{') return LATER
      const { partialSuccess = {} } = (status === 204 ? {} : JSON.parse(said)) as OtlpAnswer
      const { rejectedSpans, rejectedLogRecords } = partialSuccess
      return { kind: 'delivered', rejected: Number(rejectedSpans ?? rejectedLogRecords) || 0 }
    }
    if (status === 413) return { kind: 'too-large' }
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) return { kind: 'refused' }
    return { kind: 'later', retryAfterMs: parseRetryAfter(headers.get(HEADER.retryAfter), nowEpochMs()) }
  } catch {
    return LATER
  } finally {
    inFlightBytes -= sizeBytes
  }
}

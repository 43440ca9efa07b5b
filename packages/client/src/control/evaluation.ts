/** What a server says of all flags at once. */
export interface Evaluation {
  /** The same text for the same flags. */
  readonly etag: string
  /** As OFREP has them. */
  readonly flags: readonly unknown[]
  /** Milliseconds since the epoch, by the server; 0 where it does not say. */
  readonly evaluatedAt: number
  /** Where changes are pushed; `null` where they are not. */
  readonly streamUrl: string | null
}

/** Reads an evaluation from a response, a message or the storage; `null` for anything else. */
export function readEvaluation(value: unknown, etag: string | null, baseUrl: string): Evaluation | null {
  if (!isObject(value) || !Array.isArray(value.flags)) return null
  const ownEtag = typeof value.etag === 'string' ? value.etag : etag
  if (ownEtag === null) return null
  const evaluatedAt = typeof value.evaluatedAt === 'number' ? value.evaluatedAt : 0
  const streamUrl =
    typeof value.streamUrl === 'string' ? value.streamUrl : streamUrlIn(value.eventStreams, baseUrl)
  return { etag: ownEtag, flags: value.flags, evaluatedAt, streamUrl }
}

/** The first event stream of a kind that we know; https://github.com/open-feature/protocol */
function streamUrlIn(streams: unknown, baseUrl: string): string | null {
  if (!Array.isArray(streams)) return null
  const stream: unknown = streams.find((one: unknown) => isObject(one) && one.type === 'sse')
  if (!isObject(stream)) return null
  const { url, endpoint } = stream
  try {
    if (typeof url === 'string') return new URL(url, baseUrl).href
    if (!isObject(endpoint) || typeof endpoint.requestUri !== 'string') return null
    const origin = typeof endpoint.origin === 'string' ? endpoint.origin : new URL(baseUrl).origin
    return new URL(endpoint.requestUri, origin).href
  } catch {
    return null
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

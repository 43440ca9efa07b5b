/** Names on the wire between the browser and the product's own server. */
export const HEADER = {
  /** Response: an RFC 9651 dictionary, see `ServerMetadata`. */
  evenkeel: 'evenkeel',
  /** Request: an RFC 9651 dictionary with `run`, `step` and `tier`. */
  attempt: 'evenkeel-attempt',
  traceparent: 'traceparent',
  idempotencyKey: 'idempotency-key',
  serverTiming: 'server-timing',
  retryAfter: 'retry-after',
} as const

/** The SSE event that carries the same object as the header, later in the stream. */
export const EVENKEEL_EVENT = 'evenkeel'

/** What a server may say of an answer, in the `evenkeel` header or in the stream's own metadata; all of it optional. */
export interface ServerMetadata {
  readonly prompt?: string
  readonly version?: string
  readonly hash?: string
  readonly model?: string
  readonly intent?: string
  readonly path?: string
  /** A reference to the retrieved context, never the context itself. */
  readonly context?: string
  /** True after a cold start. */
  readonly cold?: boolean
  readonly level?: number
  /** A URL to `GET` with `Last-Event-ID` where the answer can be picked up again. */
  readonly resume?: string
  /**
   * `model`: only the asked tier has failed, and another of the same server may answer. `disabled`: the
   * feature is switched off for whoever asks, and no model of this server will answer.
   */
  readonly failed?: string
}

/** What the browser says of an attempt. */
export interface AttemptHeader {
  readonly run: string
  readonly step: string
  readonly tier: string
}

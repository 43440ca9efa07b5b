import type { Emit } from './event.ts'

/** What is known of a response before its body. */
export interface ResponseHead {
  readonly status: number
  readonly headers: Headers
}

export interface ReaderOptions {
  /** The protocol to read where the response does not say, as the step names it. */
  readonly protocol?: string
  /** Longest single event in characters; a longer one is the failure `protocol`. */
  readonly maxEventLength?: number
}

/** Turns the bytes of one response into events. Nothing throws past a reader. */
export interface Reader {
  /** The name of the protocol that is read, such as `ai-sdk`; `null` until the first bytes tell. */
  readonly protocol: string | null
  /** The last SSE event id, to send as `Last-Event-ID` where the answer can be picked up again; `null` without one. */
  readonly lastEventId: string | null
  push(bytes: Uint8Array): void
  /** Emits the `end` where the protocol's own has come, as far as it was read; else nothing, and more may follow. */
  settle(): void
  /** The body has ended; emits the terminal event if none has come, `truncated` where the protocol's end is missing. */
  close(): void
  /**
   * The connection broke and the body of another one goes on with this stream: forgets a half-read
   * event, keeps everything else, and drops events whose id was read before.
   */
  reconnect(): void
}

export type CreateReader = (head: ResponseHead, emit: Emit, options?: ReaderOptions) => Reader

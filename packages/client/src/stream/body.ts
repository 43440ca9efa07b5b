/** How a body is cut into events: one shape for SSE, lines and plain text. */
export interface Body {
  push(text: string): void
  /** The body has ended; emits the terminal event if none has come. */
  close(): void
  /** Forgets a half-read event; what follows is the body of another connection. */
  reconnect(): void
  /** Emits the end where the protocol's own has come. */
  settle?(): void
  /** The last id that the server gave to an event. */
  readonly lastEventId?: string | null
}

/** Tells what a body is by its beginning. */
export interface BodyOpener {
  /** The name of the protocol that is read, as far as it is known. */
  readonly protocol: string | null
  /** `null` where more of the body is needed, or where a failure is out, because it is no answer. */
  open(start: string, ended: boolean): Body | null
}

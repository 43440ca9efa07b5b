/** How a body is cut into events: one shape for SSE, lines and plain text. */
export interface Body {
  push(text: string): void
  /** The body has ended; emits the terminal event if none has come. */
  close(): void
  /** Forgets a half-read event; what follows is the body of another connection. */
  reconnect(): void
}

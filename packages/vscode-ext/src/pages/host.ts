import type { Change, ErrorAnswer } from '../engine/contract.ts'

/**
 * Everything a page needs from the world. A page knows its questions and nothing of who answers
 * them: an editor (`vscode-host.ts`), or a collector over HTTP (`http-host.ts`).
 */
export interface Host {
  /** Asks one question of the engine's contract; rejects with an {@link AskError}. */
  ask<T>(path: string, query: Readonly<Record<string, string>>): Promise<T>
  /** Called after each stored batch; returns the unsubscribe. */
  onChange(listener: (change: Change) => void): () => void
  openRun(runId: string): void
  /** Shows the feature's definition in the code; absent where there is no editor to show it in. */
  readonly revealFeature?: (feature: string) => void
  /** Puts text on the clipboard. */
  copy(text: string): void
}

/** A question that got no answer: what happened, and what to do about it. */
export class AskError extends Error {
  override readonly name = 'AskError'
  readonly hint: string
  /** The HTTP status, where there was one. */
  readonly status: number | null

  constructor({ error, hint }: ErrorAnswer, status: number | null = null) {
    super(error)
    this.hint = hint
    this.status = status
  }
}

import type { Failure } from '@evenkeel/shared'
import type { Emit } from '../stream/event.ts'
import type { ExchangeRequest } from './request.ts'

/** One request and its answer, read as events. */
export interface Exchange {
  /** HTTP status; `null` until the head of a response came. */
  readonly status: number | null
  /** The protocol that is read; `null` until it is known. */
  readonly protocol: string | null
  /** How long the server asked to be left alone; `null` where it did not. */
  readonly retryAfterMs: number | null
  /** How often the answer went on over another connection. */
  readonly resumes: number
  /**
   * Leaves a connection that says nothing for another one. Where the server turns out not to have the
   * answer, it ends with this failure. False, and nothing done, where it named no way to resume.
   */
  reconnect(failure: Failure, detail: string): boolean
  /** Ends it without a further event. */
  cancel(): void
}

/** Opens an exchange; `onHead` is called when the head of a response came that has an answer. */
export type OpenExchange<World> = (
  request: ExchangeRequest,
  world: World,
  emit: Emit,
  onHead?: () => void,
) => Exchange

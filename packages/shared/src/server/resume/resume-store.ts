/** Names one answer. The same id in another scope is another answer. */
export interface AnswerKey {
  /** Whose answer it is, such as tenant and user; what nothing may cross. */
  readonly scope: string
  /** The server's own random id; the browser never chooses it. */
  readonly answer: string
}

/**
 * Headers that a resumed answer is sent with again, so that it reads like the first one. Names that begin with
 * a colon are no headers: they say what the server itself has to know of the answer, and are not sent.
 */
export type AnswerHead = Readonly<Record<string, string>>

/** The feature that an answer is of, for the kill switch. */
export const ANSWER_FEATURE = ':feature'

/** When it began, in milliseconds since the epoch. */
export const ANSWER_BEGAN = ':began'

/** `finish` where an answer of the feature may end although the switch is thrown. */
export const ANSWER_WHEN_KILLED = ':when-killed'

/** `complete`: the handler's body came to its own end. `broken`: it did not. */
export type AnswerEnd = 'complete' | 'broken'

/** An answer that is still to be had. */
export interface KeptAnswer {
  readonly head: AnswerHead
  /**
   * The events after the place asked for, then those that come. It finishes where the answer is
   * complete or the signal fires, and throws where the answer broke off or was dropped.
   */
  readonly events: AsyncIterable<Uint8Array>
}

/**
 * Keeps answers while they are written, for browsers whose connection breaks. An event is kept as the
 * bytes that went out; the first one of an answer has the position 1, and positions have no gaps.
 *
 * Any method may fail: the answer then goes on to the browser that has it, and cannot be resumed.
 */
export interface ResumeStore {
  /**
   * Makes room for an answer; `false` where there is none. `onDropped` is called where the store lets go
   * of it before its end; a store that cannot call may tell at the next `append` instead.
   */
  begin(key: AnswerKey, head: AnswerHead, onDropped: () => void): boolean | Promise<boolean>
  /** Adds events in their order; `false` where the answer is kept no longer. */
  append(key: AnswerKey, events: readonly Uint8Array[]): boolean | Promise<boolean>
  end(key: AnswerKey, how: AnswerEnd): void | Promise<void>
  /** `null` where the answer is unknown or gone, or has ended with nothing after this position. */
  read(key: AnswerKey, after: number, signal: AbortSignal): KeptAnswer | null | Promise<KeptAnswer | null>
  /** Milliseconds since anybody read it last; 0 while somebody does. */
  idleMs(key: AnswerKey): number | Promise<number>
  /** Forgets it: whoever has it does not want the rest. No effect where it is unknown. */
  drop(key: AnswerKey): void | Promise<void>
}

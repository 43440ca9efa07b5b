import type { ToolState } from '../../stream/event.ts'

/** A block of the answer's text, or of the model's reasoning about it. */
export interface TextPart {
  readonly type: 'text' | 'reasoning'
  /** Stays the same while the part grows: what React wants as `key`. */
  readonly key: string
  readonly text: string
}

/** A call that the model made of a tool, as far as it has come. */
export interface ToolPart {
  readonly type: 'tool'
  readonly key: string
  /** The call's own id. */
  readonly id: string
  readonly name: string | null
  readonly state: ToolState
  /** As far as it has arrived while the state is `input-streaming`; subtrees that did not change keep their identity. */
  readonly input: unknown
  /** `undefined` until there is one. */
  readonly output: unknown
  /** A later output will replace this one. */
  readonly isPreliminary: boolean
  readonly error: string | null
  /** The server or the provider makes the call; the page has nothing to do. */
  readonly isProviderExecuted: boolean
  /** What to answer a request for approval with. */
  readonly approvalId: string | null
}

/** What the text is from. */
export interface SourcePart {
  readonly type: 'source'
  readonly key: string
  readonly id: string
  readonly url: string | null
  readonly title: string | null
  readonly mediaType: string | null
}

export interface FilePart {
  readonly type: 'file'
  readonly key: string
  readonly url: string
  readonly mediaType: string
}

/** Something of the app's own; data of the same name and id replaces what came before. */
export interface DataPart {
  readonly type: 'data'
  readonly key: string
  readonly name: string
  readonly id: string | null
  readonly data: unknown
}

/** One part of an answer. Parts never change: what changed is another object, what did not is the same one. */
export type Part = TextPart | ToolPart | SourcePart | FilePart | DataPart

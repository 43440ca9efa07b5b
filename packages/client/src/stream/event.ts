import type { Failure, ServerMetadata, Usage } from '@evenkeel/shared'

/** How far a tool call has come. */
export type ToolState =
  | 'input-streaming'
  | 'input-available'
  /** A person has to allow the call before it is made. */
  | 'approval-requested'
  | 'output-available'
  | 'output-error'
  | 'output-denied'

/** Why a model stopped, in the words of the AI SDK; `other` for a reason that only the provider knows. */
export type FinishReason = 'stop' | 'length' | 'content-filter' | 'tool-calls' | 'error' | 'other'

/**
 * What every protocol is read into. A reader emits any number of these and exactly one terminal event,
 * `end` or `failed`; nothing after it counts.
 */
export type StreamEvent =
  | { readonly type: 'text'; readonly id: string; readonly delta: string }
  | { readonly type: 'reasoning'; readonly id: string; readonly delta: string }
  | {
      readonly type: 'tool'
      readonly id: string
      readonly name: string | null
      readonly state: ToolState
      /** A piece of the input's JSON text, while the state is `input-streaming`. */
      readonly inputDelta?: string
      readonly input?: unknown
      readonly output?: unknown
      readonly error?: string
      /** The server or the provider makes the call; the page has nothing to do. */
      readonly providerExecuted?: boolean
      /** An output that a later one replaces. */
      readonly preliminary?: boolean
      readonly approvalId?: string
    }
  | {
      readonly type: 'source'
      readonly id: string
      readonly url: string | null
      readonly title: string | null
      readonly mediaType: string | null
    }
  | { readonly type: 'file'; readonly url: string; readonly mediaType: string }
  | {
      readonly type: 'data'
      readonly name: string
      /** Data with the same name and id replaces what came before. */
      readonly id: string | null
      readonly data: unknown
      readonly transient: boolean
    }
  | {
      readonly type: 'metadata'
      readonly metadata: ServerMetadata
      readonly stages?: Readonly<Record<string, number>>
    }
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'model'; readonly model: string }
  /** The server takes back what it sent under these ids, to send it anew. */
  | { readonly type: 'withdrawn'; readonly ids: readonly string[] }
  /** A follow-up request of the same answer begins: it counts its blocks anew. No protocol says it, the run does. */
  | { readonly type: 'round' }
  /** Alive without content: keeps nobody from stalling. */
  | { readonly type: 'ping' }
  /** An event of a known protocol that this reader does not know; skipped and counted. */
  | { readonly type: 'unknown'; readonly name: string }
  /** The protocol's own end. `verified` is false where the protocol cannot say so (plain text). */
  | {
      readonly type: 'end'
      readonly reason: FinishReason | null
      /** The provider's own word for the reason. */
      readonly rawReason: string | null
      readonly verified: boolean
    }
  | {
      readonly type: 'failed'
      readonly failure: Failure
      /** The provider's own code or type, such as `overloaded_error`. */
      readonly code: string | null
      /** What happened, for developers; no content. */
      readonly detail: string
    }

export type Emit = (event: StreamEvent) => void

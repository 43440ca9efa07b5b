import type { ServerControlsInForce } from '../control.ts'
import type { StandardSchemaV1 } from '../standard-schema.ts'
import type { TraceContext } from '../trace-context.ts'
import type { ServerMetadata } from '../wire.ts'
import type { Identity } from './identity.ts'

/** What a handler knows of the request beyond the request itself, and how it speaks to the client. */
export interface EvenkeelContext {
  /** The feature's id. */
  readonly feature: string
  /** The run's id where an Evenkeel client asks, else `null`. */
  readonly run: string | null
  /** Which model is asked for: `primary` where the request does not say. It is the browser's word: name the `tiers` you know, or look it up, and never pass it on. */
  readonly tier: string
  /** Who asks, as `identify` knows it from the session. */
  readonly identity: Identity
  /** What is in force for whoever asks: `prompt` and `model` are the server's to follow. */
  readonly controls: ServerControlsInForce
  /** The incoming trace continued with a span of this server's own, or a new trace. */
  readonly trace: TraceContext
  /** The span that asked, `null` where none did. */
  readonly parentSpanId: string | null
  /** `trace` as a header, to pass on downstream. */
  readonly traceparent: string
  /** Fires when the browser leaves or the kill switch is thrown, before or after the first byte. Pass it to the model call. */
  readonly signal: AbortSignal
  /** The `input` of the JSON body; what is no such body becomes a 400, 413 or 415. */
  input(): Promise<unknown>
  /** The same, checked: what the schema refuses becomes a 400 that names the paths and no values. */
  input<Schema extends StandardSchemaV1>(schema: Schema): Promise<StandardSchemaV1.InferOutput<Schema>>
  /** Times one part of the work before the first byte, for `Server-Timing`. */
  stage<T>(name: string, work: () => T | Promise<T>): Promise<T>
  /** The same for work that is no single call; call the result where the stage ends. */
  startStage(name: string): () => void
  /** Says which prompt, model and context are at work; later words add to earlier ones. Before the response it becomes the header. */
  describe(metadata: ServerMetadata): void
  /**
   * All that was described and timed up to now, for the stream's own metadata: whatever is known only
   * after the first byte travels there, under `evenkeel`.
   */
  metadata(): ServerMetadata & { readonly stages: Readonly<Record<string, number>> }
}

/** Answers one request of a feature. */
export type EvenkeelHandler = (request: Request, context: EvenkeelContext) => Response | Promise<Response>

import type { Emit } from './event.ts'
import type { JsonObject } from './json-value.ts'

/** Reads the events of one protocol, one after the other. What it emits after a terminal event is dropped. */
export interface Decoder {
  /** One event, already parsed; `name` is the SSE event's own name, where it has one. */
  read(message: JsonObject, name: string | undefined): void
  /** `[DONE]`: the server says that nothing more comes. */
  done(): void
  /** The body has ended: emits the terminal event where the protocol's own end has come, else nothing. */
  close(): void
}

/** What is Evenkeel's own in a stream, wherever its protocol puts it; a value that is none is passed over. */
export interface OwnWords {
  /** The members of the `evenkeel` header, and beside them `stages` and `usage`. */
  metadata(value: unknown): void
  /** `{ inputTokens, outputTokens }` */
  usage(value: unknown): void
}

export type CreateDecoder = (emit: Emit, own: OwnWords) => Decoder

/** One protocol of JSON events. Adding one is adding a file under `protocols/` and its line in `protocols.ts`. */
export interface Protocol {
  /** As a step names it, such as `ai-sdk`. */
  readonly name: string
  /** What the protocol's own end is called, for the detail of a truncated answer. */
  readonly ownEnd: string
  /** Whether the response's headers alone tell. */
  recognisesHeaders(headers: Headers): boolean
  /** Whether an event of a still unknown stream belongs to this protocol. */
  recognises(message: JsonObject): boolean
  /** The decoder, at once where it is here, else when it was loaded: a product rarely speaks more than one. */
  load(): CreateDecoder | Promise<CreateDecoder>
}

/** A decoder in a chunk of its own, loaded when it is first needed and kept; a failed load is tried again. */
export function loadedOnce(load: () => Promise<CreateDecoder>): Protocol['load'] {
  let loaded: CreateDecoder | null = null
  return () =>
    loaded ??
    load().then((createDecoder) => {
      loaded = createDecoder
      return createDecoder
    })
}

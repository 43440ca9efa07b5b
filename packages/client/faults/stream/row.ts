/** One body, how it is served, and what a reader has to make of it. */
export interface Row {
  readonly name: string
  readonly body: string | Uint8Array
  /** `text/event-stream` unless it says otherwise. */
  readonly headers?: Readonly<Record<string, string>>
  readonly status?: number
  /** The protocol that the step names. */
  readonly named?: string
  readonly maxEventLength?: number
  readonly expect: Expected
}

/**
 * Written by hand from the protocol's specification. What is left out is expected to be empty: no
 * reasoning, no usage, no unknown event, no tool.
 */
export interface Expected {
  readonly text: string
  readonly reasoning?: string
  /** `end <reason>`, with ` unverified` where it is; or `<failure>` with the provider's code. */
  readonly ending: string
  /** Input and output tokens as they were told last. */
  readonly usage?: readonly [number | null, number | null]
  readonly unknown?: number
  /** `<name> <state> <input, output or error>` for each step of a call but the streaming of its input. */
  readonly tools?: readonly string[]
  readonly sources?: readonly string[]
  readonly files?: readonly string[]
  readonly data?: readonly string[]
  readonly metadata?: readonly string[]
  readonly withdrawn?: readonly string[]
  /** The answer has failed before its body ends. Checked where it is given. */
  readonly early?: true
  /** Checked where it is given. */
  readonly protocol?: string
}

const asData = (event: object | string): string => (typeof event === 'string' ? event : JSON.stringify(event))

/** Server-sent events without names, as the AI SDK, OpenAI chat and AG-UI send them. */
export const sse = (...events: readonly (object | string)[]): string =>
  events.map((event) => `data: ${asData(event)}\n\n`).join('')

type Named = Readonly<Record<string, unknown>> & { readonly type: string }

/** Server-sent events named after their type, as Anthropic and OpenAI Responses send them. */
export const namedSse = (...events: readonly Named[]): string =>
  events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')

export const lines = (...values: readonly object[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('')

/** The body up to this marker, which has to be in it exactly once. */
export function cutBefore(body: string, marker: string): string {
  if (body.split(marker).length !== 2) throw new Error(`not exactly once in the body: ${marker}`)
  return body.slice(0, body.indexOf(marker))
}

/** The body up to and with this marker, which has to be in it exactly once. */
export const cutAfter = (body: string, marker: string): string => cutBefore(body, marker) + marker

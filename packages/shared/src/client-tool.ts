import type { StandardSchemaV1 } from './standard-schema.ts'

/** What a tool is told besides its input. */
export interface ToolCallContext {
  readonly runId: string
  /** The call's id, as the model's server gave it. */
  readonly callId: string
  /** Aborted where the run ended, so that nobody waits for the output any more. */
  readonly signal: AbortSignal
}

/**
 * A tool that the page runs. Its input is what a model wrote, so it is `unknown`: `defineTool` checks it.
 * What it throws becomes the call's error, and the model is told its message.
 */
export type ClientTool = (input: unknown, call: ToolCallContext) => unknown

/** What came of one call of a client tool, as the next request tells it. */
export interface ToolResult {
  readonly callId: string
  readonly name: string
  readonly input: unknown
  /** What the tool returned; absent where it threw. */
  readonly output?: unknown
  /** The message of what it threw. */
  readonly error?: string
  /** 0 for the calls of the first request of the attempt; calls of one round were made together. */
  readonly round: number
}

/**
 * A client tool with a typed input, checked before the tool sees it. A wrong input never reaches the
 * tool: the model is told which paths are wrong.
 *
 * @example
 * const openTicket = defineTool(z.object({ id: z.string() }), async ({ id }) => router.push(`/tickets/${id}`))
 */
export function defineTool<Input, Output>(
  schema: StandardSchemaV1<unknown, Input>,
  run: (input: Input, call: ToolCallContext) => Output | Promise<Output>,
): (input: unknown, call: ToolCallContext) => Promise<Output> {
  return async (input, call) => {
    const checked = await schema['~standard'].validate(input)
    if (checked.issues === undefined) return run(checked.value, call)
    const wrong = checked.issues.map(({ path = [], message }) => {
      const at = path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
      return at === '' ? message : `${at}: ${message}`
    })
    throw new TypeError(`The input is wrong. ${wrong.join('; ')}`)
  }
}

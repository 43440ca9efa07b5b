import type { ClientTool, ToolCallContext, ToolResult } from '@evenkeel/shared'
import type { StreamEvent } from '../stream/event.ts'

export type ToolEvent = Extract<StreamEvent, { type: 'tool' }>

/** More rounds than this are a model that goes in circles. */
export const MAX_TOOL_ROUNDS = 8

/** One call that the page makes. */
export interface PageCall {
  readonly event: ToolEvent
  readonly name: string
  readonly tool: ClientTool
}

/**
 * The calls that a turn left to the page; none where one of them is not the page's to make, because
 * models want the results of a round all together.
 */
export function pageCallsOf(
  open: readonly ToolEvent[],
  tools: Readonly<Record<string, ClientTool>> = {},
): readonly PageCall[] {
  const calls = open.flatMap((event): PageCall[] => {
    const { name, providerExecuted = false } = event
    const tool = name !== null && Object.hasOwn(tools, name) ? tools[name] : undefined
    return name === null || tool === undefined || providerExecuted ? [] : [{ event, name, tool }]
  })
  return calls.length === open.length ? calls : []
}

/** Makes one call. What the tool throws is its result too: the model is told, and may do without. */
export async function makePageCall(
  { event, name, tool }: PageCall,
  round: number,
  context: Omit<ToolCallContext, 'callId'>,
  onError: (error: unknown) => void,
): Promise<ToolResult> {
  const { id: callId, input } = event
  const call = { callId, name, input, round }
  try {
    return { ...call, output: await tool(input, { ...context, callId }) }
  } catch (error) {
    onError(error)
    return { ...call, error: error instanceof Error ? error.message : String(error) }
  }
}

/** What the result says of the call in the answer. */
export function eventOf({ callId, name, ...result }: ToolResult): ToolEvent {
  const call = { type: 'tool', id: callId, name } as const
  return result.error === undefined
    ? { ...call, state: 'output-available', output: result.output }
    : { ...call, state: 'output-error', error: result.error }
}

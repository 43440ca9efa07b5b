import type { Emit, StreamEvent } from '../event.ts'
import { asText, type JsonObject } from '../json-value.ts'

type ToolEvent = Extract<StreamEvent, { type: 'tool' }>

const words = (value: unknown): string => asText(value) ?? ''

/** What each chunk about a tool says of its call. */
const CHUNKS: Readonly<Record<string, (said: JsonObject) => Omit<ToolEvent, 'type' | 'id' | 'name'>>> = {
  'tool-input-delta': (said) => ({ state: 'input-streaming', inputDelta: words(said.inputTextDelta) }),
  'tool-input-start': () => ({ state: 'input-streaming' }),
  'tool-input-available': ({ input }) => ({ state: 'input-available', input }),
  'tool-input-error': ({ input, errorText }) => ({ state: 'output-error', input, error: words(errorText) }),
  'tool-approval-request': (said) => ({ state: 'approval-requested', approvalId: words(said.approvalId) }),
  'tool-output-available': ({ output, preliminary }) => ({
    state: 'output-available',
    output,
    ...(preliminary === true && { preliminary }),
  }),
  'tool-output-error': (said) => ({ state: 'output-error', error: words(said.errorText) }),
  'tool-output-denied': () => ({ state: 'output-denied' }),
}

/** Reads the tool chunks of the AI SDK's stream; false for a chunk that is not about a tool. `onCall` gets the id of each new call. */
export function createAiSdkTools(emit: Emit, onCall: (id: string) => void): (message: JsonObject) => boolean {
  // Only the first chunks of a call carry its name.
  const names = new Map<string, string>()

  return (message) => {
    const type = words(message.type)
    // It names no call, only the request that it answers: nothing changes until the output comes.
    if (type === 'tool-approval-response') return true
    const read = Object.hasOwn(CHUNKS, type) && CHUNKS[type]
    if (!read) return false
    const id = words(message.toolCallId)
    const said = asText(message.toolName)
    if (said !== null) {
      if (!names.has(id)) onCall(id)
      names.set(id, said)
    }
    const executed = message.providerExecuted === true && { providerExecuted: true }
    emit({ type: 'tool', id, name: said ?? names.get(id) ?? null, ...read(message), ...executed })
    return true
  }
}

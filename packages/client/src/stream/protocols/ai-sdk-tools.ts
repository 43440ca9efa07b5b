import type { Emit, ToolState } from '../event.ts'
import { asText, type JsonObject } from '../json-value.ts'

/** The tool chunks of the AI SDK's stream. */
export interface AiSdkTools {
  /** False where the chunk is not about a tool. */
  read(message: JsonObject): boolean
  /** The ids of the calls since the last time it was asked. */
  takeStepIds(): readonly string[]
}

export function createAiSdkTools(emit: Emit): AiSdkTools {
  // Only the first chunks of a call carry its name.
  const names = new Map<string, string>()
  let stepIds: string[] = []

  function tool(message: JsonObject, state: ToolState, details: object = {}): true {
    const id = asText(message.toolCallId) ?? ''
    const said = asText(message.toolName)
    if (said !== null) {
      if (!names.has(id)) stepIds.push(id)
      names.set(id, said)
    }
    const executed = message.providerExecuted === true ? { providerExecuted: true } : {}
    emit({ type: 'tool', id, name: said ?? names.get(id) ?? null, state, ...details, ...executed })
    return true
  }

  return {
    read(message) {
      switch (message.type) {
        case 'tool-input-delta':
          return tool(message, 'input-streaming', { inputDelta: asText(message.inputTextDelta) ?? '' })
        case 'tool-input-start':
          return tool(message, 'input-streaming')
        case 'tool-input-available':
          return tool(message, 'input-available', { input: message.input })
        case 'tool-input-error':
          return tool(message, 'output-error', {
            input: message.input,
            error: asText(message.errorText) ?? '',
          })
        case 'tool-approval-request':
          return tool(message, 'approval-requested', { approvalId: asText(message.approvalId) ?? '' })
        case 'tool-output-available':
          return tool(message, 'output-available', {
            output: message.output,
            ...(message.preliminary === true ? { preliminary: true } : {}),
          })
        case 'tool-output-error':
          return tool(message, 'output-error', { error: asText(message.errorText) ?? '' })
        case 'tool-output-denied':
          return tool(message, 'output-denied')
        // It names no call, only the request that it answers: nothing changes until the output comes.
        case 'tool-approval-response':
          return true
        default:
          return false
      }
    },
    takeStepIds() {
      const ids = stepIds
      stepIds = []
      return ids
    },
  }
}

import type { Emit } from '../event.ts'
import { asArray, asObject, asText, type JsonObject } from '../json-value.ts'
import { createToolCalls } from '../tool-calls.ts'

/** The messages of an AG-UI run: text, reasoning and tool calls. */
export interface AgUiMessages {
  /** False where the event is about something else. */
  read(message: JsonObject): boolean
  completeTools(): void
  /** A call was made that nobody has answered. */
  readonly waitsForTools: boolean
}

/** The whole input, which only TanStack AI repeats, and not among the fields of AG-UI. */
function inputOf(message: JsonObject): unknown {
  return message.input ?? asObject(asObject(message.metadata)?.tanstack)?.input ?? undefined
}

export function createAgUiMessages(emit: Emit): AgUiMessages {
  const tools = createToolCalls(emit)
  const unanswered = new Set<string>()
  // Messages of the user or the system are streamed too, when an agent puts them into the thread.
  const notAnswers = new Set<string>()
  let anyText = false
  // A chunk without an id goes on with the message before it.
  let currentText = ''
  let currentReasoning = ''
  let currentCall = ''

  function start(message: JsonObject): void {
    currentText = asText(message.messageId) ?? currentText
    const role = asText(message.role) ?? 'assistant'
    if (role !== 'assistant') notAnswers.add(currentText)
  }

  function text(message: JsonObject): void {
    const id = asText(message.messageId) ?? currentText
    const delta = message.delta
    if (typeof delta !== 'string' || delta === '' || notAnswers.has(id)) return
    // What a subagent writes is work on the answer, not the answer.
    const type = message.subagentRunId === undefined ? 'text' : 'reasoning'
    if (type === 'text') anyText = true
    emit({ type, id, delta })
  }

  function reasoning(message: JsonObject): void {
    currentReasoning = asText(message.messageId) ?? currentReasoning
    const delta = message.delta
    if (typeof delta === 'string' && delta !== '') {
      emit({ type: 'reasoning', id: currentReasoning === '' ? 'reasoning' : currentReasoning, delta })
    }
  }

  function startCall(message: JsonObject): void {
    const id = asText(message.toolCallId)
    if (id === null || tools.has(id)) return
    tools.complete(currentCall)
    currentCall = id
    unanswered.add(id)
    tools.start(id, id, asText(message.toolCallName) ?? asText(message.toolName))
  }

  function append(message: JsonObject): void {
    const id = asText(message.toolCallId) ?? currentCall
    if (typeof message.delta === 'string') tools.append(id, message.delta)
  }

  function result(message: JsonObject): void {
    const id = asText(message.toolCallId)
    if (id === null) return
    unanswered.delete(id)
    tools.complete(id)
    tools.succeed(id, message.content)
  }

  /** Some agents send no deltas, only the thread when they are done: its last turn is the answer. */
  function readSnapshot(snapshot: readonly unknown[]): void {
    if (anyText) return
    const thread = snapshot.map((entry) => asObject(entry) ?? {})
    const turn = thread.slice(thread.findLastIndex(({ role }) => role === 'user') + 1)
    turn.forEach(({ role, content, id }, index) => {
      if (role !== 'assistant' || typeof content !== 'string' || content === '') return
      anyText = true
      emit({ type: 'text', id: asText(id) ?? `snapshot-${index}`, delta: content })
    })
  }

  return {
    read(message) {
      switch (message.type) {
        case 'TEXT_MESSAGE_CONTENT':
          text(message)
          return true
        case 'TEXT_MESSAGE_START':
          start(message)
          return true
        case 'TEXT_MESSAGE_CHUNK':
          if (asText(message.messageId) !== null) start(message)
          text(message)
          return true
        case 'REASONING_MESSAGE_CONTENT':
        case 'REASONING_MESSAGE_CHUNK':
        case 'THINKING_TEXT_MESSAGE_CONTENT':
          reasoning(message)
          return true
        case 'TOOL_CALL_START':
          startCall(message)
          return true
        case 'TOOL_CALL_ARGS':
          append(message)
          return true
        case 'TOOL_CALL_CHUNK':
          startCall(message)
          append(message)
          return true
        case 'TOOL_CALL_END':
          tools.complete(asText(message.toolCallId) ?? currentCall, inputOf(message))
          return true
        case 'TOOL_CALL_RESULT':
          result(message)
          return true
        case 'MESSAGES_SNAPSHOT':
          readSnapshot(asArray(message.messages))
          return true
        default:
          return false
      }
    },
    completeTools: () => tools.completeAll(),
    get waitsForTools() {
      return unanswered.size > 0
    },
  }
}

import type { Emit, FinishReason, StreamEvent } from '../event.ts'
import {
  asArray,
  asCount,
  asKey,
  asObject,
  asText,
  isObject,
  type JsonObject,
  nameOf,
} from '../json-value.ts'
import { createModelName } from '../model-name.ts'
import type { Decoder } from '../protocol.ts'
import { providerFailure, refusal } from '../provider-failure.ts'
import { createToolCalls } from '../tool-calls.ts'
import { createUsageTotal } from '../usage-total.ts'
import { createChatSources } from './openai-chat-sources.ts'
import { reasoningOf, textOf } from './openai-chat-text.ts'

export function createOpenaiChatDecoder(emit: Emit): Decoder {
  const tools = createToolCalls(emit)
  const sources = createChatSources(emit)
  const usage = createUsageTotal(emit)
  const tellModel = createModelName(emit)
  let response: unknown = null
  let finish: string | null = null
  let refused = false

  function read(message: JsonObject): void {
    if (isError(message.error)) {
      emit(providerFailure(message.error))
      return
    }
    if (message.id !== response) begin(message.id)
    tellModel(message.model)
    readUsage(message.usage ?? asObject(message.x_groq)?.usage)
    sources.readChunk(message)
    if (!Array.isArray(message.choices)) {
      // Azure sends the results of its filters in chunks of their own.
      if (message.object !== 'chat.completion.chunk' && message.usage === undefined) {
        emit({ type: 'unknown', name: nameOf(message.type ?? message.object) })
      }
      return
    }
    for (const choice of message.choices) {
      if (isObject(choice) && (choice.index ?? 0) === 0) readChoice(choice)
    }
  }

  /** Agents send several completions in one body, each with an id of its own, while a tool is called. */
  function begin(id: unknown): void {
    if (typeof id !== 'string' || id === '') return
    response = id
    if (finish !== 'tool_calls' && finish !== 'function_call') return
    finish = null
    tools.forgetKeys()
    usage.nextResponse()
  }

  function readChoice(choice: JsonObject): void {
    if (isError(choice.error)) {
      emit(providerFailure(choice.error))
      return
    }
    const delta = asObject(choice.delta) ?? asObject(choice.message)
    if (finish === null) {
      if (delta !== null) readDelta(delta)
      // The older completions endpoint.
      else if (asText(choice.text) !== null) readDelta({ content: choice.text })
    }
    const reason = asText(choice.finish_reason)
    if (reason === null || finish !== null) return
    finish = reason
    tools.completeAll()
  }

  function readDelta(delta: JsonObject): void {
    const thought = reasoningOf(delta)
    if (thought !== '') emit({ type: 'reasoning', id: 'reasoning', delta: thought })
    const text = typeof delta.content === 'string' ? delta.content : textOf(delta.content)
    if (text !== '') emit({ type: 'text', id: 'text', delta: text })
    if (asText(delta.refusal) !== null) refused = true
    if (delta.tool_calls !== undefined) for (const call of asArray(delta.tool_calls)) readTool(asObject(call))
    if (isObject(delta.function_call)) readTool({ id: 'function_call', function: delta.function_call })
    sources.readDelta(delta)
  }

  function readTool(call: JsonObject | null): void {
    if (call === null) return
    const details = asObject(call.function) ?? asObject(call.custom)
    // Some servers number no calls, but give each an id.
    const key = call.index ?? asText(call.id) ?? 0
    if (!tools.has(key)) {
      const id = asText(call.id) ?? `call-${asKey(key)}`
      tools.start(key, id, asText(details?.name), isObject(call.custom) ? { plain: true } : {})
    }
    const input = details?.arguments ?? details?.input
    if (typeof input === 'string') tools.append(key, input)
    else if (isObject(input)) tools.complete(key, input)
  }

  function readUsage(said: unknown): void {
    if (!isObject(said)) return
    usage.report({
      inputTokens: asCount(said.prompt_tokens),
      outputTokens: asCount(said.completion_tokens),
    })
  }

  function end(): StreamEvent {
    if (refused) return refusal('refusal')
    if (finish === 'content_filter' || finish === 'refusal') return refusal(finish)
    if (finish === 'error') return providerFailure('error')
    return {
      type: 'end',
      reason: finish === null ? null : (REASONS.get(finish) ?? 'other'),
      rawReason: finish,
      verified: true,
    }
  }

  return {
    read,
    done() {
      tools.completeAll()
      emit(end())
    },
    close() {
      // Smaller servers leave `[DONE]` out. A refusal is one, however it ended.
      if (finish !== null || refused) emit(end())
    },
  }
}

const REASONS = new Map<string, FinishReason>([
  ['stop', 'stop'],
  ['eos', 'stop'],
  ['stop_sequence', 'stop'],
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['model_length', 'length'],
  ['tool_calls', 'tool-calls'],
  ['function_call', 'tool-calls'],
])

function isError(error: unknown): boolean {
  return error !== undefined && error !== null && error !== false
}

import type { Emit, FinishReason } from '../event.ts'
import { asArray, asCount, asObject, asText, type JsonObject } from '../json-value.ts'
import { createModelName } from '../model-name.ts'
import type { Decoder } from '../protocol.ts'
import { createToolCalls } from '../tool-calls.ts'

export function createOllamaDecoder(emit: Emit): Decoder {
  const tools = createToolCalls(emit)
  const tellModel = createModelName(emit)
  let calls = 0

  function read(line: JsonObject): void {
    tellModel(line.model)
    const message = asObject(line.message) ?? { content: line.response, thinking: line.thinking }
    const thinking = asText(message.thinking)
    if (thinking !== null) emit({ type: 'reasoning', id: 'reasoning', delta: thinking })
    const content = asText(message.content)
    if (content !== null) emit({ type: 'text', id: 'text', delta: content })
    for (const call of asArray(message.tool_calls)) readCall(asObject(call))
    if (line.done === true) end(line)
  }

  /** Calls come whole, and without an id. */
  function readCall(call: JsonObject | null): void {
    const details = asObject(call?.function)
    if (details === null) return
    const key = calls++
    tools.start(key, asText(call?.id) ?? `call-${key}`, asText(details.name))
    tools.complete(key, details.arguments ?? {})
  }

  function end(line: JsonObject): void {
    const usage = {
      inputTokens: asCount(line.prompt_eval_count),
      outputTokens: asCount(line.eval_count),
    }
    if (usage.inputTokens !== null || usage.outputTokens !== null) emit({ type: 'usage', usage })
    const rawReason = asText(line.done_reason)
    emit({ type: 'end', reason: reasonOf(rawReason), rawReason, verified: true })
  }

  function reasonOf(rawReason: string | null): FinishReason | null {
    if (rawReason === null) return null
    if (rawReason === 'length') return 'length'
    if (rawReason !== 'stop') return 'other'
    return calls > 0 ? 'tool-calls' : 'stop'
  }

  return { read, done() {}, close() {} }
}

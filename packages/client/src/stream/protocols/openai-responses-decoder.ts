import type { Emit, FinishReason } from '../event.ts'
import { asArray, asCount, asObject, asText, isObject, type JsonObject, nameOf } from '../json-value.ts'
import { createModelName } from '../model-name.ts'
import type { Decoder } from '../protocol.ts'
import { codeOf, providerFailure, refusal } from '../provider-failure.ts'
import { createUsageTotal } from '../usage-total.ts'
import { createResponsesItems } from './openai-responses-items.ts'

/** Events that repeat what others said, or only say that work goes on. */
const SILENT =
  /^(response\.(in_progress|queued|content_part\.(added|done)|reasoning_(summary_)?part\.(added|done)|reasoning(_summary)?(_text)?\.done|image_generation_call\.partial_image|.+_call\.(in_progress|searching|interpreting|generating|completed|failed)|mcp_list_tools\.(in_progress|completed|failed))|keepalive)$/

export function createOpenaiResponsesDecoder(emit: Emit): Decoder {
  const items = createResponsesItems(emit)
  const usage = createUsageTotal(emit)
  const tellModel = createModelName(emit)
  let responses = 0
  let waitingForTools = false

  function read(message: JsonObject): void {
    const type = message.type
    if (waitingForTools && type !== 'response.created' && type !== 'error') return
    switch (type) {
      case 'response.output_text.delta':
        items.text(message)
        return
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
      case 'response.reasoning_summary.delta':
      case 'response.reasoning.delta':
        items.reasoning(message)
        return
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
      case 'response.mcp_call_arguments.delta':
      case 'response.code_interpreter_call_code.delta':
        items.input(message)
        return
      case 'response.function_call_arguments.done':
      case 'response.custom_tool_call_input.done':
      case 'response.mcp_call_arguments.done':
      case 'response.code_interpreter_call_code.done':
        items.inputDone(message)
        return
      case 'response.output_text.done':
        items.textDone(message)
        return
      case 'response.output_text.annotation.added':
        items.annotation(asObject(message.annotation))
        return
      case 'response.refusal.delta':
      case 'response.refusal.done':
        items.refuse()
        return
      case 'response.output_item.added':
        items.added(message)
        return
      case 'response.output_item.done':
        items.itemDone(message)
        return
      case 'response.created':
        begin(asObject(message.response))
        return
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
      case 'response.cancelled':
        settle(type, asObject(message.response) ?? {})
        return
      // OpenAI puts the code beside the type, Azure and LM Studio into an object.
      case 'error':
        emit(providerFailure(message.error ?? { code: message.code, type: null }))
        return
      default:
        if (typeof type === 'string' && SILENT.test(type)) return
        if (type === undefined && message.error) emit(providerFailure(message.error))
        else emit({ type: 'unknown', name: nameOf(type) })
    }
  }

  function begin(response: JsonObject | null): void {
    if (responses > 0) {
      items.nextResponse()
      usage.nextResponse()
    }
    responses += 1
    waitingForTools = false
    tellModel(response?.model)
  }

  function settle(type: string, response: JsonObject): void {
    tellModel(response.model)
    const said = response.usage
    if (isObject(said)) {
      usage.report({ inputTokens: asCount(said.input_tokens), outputTokens: asCount(said.output_tokens) })
    }
    const status = response.status
    if (type === 'response.failed' || status === 'failed') emit(providerFailure(response.error))
    else if (type === 'response.cancelled' || status === 'cancelled') cut('cancelled')
    else if (type === 'response.incomplete' || status === 'incomplete') {
      incomplete(asText(asObject(response.incomplete_details)?.reason))
    } else complete(response)
  }

  function complete(response: JsonObject): void {
    items.readOutput(asArray(response.output))
    if (items.refused) emit(refusal('refusal'))
    else if (items.waitsForTools) waitingForTools = true
    else emit({ type: 'end', reason: 'stop', rawReason: 'completed', verified: true })
  }

  function incomplete(reason: string | null): void {
    if (items.refused || reason === 'content_filter') emit(refusal(reason ?? 'refusal'))
    else {
      const known = reason === null ? undefined : INCOMPLETE.get(reason)
      emit({ type: 'end', reason: known ?? 'other', rawReason: reason ?? 'incomplete', verified: true })
    }
  }

  function cut(code: string): void {
    emit({ type: 'failed', failure: 'truncated', code: codeOf(code), detail: `The response was ${code}.` })
  }

  return {
    read,
    // Some gateways add it; the protocol has ends of its own.
    done() {},
    close() {
      if (waitingForTools) {
        emit({ type: 'end', reason: 'tool-calls', rawReason: 'completed', verified: true })
      } else if (items.refused) emit(refusal('refusal'))
    },
  }
}

const INCOMPLETE = new Map<string, FinishReason>([
  ['max_output_tokens', 'length'],
  ['max_tokens', 'length'],
])

import type { Emit, FinishReason, StreamEvent } from '../event.ts'
import { asCount, asObject, asText, isObject, type JsonObject, nameOf } from '../json-value.ts'
import { createModelName } from '../model-name.ts'
import type { Decoder } from '../protocol.ts'
import { providerFailure, refusal } from '../provider-failure.ts'
import { createUsageTotal } from '../usage-total.ts'
import { createAnthropicBlocks } from './anthropic-blocks.ts'

export function createAnthropicDecoder(emit: Emit): Decoder {
  const blocks = createAnthropicBlocks(emit)
  const usage = createUsageTotal(emit)
  const tellModel = createModelName(emit)
  let stopReason: string | null = null
  let stopped = false
  let started = false

  function read(message: JsonObject): void {
    if (stopped && message.type !== 'message_start' && message.type !== 'error') return
    switch (message.type) {
      case 'content_block_delta':
        blocks.delta(message.index, asObject(message.delta))
        return
      case 'content_block_start':
        blocks.start(message.index, asObject(message.content_block))
        return
      case 'content_block_stop':
        blocks.stop(message.index)
        return
      case 'message_start':
        begin(asObject(message.message))
        return
      case 'message_delta': {
        readUsage(message.usage)
        stopReason = asText(asObject(message.delta)?.stop_reason) ?? stopReason
        return
      }
      case 'message_stop':
        stop()
        return
      case 'ping':
        emit({ type: 'ping' })
        return
      case 'error':
        emit(providerFailure(message.error))
        return
      default:
        emit({ type: 'unknown', name: nameOf(message.type) })
    }
  }

  function begin(message: JsonObject | null): void {
    if (started) {
      blocks.nextMessage()
      usage.nextResponse()
    }
    started = true
    stopped = false
    stopReason = null
    tellModel(message?.model)
    readUsage(message?.usage)
  }

  function stop(): void {
    stopped = true
    blocks.stopAll()
    if (stopReason !== 'tool_use' && stopReason !== 'pause_turn') emit(ending(stopReason))
  }

  /** The provider counts cached tokens apart; all of them were read. */
  function readUsage(said: unknown): void {
    if (!isObject(said)) return
    const parts = [said.input_tokens, said.cache_creation_input_tokens, said.cache_read_input_tokens]
    const counts = parts.map(asCount)
    usage.report({
      inputTokens: counts[0] === null ? null : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
      outputTokens: asCount(said.output_tokens),
    })
  }

  return {
    read,
    // Some gateways add it; the protocol's own end is `message_stop`.
    done() {},
    close() {
      if (stopped || stopReason === 'refusal') emit(ending(stopReason))
    },
  }
}

const REASONS = new Map<string, FinishReason>([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool-calls'],
])

function ending(stopReason: string | null): StreamEvent {
  if (stopReason === 'refusal') return refusal('refusal')
  const reason = stopReason === null ? null : (REASONS.get(stopReason) ?? 'other')
  return { type: 'end', reason, rawReason: stopReason, verified: true }
}

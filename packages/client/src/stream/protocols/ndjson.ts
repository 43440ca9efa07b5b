import type { Emit, FinishReason, StreamEvent } from '../event.ts'
import { asText, type JsonObject, nameOf } from '../json-value.ts'
import { createModelName } from '../model-name.ts'
import type { Decoder, Protocol } from '../protocol.ts'
import { refusal } from '../provider-failure.ts'
import { emitMetadata, emitUsage } from '../stream-metadata.ts'

/**
 * Our own shape for servers that speak no protocol: one JSON object a line (or an SSE event), any of these
 * members in it.
 *
 * | member | holds |
 * |---|---|
 * | `text`, `reasoning` | the next piece |
 * | `data` | a value for the page, with `name`, and with `id` where a later one replaces it |
 * | `usage` | `{ inputTokens, outputTokens }` |
 * | `model` | the answering model |
 * | `evenkeel` | the members of the `evenkeel` header |
 * | `error` | `{ code }`: the answer failed |
 * | `done` | `true`: the answer is whole; `reason` may be `stop`, `length`, `tool-calls`, `refusal`, `content-filter` |
 *
 * A line of any other protocol that we know is read by that protocol.
 */
export const ndjson: Protocol = {
  name: 'ndjson',
  ownEnd: '`{"done":true}`',
  recognisesHeaders: () => false,
  recognises: ({ type, text, reasoning, done, data, usage, name }) =>
    type === undefined &&
    (typeof text === 'string' ||
      typeof reasoning === 'string' ||
      typeof done === 'boolean' ||
      usage !== undefined ||
      (data !== undefined && typeof name === 'string')),
  load: () => createNdjsonDecoder,
}

function createNdjsonDecoder(emit: Emit): Decoder {
  const tellModel = createModelName(emit)

  function read(message: JsonObject): void {
    let known = false
    const { reasoning, text, data, usage, evenkeel, done } = message
    if (typeof reasoning === 'string') {
      known = true
      emit({ type: 'reasoning', id: 'reasoning', delta: reasoning })
    }
    if (typeof text === 'string') {
      known = true
      emit({ type: 'text', id: 'text', delta: text })
    }
    if (data !== undefined) {
      known = true
      emit({
        type: 'data',
        name: nameOf(message.name),
        id: asText(message.id),
        data,
        transient: message.transient === true,
      })
    }
    if (message.model !== undefined) {
      known = true
      tellModel(message.model)
    }
    if (usage !== undefined) {
      known = true
      emitUsage(usage, emit)
    }
    if (evenkeel !== undefined) {
      known = true
      emitMetadata(evenkeel, emit)
    }
    if (done === true) emit(ending(asText(message.reason)))
    else if (!known && done === undefined) {
      emit({ type: 'unknown', name: nameOf(message.type ?? Object.keys(message)[0]) })
    }
  }

  return { read, done: () => emit(ending(null)), close() {} }
}

const REASONS = new Map<string, FinishReason>([
  ['stop', 'stop'],
  ['length', 'length'],
  ['tool-calls', 'tool-calls'],
])

function ending(rawReason: string | null): StreamEvent {
  if (rawReason === 'refusal' || rawReason === 'content-filter') return refusal(rawReason)
  const reason = rawReason === null ? null : (REASONS.get(rawReason) ?? 'other')
  return { type: 'end', reason, rawReason, verified: true }
}

import type { Emit, FinishReason, StreamEvent } from '../event.ts'
import { asText, type JsonObject, nameOf } from '../json-value.ts'
import { createModelName } from '../model-name.ts'
import type { Decoder, OwnWords } from '../protocol.ts'
import { refusal } from '../provider-failure.ts'

export function createNdjsonDecoder(emit: Emit, own: OwnWords): Decoder {
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
      own.usage(usage)
    }
    if (evenkeel !== undefined) {
      known = true
      own.metadata(evenkeel)
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

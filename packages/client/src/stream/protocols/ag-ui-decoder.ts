import type { Emit, FinishReason, StreamEvent } from '../event.ts'
import { asArray, asCount, asObject, asText, isObject, type JsonObject, nameOf } from '../json-value.ts'
import { createModelName } from '../model-name.ts'
import type { Decoder, OwnWords } from '../protocol.ts'
import { codeOf, providerFailure, refusal } from '../provider-failure.ts'
import { createUsageTotal } from '../usage-total.ts'
import { createAgUiMessages } from './ag-ui-messages.ts'

/** Openings, closings and the agent's own bookkeeping: nothing that a reader shows. */
const SILENT =
  /^(STEP_(STARTED|FINISHED)|RAW|TEXT_MESSAGE_END|REASONING_(START|END|MESSAGE_START|MESSAGE_END|ENCRYPTED_VALUE)|THINKING_(START|END|TEXT_MESSAGE_START|TEXT_MESSAGE_END)|SUBAGENT_(STARTED|FINISHED|ERROR))$/

export function createAgUiDecoder(emit: Emit, own: OwnWords): Decoder {
  const messages = createAgUiMessages(emit)
  const usage = createUsageTotal(emit)
  const tellModel = createModelName(emit)
  let ending: StreamEvent | null = null

  function read(message: JsonObject): void {
    const type = message.type
    // An agent's tools answer after the model's own run has finished; text belongs to a run.
    if (ending !== null && typeof type === 'string' && /^(TEXT|REASONING|THINKING)_/.test(type)) {
      if (ending.type !== 'end' || ending.reason !== 'tool-calls') return
      ending = null
    }
    switch (type) {
      // By far the most frequent one.
      case 'TEXT_MESSAGE_CONTENT':
        messages.read(message)
        return
      case 'RUN_STARTED':
        ending = null
        usage.nextResponse()
        readMetadata(message)
        return
      case 'RUN_FINISHED':
        readUsage(message.usage)
        readMetadata(message)
        messages.completeTools()
        ending = endingOf(message, messages)
        return
      case 'RUN_ERROR':
        readUsage(message.usage)
        emit(providerFailure({ code: message.code ?? codeOf(message.error) }))
        return
      case 'CUSTOM':
        if (message.name === 'evenkeel') own.metadata(message.value)
        else data(nameOf(message.name), null, message.value)
        return
      case 'STATE_SNAPSHOT':
        data('state', 'state', message.snapshot)
        return
      case 'STATE_DELTA':
        data('state-delta', null, message.delta)
        return
      case 'ACTIVITY_SNAPSHOT':
        data(nameOf(message.activityType), asText(message.messageId), message.content)
        return
      case 'ACTIVITY_DELTA':
        data(`${nameOf(message.activityType)}-delta`, null, message.patch)
        return
      default:
        if (messages.read(message)) return
        if (typeof type === 'string' && SILENT.test(type)) return
        emit({ type: 'unknown', name: nameOf(type) })
    }
  }

  function readMetadata(message: JsonObject): void {
    tellModel(asText(message.model) ?? tanstackOf(message)?.model)
    own.metadata(asObject(message.metadata)?.evenkeel)
  }

  function data(name: string, id: string | null, value: unknown): void {
    emit({ type: 'data', name, id, data: value, transient: false })
  }

  /** A list of figures, one for each provider and model, which add up; TanStack AI sends one object. */
  function readUsage(said: unknown): void {
    const entries = isObject(said) ? [said] : asArray(said).filter(isObject)
    if (entries.length === 0) return
    const total = (...names: readonly string[]) =>
      entries.reduce<number | null>((sum, entry) => {
        const count = names.map((name) => asCount(entry[name])).find((value) => value !== null) ?? null
        return count === null ? sum : (sum ?? 0) + count
      }, null)
    usage.report({
      inputTokens: total('inputTokens', 'promptTokens'),
      outputTokens: total('outputTokens', 'completionTokens'),
    })
    tellModel(entries.at(-1)?.model)
  }

  return {
    read,
    // TanStack AI adds it; the body's end follows.
    done() {},
    close() {
      if (ending !== null) emit(ending)
    },
  }
}

const REASONS = new Map<string, FinishReason>([
  ['stop', 'stop'],
  ['length', 'length'],
  ['tool_calls', 'tool-calls'],
])

/** What AG-UI has no field for, TanStack AI keeps in the metadata of the event. */
function tanstackOf(message: JsonObject): JsonObject | null {
  return asObject(asObject(message.metadata)?.tanstack)
}

function endingOf(message: JsonObject, messages: { readonly waitsForTools: boolean }): StreamEvent {
  const outcome = asObject(message.outcome)
  const rawReason =
    asText(message.finishReason) ?? asText(tanstackOf(message)?.finishReason) ?? asText(outcome?.type)
  if (rawReason === 'content_filter') return refusal('content_filter')
  if (rawReason === 'cancelled') {
    return { type: 'failed', failure: 'truncated', code: 'cancelled', detail: 'The run was cancelled.' }
  }
  if (rawReason === 'interrupt') return { type: 'end', reason: 'other', rawReason, verified: true }
  const waits = messages.waitsForTools || asArray(outcome?.pendingToolCallIds).length > 0
  const reason = REASONS.get(rawReason ?? '') ?? (waits ? 'tool-calls' : 'stop')
  return { type: 'end', reason, rawReason, verified: true }
}

import type { Emit, FinishReason, StreamEvent } from '../event.ts'
import { asObject, asText, type JsonObject, nameOf } from '../json-value.ts'
import type { Decoder } from '../protocol.ts'
import { failed, providerFailure, refusal } from '../provider-failure.ts'
import { emitMessageMetadata } from '../stream-metadata.ts'
import { createAiSdkTools } from './ai-sdk-tools.ts'

/** Chunks that an app may still write after `finish`, e.g. a data part when its own work is done. */
const AFTER_FINISH = /^(data-|source-|message-metadata$|finish-step$)/

/**
 * The AI SDK's UI message stream, version 1.
 * `finish` is its end; `[DONE]` is only the transport's last word, written also where no answer was
 * finished, so on its own it means a cut answer.
 * @see https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol
 */
export const aiSdk = {
  name: 'ai-sdk',
  ownEnd: '`finish`',
  recognisesHeaders: (headers: Headers) => headers.has('x-vercel-ai-ui-message-stream'),
  createDecoder: createAiSdkDecoder,
} as const

function createAiSdkDecoder(emit: Emit): Decoder {
  /** Blocks and calls of the step in hand. */
  let stepIds: string[] = []
  const onOpened = (id: string): void => void stepIds.push(id)
  const readTool = createAiSdkTools(emit, onOpened)
  const blocks = createBlockIds(onOpened)
  // Apps write data and metadata after `finish`, so the end waits for `[DONE]` or the body's end.
  let ending: StreamEvent | null = null

  function read(message: JsonObject): void {
    const type = message.type
    if (ending !== null && !(typeof type === 'string' && AFTER_FINISH.test(type))) return
    switch (type) {
      case 'text-delta':
      case 'reasoning-delta':
        if (typeof message.delta !== 'string') return
        emit({
          type: type === 'text-delta' ? 'text' : 'reasoning',
          id: blocks.idOf(message.id),
          delta: message.delta,
        })
        return
      case 'text-start':
      case 'reasoning-start':
        blocks.open(message.id)
        return
      case 'text-end':
      case 'reasoning-end':
      case 'finish-step':
      case 'custom':
      case 'reasoning-file':
      case 'steering-message':
        return
      case 'reset-step':
        emit({ type: 'withdrawn', ids: stepIds })
        stepIds = []
        return
      case 'start-step':
        stepIds = []
        return
      case 'start':
      case 'message-metadata':
        emitMessageMetadata(message.messageMetadata, emit)
        return
      case 'finish':
        emitMessageMetadata(message.messageMetadata, emit)
        ending = endingOf(message.finishReason)
        return
      case 'abort':
        emit({ ...failed('truncated', 'The server stopped the answer (`abort`).'), code: 'abort' })
        return
      case 'error':
        // The AI SDK itself sends only words; servers that imitate it may add a code.
        emit(providerFailure({ code: message.code }))
        return
      case 'source-url':
      case 'source-document':
        emit({
          type: 'source',
          id: asText(message.sourceId) ?? '',
          url: asText(message.url),
          title: asText(message.title) ?? asText(message.filename),
          mediaType: asText(message.mediaType),
        })
        return
      case 'file':
        if (typeof message.url === 'string') {
          emit({ type: 'file', url: message.url, mediaType: asText(message.mediaType) ?? '' })
        }
        return
      default:
        if (readTool(message)) return
        if (typeof type === 'string' && type.startsWith('data-')) readData(type.slice(5), message)
        else emit({ type: 'unknown', name: nameOf(type) })
    }
  }

  function readData(name: string, message: JsonObject): void {
    emit({
      type: 'data',
      name,
      id: asText(message.id),
      data: message.data,
      transient: message.transient === true,
    })
    // A server in another language may have no message metadata, but anyone can write a data part.
    if (name === 'evenkeel') emitMessageMetadata({ evenkeel: asObject(message.data) }, emit)
  }

  function close(): void {
    if (ending !== null) emit(ending)
  }

  function done(): void {
    emit(ending ?? failed('truncated', 'The stream said `[DONE]` without `finish`: the answer was cut.'))
  }

  return { read, done, close }
}

/** The reasons that are told as they are. */
const REASONS: ReadonlySet<string | null> = new Set(['stop', 'length', 'tool-calls', null])

function endingOf(finishReason: unknown): StreamEvent {
  const rawReason = asText(finishReason)
  if (rawReason === 'content-filter') return refusal('content-filter')
  if (rawReason === 'error') return providerFailure(null)
  const reason = REASONS.has(rawReason) ? (rawReason as FinishReason | null) : 'other'
  return { type: 'end', reason, rawReason, verified: true }
}

/**
 * Ids for blocks of text. Providers count their blocks anew in every step, so an id that comes back
 * stands for another block.
 */
function createBlockIds(onOpened: (id: string) => void) {
  const timesOpened = new Map<string, number>()
  const renamed = new Map<string, string>()
  const idOf = (said: unknown): string => {
    const id = asText(said) ?? '0'
    return renamed.size === 0 ? id : (renamed.get(id) ?? id)
  }
  return {
    idOf,
    open(said: unknown) {
      const id = asText(said) ?? '0'
      const times = (timesOpened.get(id) ?? 0) + 1
      timesOpened.set(id, times)
      if (times > 1) renamed.set(id, `${id}#${times}`)
      onOpened(idOf(id))
    },
  }
}

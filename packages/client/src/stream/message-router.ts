import { EVENKEEL_EVENT } from '@evenkeel/shared'
import type { Emit } from './event.ts'
import { isObject, type JsonObject, nameOf } from './json-value.ts'
import type { Decoder, Protocol } from './protocol.ts'
import { PROTOCOLS } from './protocols.ts'
import { providerFailure } from './provider-failure.ts'
import { emitMetadata } from './stream-metadata.ts'

/** Hands the messages of a body to the decoder of its protocol, which the first one that is known tells. */
export interface MessageRouter {
  readonly protocol: string | null
  route(data: string, name: string | undefined): void
  /** The body has ended; `rest` is what follows the last whole event. */
  close(): void
}

const PING = /^(ping|heartbeat|keep-?alive)$/i

export function createMessageRouter(named: Protocol | null, emit: Emit): MessageRouter {
  let protocol = named
  let decoder: Decoder | null = named?.createDecoder(emit) ?? null
  let messages = 0
  let unknown = 0

  function route(data: string, name: string | undefined): void {
    messages += 1
    if (data === '' || (name !== undefined && PING.test(name))) {
      emit({ type: 'ping' })
      return
    }
    if (data.startsWith('[DONE]')) {
      if (decoder === null) failUnknown()
      else decoder.done()
      return
    }
    const message = parse(data, name)
    if (message === undefined) return
    if (name === EVENKEEL_EVENT) emitMetadata(message, emit)
    else if (!isObject(message)) emit({ type: 'unknown', name: nameOf(name) })
    else if (isBareMetadata(message)) emitMetadata(message.evenkeel, emit)
    else if (isBareError(message, name)) emit(providerFailure(message.error ?? message))
    else dispatch(message, name)
  }

  function dispatch(message: JsonObject, name: string | undefined): void {
    if (decoder === null) {
      protocol = PROTOCOLS.find((candidate) => candidate.recognises(message)) ?? null
      decoder = protocol?.createDecoder(emit) ?? null
    }
    if (decoder !== null) {
      decoder.read(message, name)
      return
    }
    unknown += 1
    emit({ type: 'unknown', name: nameOf(message.type ?? name) })
  }

  /** `undefined` where there is nothing to read; the failure is out then, if it is one. */
  function parse(data: string, name: string | undefined): unknown {
    try {
      return JSON.parse(data)
    } catch {
      // An event with a name of its own need not hold JSON at all; one that begins as JSON has to be whole.
      // Metadata that cannot be read is no reason to lose the answer.
      const named = name !== undefined && name !== 'message'
      if (name === EVENKEEL_EVENT || (named && !/^\s*[[{]/.test(data))) {
        emit({ type: 'unknown', name: nameOf(name) })
        return undefined
      }
      emit({
        type: 'failed',
        failure: 'protocol',
        code: null,
        detail: `Event ${messages} is not valid JSON (${data.length} characters).`,
      })
      return undefined
    }
  }

  function failUnknown(): void {
    const seen = messages === 0 ? 'The body holds no event.' : `None of ${messages} events is known.`
    emit({
      type: 'failed',
      failure: 'protocol',
      code: null,
      detail: `${seen} If the server speaks a protocol of the list, name it in the step: ${PROTOCOLS.map(({ name }) => name).join(', ')}.`,
    })
  }

  return {
    get protocol() {
      return protocol?.name ?? null
    },
    route,
    close() {
      decoder?.close()
      if (decoder === null && unknown > 0) failUnknown()
      // Only the first terminal event counts, so this one stands where the protocol's own end is missing.
      emit({
        type: 'failed',
        failure: 'truncated',
        code: null,
        detail: `The body ended after ${messages} events without ${protocol?.ownEnd ?? "a protocol's own end"}.`,
      })
    },
  }
}

/** `{ "evenkeel": … }` alone in a line, where there are no SSE events to name. */
function isBareMetadata(message: JsonObject): boolean {
  return message.evenkeel !== undefined && Object.keys(message).length === 1
}

/** Whether the last, unended event of a body came whole: JSON cannot be cut and still be valid, except in a bare number. */
export function isWholeMessage(data: string): boolean {
  if (data.startsWith('[DONE]')) return true
  try {
    JSON.parse(data)
    return true
  } catch {
    return false
  }
}

/** `{ "error": … }`, or any object in an event named `error`: the way out of most servers and proxies. */
function isBareError(message: JsonObject, name: string | undefined): boolean {
  if (message.type !== undefined || message.choices !== undefined) return false
  return (message.error !== undefined && message.error !== null) || name === 'error'
}

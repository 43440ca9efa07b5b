import { EVENKEEL_EVENT } from '@evenkeel/shared'
import type { Emit, StreamEvent } from './event.ts'
import { isObject, type JsonObject, nameOf } from './json-value.ts'
import type { Decoder } from './protocol.ts'
import { failed, providerFailure } from './provider-failure.ts'
import { emitMetadata } from './stream-metadata.ts'

/** Hands the messages of a body to whoever reads them. */
export interface MessageRouter {
  route(data: string, name: string | undefined): void
  /** What the framing itself has to say, in its place among the messages. */
  emit(event: StreamEvent): void
  /** Emits the end where the protocol's own has come. */
  settle(): void
  close(): void
}

/** Who reads the messages: a decoder, or what looks for the right one, which wants to know how many there were. */
export interface Recipient extends Pick<Decoder, 'read'> {
  done(messages: number): void
  /** Without a number where more of the body may come. */
  close(messages?: number): void
}

const PING = /^(ping|heartbeat|keep-?alive)$/i
/** Spares most named events the expression: this runs for every delta. */
const LONGEST_PING = 'keep-alive'.length
const OPENING_BRACKET = 0x5b

/** `ownEnd` says what the protocol's own end is called. */
export function createMessageRouter(recipient: Recipient, ownEnd: () => string, emit: Emit): MessageRouter {
  let messages = 0

  function route(data: string, name: string | undefined): void {
    messages += 1
    if (data === '' || (name !== undefined && name.length <= LONGEST_PING && PING.test(name))) {
      return emit({ type: 'ping' })
    }
    if (data.charCodeAt(0) === OPENING_BRACKET && data.startsWith('[DONE]')) return recipient.done(messages)
    let message: unknown
    try {
      message = JSON.parse(data)
    } catch {
      return emit(unread(data, name))
    }
    if (name === EVENKEEL_EVENT) emitMetadata(message, emit)
    else if (!isObject(message)) emit({ type: 'unknown', name: nameOf(name) })
    else if (isBareMetadata(message)) emitMetadata(message.evenkeel, emit)
    else if (isBareError(message, name)) emit(providerFailure(message.error ?? message))
    else recipient.read(message, name)
  }

  /** What an event is that cannot be read as JSON. */
  function unread(data: string, name: string | undefined): StreamEvent {
    // An event with a name of its own need not hold JSON at all; one that begins as JSON has to be whole.
    // Metadata that cannot be read is no reason to lose the answer.
    const named = name !== undefined && name !== 'message'
    return name === EVENKEEL_EVENT || (named && !/^\s*[[{]/.test(data))
      ? { type: 'unknown', name: nameOf(name) }
      : failed('protocol', `Event ${messages} is not valid JSON (${data.length} characters).`)
  }

  return {
    route,
    emit,
    settle: () => recipient.close(),
    close() {
      recipient.close(messages)
      // Only the first terminal event counts, so this one stands where the protocol's own end is missing.
      emit(failed('truncated', `The body ended after ${messages} events without ${ownEnd()}.`))
    },
  }
}

/** `{ "evenkeel": … }` alone in a line, where there are no SSE events to name. */
function isBareMetadata(message: JsonObject): boolean {
  return message.evenkeel !== undefined && Object.keys(message).length === 1
}

/** `{ "error": … }`, or any object in an event named `error`: the way out of most servers and proxies. */
function isBareError(message: JsonObject, name: string | undefined): boolean {
  if (message.type !== undefined || message.choices !== undefined) return false
  return (message.error !== undefined && message.error !== null) || name === 'error'
}

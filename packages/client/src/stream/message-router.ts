import { EVENKEEL_EVENT } from '@evenkeel/shared'
import type { Emit, StreamEvent } from './event.ts'
import { isObject, type JsonObject, nameOf } from './json-value.ts'
import type { CreateDecoder, Decoder, OwnWords, Protocol } from './protocol.ts'
import { failed, providerFailure } from './provider-failure.ts'
import { emitMetadata, emitUsage } from './stream-metadata.ts'

/** Hands the messages of a body to the decoder of its protocol, which the first one that is known tells. */
export interface MessageRouter {
  readonly protocol: string | null
  route(data: string, name: string | undefined): void
  /** What the framing itself has to say, in its place among the messages. */
  emit(event: StreamEvent): void
  /** Emits the end where the protocol's own has come. */
  settle(): void
  close(): void
}

const PING = /^(ping|heartbeat|keep-?alive)$/i
/** Spares most named events the expression: this runs for every delta. */
const LONGEST_PING = 'keep-alive'.length
const OPENING_BRACKET = 0x5b

/** `guarded` runs what happens after a decoder was loaded, outside of anybody's call; `protocols` are asked whose an event is. */
export function createMessageRouter(
  named: Protocol | null,
  emit: Emit,
  guarded: (work: () => void) => void,
  protocols: readonly Protocol[],
): MessageRouter {
  const own: OwnWords = {
    metadata: (value) => emitMetadata(value, emit),
    usage: (value) => emitUsage(value, emit),
  }
  let protocol = named
  let decoder: Decoder | null = null
  // What arrives while the decoder loads; `null` where nothing is waited for.
  let waiting: (() => void)[] | null = null
  let messages = 0
  let unknown = 0

  if (named !== null) load(named)

  function load(chosen: Protocol): void {
    const found = chosen.load()
    if (typeof found === 'function') {
      decoder = found(emit, own)
      return
    }
    waiting = []
    found.then(
      (createDecoder) => guarded(() => resume(createDecoder)),
      () => guarded(() => emit(failed('network', `The decoder of ${chosen.name} could not be loaded.`))),
    )
  }

  function resume(createDecoder: CreateDecoder): void {
    decoder = createDecoder(emit, own)
    const arrived = waiting ?? []
    waiting = null
    for (const work of arrived) work()
  }

  function route(data: string, name: string | undefined): void {
    if (waiting !== null) {
      waiting.push(() => route(data, name))
      return
    }
    messages += 1
    if (data === '' || (name !== undefined && name.length <= LONGEST_PING && PING.test(name))) {
      emit({ type: 'ping' })
      return
    }
    if (data.charCodeAt(0) === OPENING_BRACKET && data.startsWith('[DONE]')) {
      if (decoder === null) failUnknown()
      else decoder.done()
      return
    }
    const message = parse(data, name)
    if (message === undefined) return
    if (name === EVENKEEL_EVENT) own.metadata(message)
    else if (!isObject(message)) emit({ type: 'unknown', name: nameOf(name) })
    else if (isBareMetadata(message)) own.metadata(message.evenkeel)
    else if (isBareError(message, name)) emit(providerFailure(message.error ?? message))
    else dispatch(message, data, name)
  }

  function dispatch(message: JsonObject, data: string, name: string | undefined): void {
    if (decoder === null) {
      protocol = protocols.find((candidate) => candidate.recognises(message)) ?? null
      if (protocol !== null) load(protocol)
      if (waiting !== null) {
        messages -= 1
        waiting.push(() => route(data, name))
        return
      }
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
      emit(failed('protocol', `Event ${messages} is not valid JSON (${data.length} characters).`))
      return undefined
    }
  }

  function failUnknown(): void {
    const seen = messages === 0 ? 'The body holds no event.' : `None of ${messages} events is known.`
    const names = protocols.map(({ name }) => name).join(', ')
    emit(failed('protocol', `${seen} If the server speaks one of these, name it in the step: ${names}.`))
  }

  function finish(): void {
    decoder?.close()
    if (decoder === null && unknown > 0) failUnknown()
    // Only the first terminal event counts, so this one stands where the protocol's own end is missing.
    const end = protocol?.ownEnd ?? "a protocol's own end"
    emit(failed('truncated', `The body ended after ${messages} events without ${end}.`))
  }

  return {
    get protocol() {
      return protocol?.name ?? null
    },
    route,
    emit(event) {
      if (waiting === null) emit(event)
      else waiting.push(() => emit(event))
    },
    settle() {
      if (waiting === null) decoder?.close()
    },
    close() {
      if (waiting === null) finish()
      else waiting.push(finish)
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

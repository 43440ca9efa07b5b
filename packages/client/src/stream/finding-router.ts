import type { Emit } from './event.ts'
import { type JsonObject, nameOf } from './json-value.ts'
import type { MessageRouter } from './message-router.ts'
import type { OtherParts } from './other-parts.ts'
import type { CreateDecoder, Decoder, OwnWords, Protocol } from './protocol.ts'
import { failed } from './provider-failure.ts'

/** A router that looks for the protocol of its messages, and waits where the decoder has to be loaded. */
export interface FindingRouter extends MessageRouter {
  readonly protocol: string | null
}

/** `guarded` runs what happens after a decoder was loaded, outside of anybody's call; `protocols` are asked whose an event is. */
export function createFindingRouter(
  { createMessageRouter, emitMetadata, emitUsage }: OtherParts,
  named: Protocol | null,
  emit: Emit,
  guarded: (work: () => void) => void,
  protocols: readonly Protocol[],
): FindingRouter {
  const own: OwnWords = {
    metadata: (value) => emitMetadata(value, emit),
    usage: (value) => emitUsage(value, emit),
  }
  let protocol = named
  let decoder: Decoder | null = null
  // What arrives while the decoder loads; `null` where nothing is waited for.
  let waiting: (() => void)[] | null = null
  let unknown = 0

  const inOrder = (work: () => void): void => {
    if (waiting === null) work()
    else waiting.push(work)
  }

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

  function read(message: JsonObject, name: string | undefined): void {
    if (decoder === null) {
      protocol = protocols.find((candidate) => candidate.recognises(message)) ?? null
      if (protocol !== null) load(protocol)
      if (waiting !== null) {
        waiting.push(() => read(message, name))
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

  function failUnknown(messages: number): void {
    const seen = messages === 0 ? 'The body holds no event.' : `None of ${messages} events is known.`
    const names = protocols.map(({ name }) => name).join(', ')
    emit(failed('protocol', `${seen} If the server speaks one of these, name it in the step: ${names}.`))
  }

  const router = createMessageRouter(
    {
      read,
      done(messages) {
        if (decoder === null) failUnknown(messages)
        else decoder.done()
      },
      close(messages) {
        decoder?.close()
        if (decoder === null && unknown > 0 && messages !== undefined) failUnknown(messages)
      },
    },
    () => protocol?.ownEnd ?? "a protocol's own end",
    emit,
  )

  if (named !== null) load(named)

  return {
    get protocol() {
      return protocol?.name ?? null
    },
    route: (data, name) => inOrder(() => router.route(data, name)),
    emit: (event) => inOrder(() => emit(event)),
    settle() {
      if (waiting === null) router.settle()
    },
    close: () => inOrder(router.close),
  }
}

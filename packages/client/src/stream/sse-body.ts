import { createParser } from 'eventsource-parser'
import type { Body } from './body.ts'
import type { Emit } from './event.ts'
import { isWholeMessage, type MessageRouter } from './message-router.ts'

export interface SseBody extends Body {
  readonly lastEventId: string | null
}

/**
 * Server-sent events. The parser's own bound keeps the memory small; the bound that counts is checked on
 * whole events, so that it does not depend on how the network cut them.
 */
export function createSseBody(router: MessageRouter, emit: Emit, maxEventLength: number): SseBody {
  let lastEventId: string | null = null
  let closing = false
  const seen = createSeenIds()

  const parser = createParser({
    maxBufferSize: 2 * maxEventLength + 64,
    onEvent({ data, event, id }) {
      if (data.length > maxEventLength) {
        failTooLong()
        return
      }
      if (id !== undefined) {
        if (seen.isRepeated(id)) return
        lastEventId = id
      }
      // What the end of the body cut is not JSON, and no malformed event either.
      if (closing && !isWholeMessage(data)) return
      router.route(data, event)
    },
    onComment: () => emit({ type: 'ping' }),
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') failTooLong()
    },
  })

  function failTooLong(): void {
    emit({
      type: 'failed',
      failure: 'protocol',
      code: null,
      detail: `An event is longer than ${maxEventLength} characters (maxEventLength).`,
    })
  }

  return {
    push: (text) => parser.feed(text),
    close() {
      // A server may forget the blank line after its last event; what is whole JSON misses nothing.
      closing = true
      parser.feed('\n\n')
      router.close()
    },
    reconnect() {
      parser.reset()
      seen.reconnect()
    },
    get lastEventId() {
      return lastEventId
    },
  }
}

/** The ids before a reconnect; a server that sends again from the start repeats them. */
function createSeenIds() {
  const ids = new Set<string>()
  // Some servers give every event of an answer the same id: then an id names no event.
  let unique = true
  let reconnected = false
  return {
    isRepeated(id: string): boolean {
      const repeated = ids.has(id)
      if (!reconnected && repeated) unique = false
      ids.add(id)
      return reconnected && unique && repeated
    },
    reconnect() {
      reconnected = true
    },
  }
}

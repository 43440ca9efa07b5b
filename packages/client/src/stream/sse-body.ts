import { createParser } from 'eventsource-parser'
import type { Body } from './body.ts'
import { isWholeMessage } from './json-value.ts'
import type { MessageRouter } from './message-router.ts'
import { failed } from './provider-failure.ts'

const FIELDS = ['data', 'event', 'id', 'retry', ':']
/** More than the longest field name. */
const ENOUGH = 64
/** More events than any answer has. */
const MAX_IDS = 100_000

/**
 * Server-sent events. The parser's own bound keeps the memory small; the bound that counts is checked on
 * whole events, so that it does not depend on how the network cut them.
 */
export function createSseBody(router: MessageRouter, maxEventLength: number): Body {
  let lastEventId: string | null = null
  let closing = false
  let eventful = false
  let start = ''
  const seen = createSeenIds()

  const parser = createParser({
    maxBufferSize: 2 * maxEventLength + 64,
    onEvent({ data, event, id }) {
      eventful = true
      if (Math.max(data.length, event?.length ?? 0, id?.length ?? 0) > maxEventLength) {
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
    onComment(comment) {
      eventful = true
      if (comment.length > maxEventLength) failTooLong()
      else router.emit({ type: 'ping' })
    },
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') failTooLong()
    },
  })

  function failTooLong(): void {
    router.emit(failed('protocol', `An event is longer than ${maxEventLength} characters (maxEventLength).`))
  }

  return {
    push(text) {
      if (start.length < ENOUGH) start += text.slice(0, ENOUGH)
      parser.feed(text)
    },
    close() {
      // A server may forget the blank line after its last event; what is whole JSON misses nothing.
      closing = true
      parser.feed('\n\n')
      if (!eventful && !looksLikeEvents(start)) {
        router.emit(failed('protocol', 'The body claims to be server-sent events and holds none.'))
      }
      router.close()
    },
    settle: router.settle,
    reconnect() {
      parser.reset()
      seen.reconnect()
    },
    get lastEventId() {
      return lastEventId
    },
  }
}

/** Fields that the standard does not know are ignored, so a body of prose is an event stream without an event. */
function looksLikeEvents(start: string): boolean {
  const text = start.trimStart()
  return text === '' || FIELDS.some((field) => text.startsWith(field) || field.startsWith(text))
}

/** The ids before a reconnect; a server that sends again from the start repeats them. */
function createSeenIds() {
  const ids = new Set<string>()
  // Some servers give every event of an answer the same id: then an id names no event.
  // A stream without end is not remembered either.
  let unique = true
  let reconnected = false
  return {
    isRepeated(id: string): boolean {
      if (!unique) return false
      const repeated = ids.has(id)
      if (repeated && reconnected) return true
      if (repeated || ids.size >= MAX_IDS) {
        unique = false
        ids.clear()
      } else ids.add(id)
      return false
    },
    reconnect() {
      reconnected = true
    },
  }
}

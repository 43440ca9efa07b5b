import { failureOfStatus } from '@evenkeel/shared'
import type { Body } from './body.ts'
import { type BodyKind, bodyKind, type NotAStream } from './body-kind.ts'
import { failed } from './failed-event.ts'
import { createJsonBody } from './json-body.ts'
import { createLinesBody } from './lines-body.ts'
import { createMessageRouter, type MessageRouter } from './message-router.ts'
import { PROTOCOLS } from './protocols.ts'
import type { CreateReader } from './reader.ts'
import { createSseBody, type SseBody } from './sse-body.ts'
import { createTerminalGuard } from './terminal-guard.ts'
import { createTextBody } from './text-body.ts'

/** Four million characters: an image in an answer fits, a runaway server does not. */
const MAX_EVENT_LENGTH = 4 * 1024 * 1024

const NOT_A_STREAM: Readonly<Record<NotAStream, string>> = {
  html: 'The body is an HTML page, not a stream: a login page, an error page or the wrong route.',
  'ai-sdk-4': "The body is the AI SDK's former data stream. Answer with a UI message stream (ai 5 or later).",
}

/**
 * Reads one response, whatever protocol it speaks. The protocol is the one that the step names, else the
 * one that the headers tell, else the one whose events arrive.
 *
 * What a body without an answer counts as:
 *
 * | body | failure |
 * |---|---|
 * | empty, served as events or lines | `truncated`: the protocol's own end is missing |
 * | empty, served as text, JSON or nothing | `empty` |
 * | HTML, under whatever type | `protocol` |
 * | one JSON document | `provider` where it holds an `error`, else `protocol` |
 * | prose, served as events | `protocol` |
 * | events of which none is known | `protocol`, after each was counted as unknown |
 * | a known protocol without its own end | `truncated` |
 * | an end without anything visible | an `end`; what counts as visible, the feature says |
 *
 * @example
 * const reader = createReader(response, (event) => { … })
 * for await (const bytes of response.body) reader.push(bytes)
 * reader.close()
 */
export const createReader: CreateReader = (head, emit, options = {}) => {
  const guard = createTerminalGuard(emit)
  const maxEventLength = options.maxEventLength ?? MAX_EVENT_LENGTH
  const named =
    // Lines of any protocol are NDJSON, so that name tells how to cut the body, not how to read it.
    PROTOCOLS.find(({ name }) => name === options.protocol && name !== 'ndjson') ??
    PROTOCOLS.find(({ recognisesHeaders }) => recognisesHeaders(head.headers)) ??
    null
  let decoder = new TextDecoder()
  let prefix = ''
  let body: Body | null = null
  let sse: SseBody | null = null
  let router: MessageRouter | null = null
  let kind: BodyKind | null = null
  const refused = failureOfStatus(head.status)

  function receive(text: string, ended: boolean): void {
    if (body === null) {
      prefix += text
      kind = bodyKind({ named: options.protocol, headers: head.headers }, prefix, ended)
      if (kind === null) return
      body = open(kind)
      if (body === null) return
      const start = prefix
      prefix = ''
      body.push(start)
    } else if (text !== '') body.push(text)
  }

  function open(chosen: BodyKind): Body | null {
    if (chosen === 'text') return createTextBody(guard.emit)
    if (chosen === 'json') return createJsonBody(guard.emit, maxEventLength)
    if (chosen === 'html' || chosen === 'ai-sdk-4') {
      guard.emit(failed('protocol', NOT_A_STREAM[chosen]))
      return null
    }
    router = createMessageRouter(named, guard.emit, guarded)
    if (chosen === 'lines') return createLinesBody(router, maxEventLength)
    sse = createSseBody(router, maxEventLength)
    return sse
  }

  /** Whatever goes wrong in here, or in the app's listener, ends this stream and nothing else. */
  function guarded(work: () => void): void {
    if (guard.settled) return
    try {
      if (refused === null) work()
      else guard.emit(failed(refused, `HTTP status ${head.status}.`))
    } catch (error) {
      failAsBug(error)
    }
  }

  function failAsBug(error: unknown): void {
    try {
      const name = error instanceof Error ? error.name : typeof error
      guard.emit(failed('bug', `The reader threw ${name}.`))
    } catch {
      // The listener itself throws; there is nobody left to tell.
    }
  }

  return {
    get protocol() {
      return kind === 'text' ? 'text' : (router?.protocol ?? named?.name ?? null)
    },
    get lastEventId() {
      return sse?.lastEventId ?? null
    },
    push(bytes) {
      guarded(() => receive(decoder.decode(bytes, { stream: true }), false))
    },
    settle() {
      guarded(() => router?.settle())
    },
    close() {
      guarded(() => {
        receive(decoder.decode(), true)
        body?.close()
      })
    },
    reconnect() {
      decoder = new TextDecoder()
      prefix = ''
      body?.reconnect()
    },
  }
}

import { failureOfStatus } from '@evenkeel/shared'
import type { Body } from './body.ts'
import type { BodyKind, NotAStream } from './body-kind.ts'
import type { Emit } from './event.ts'
import { createMessageRouter, type MessageRouter } from './message-router.ts'
import type * as OtherBodiesModule from './other-bodies.ts'
import { aiSdk } from './protocols/ai-sdk.ts'
import { failed } from './provider-failure.ts'
import type { Reader, ReaderOptions, ResponseHead } from './reader.ts'
import { createSseBody, type SseBody } from './sse-body.ts'
import { createTerminalGuard } from './terminal-guard.ts'

/** What reads the bodies of every other kind and protocol. */
export type OtherBodies = typeof OtherBodiesModule

/** Four million characters: an image in an answer fits, a runaway server does not. */
const MAX_EVENT_LENGTH = 4 * 1024 * 1024

/** A body that begins with more blanks than this is no stream that we know. */
const MAX_BLANKS = 1024

const NOT_A_STREAM: Readonly<Record<NotAStream, string>> = {
  html: 'The body is an HTML page, not a stream: a login page, an error page or the wrong route.',
  file: 'The body is a file, not a stream.',
  'ai-sdk-4': "The body is the AI SDK's former data stream. Answer with a UI message stream (ai 5 or later).",
}

/**
 * Reads one response with what is at hand: every protocol and kind of body, or, where `others` is `null`,
 * the server-sent events of the AI SDK alone, for a response that `isAiSdkStream`.
 */
export function createBodyReader(
  head: ResponseHead,
  emit: Emit,
  options: ReaderOptions,
  others: OtherBodies | null,
): Reader {
  const guard = createTerminalGuard(emit)
  const maxEventLength = options.maxEventLength ?? MAX_EVENT_LENGTH
  const protocols = others === null ? [aiSdk] : others.protocolsAround(aiSdk)
  const named =
    // Lines of any protocol are NDJSON, so that name tells how to cut the body, not how to read it.
    protocols.find(({ name }) => name === options.protocol && name !== 'ndjson') ??
    protocols.find(({ recognisesHeaders }) => recognisesHeaders(head.headers)) ??
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
      kind =
        others === null
          ? eventsOrPage(prefix, ended)
          : others.bodyKind({ named: options.protocol, headers: head.headers }, prefix, ended)
      if (kind === null) return
      body = open(kind)
      if (body === null) return
      const start = prefix
      prefix = ''
      body.push(start)
    } else if (text !== '') body.push(text)
  }

  function open(chosen: BodyKind): Body | null {
    if (chosen === 'text' && others !== null) return others.createTextBody(guard.emit)
    if (chosen === 'json' && others !== null) return others.createJsonBody(guard.emit, maxEventLength)
    if (chosen === 'html' || chosen === 'ai-sdk-4' || chosen === 'file') {
      guard.emit(failed('protocol', NOT_A_STREAM[chosen]))
      return null
    }
    router = createMessageRouter(named, guard.emit, guarded, protocols)
    if (chosen === 'lines' && others !== null) return others.createLinesBody(router, maxEventLength)
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

/** Whether the headers say that these are the AI SDK's server-sent events, so that nothing else need be looked for. */
export function isAiSdkStream(headers: Headers, protocol: string | undefined): boolean {
  const isNamed = protocol === undefined ? aiSdk.recognisesHeaders(headers) : protocol === aiSdk.name
  return (
    isNamed &&
    /^\s*text\/event-stream\s*(;|$)/i.test(headers.get('content-type') ?? '') &&
    !headers.has('x-vercel-ai-data-stream')
  )
}

/** The rest of `bodyKind` for such a stream: even then a proxy may have answered with a page of HTML. */
function eventsOrPage(prefix: string, ended: boolean): BodyKind | null {
  const start = prefix.trimStart()
  if (start === '') return ended || prefix.length > MAX_BLANKS ? 'sse' : null
  return start.startsWith('<') ? 'html' : 'sse'
}

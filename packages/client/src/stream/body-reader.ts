import { failureOfStatus } from '@evenkeel/shared'
import type { Body, BodyOpener } from './body.ts'
import type { Emit } from './event.ts'
import { createMessageRouter } from './message-router.ts'
import type * as OtherBodiesModule from './other-bodies.ts'
import type { OtherParts } from './other-parts.ts'
import { aiSdk } from './protocols/ai-sdk.ts'
import { failed } from './provider-failure.ts'
import type { Reader, ReaderOptions, ResponseHead } from './reader.ts'
import { createSseBody } from './sse-body.ts'
import { emitMetadata, emitUsage } from './stream-metadata.ts'
import { createTerminalGuard } from './terminal-guard.ts'

/** What reads the bodies of every other kind and protocol. */
export type OtherBodies = typeof OtherBodiesModule

/** Four million characters: an image in an answer fits, a runaway server does not. */
const MAX_EVENT_LENGTH = 4 * 1024 * 1024

/** A body that begins with more blanks than this is no stream that we know. */
const MAX_BLANKS = 1024

const HTML_PAGE = 'The body is an HTML page, not a stream: a login page, an error page or the wrong route.'

const PARTS: OtherParts = {
  aiSdk,
  createMessageRouter,
  createSseBody,
  emitMetadata,
  emitUsage,
  htmlPage: HTML_PAGE,
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
  const { protocol, maxEventLength = MAX_EVENT_LENGTH } = options
  const opener =
    others?.createAnyBody(PARTS, head, protocol, maxEventLength, guard.emit, guarded) ??
    createAiSdkBody(guard.emit, maxEventLength)
  const refused = failureOfStatus(head.status)
  let decoder = new TextDecoder()
  let start = ''
  let body: Body | null = null

  function receive(text: string, ended: boolean): void {
    if (body === null) {
      start += text
      body = opener.open(start, ended)
      body?.push(start)
    } else if (text !== '') body.push(text)
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
      return opener.protocol
    },
    get lastEventId() {
      return body?.lastEventId ?? null
    },
    push(bytes) {
      guarded(() => receive(decoder.decode(bytes, { stream: true }), false))
    },
    settle() {
      guarded(() => body?.settle?.())
    },
    close() {
      guarded(() => {
        receive(decoder.decode(), true)
        body?.close()
      })
    },
    reconnect() {
      decoder = new TextDecoder()
      start = ''
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

/** The body of such a stream. Even under these headers a proxy may have answered with a page of HTML. */
function createAiSdkBody(emit: Emit, maxEventLength: number): BodyOpener {
  return {
    protocol: aiSdk.name,
    open(text, ended) {
      const start = text.trimStart()
      if (start === '' && !ended && text.length <= MAX_BLANKS) return null
      if (!start.startsWith('<')) {
        const router = createMessageRouter(aiSdk.createDecoder(emit), () => aiSdk.ownEnd, emit)
        return createSseBody(router, maxEventLength)
      }
      emit(failed('protocol', HTML_PAGE))
      return null
    },
  }
}

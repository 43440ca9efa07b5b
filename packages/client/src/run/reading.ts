import { type Failure, failureOfStatus, HEADER, parseRetryAfter } from '@evenkeel/shared'
import { createBodyReader, isAiSdkStream, type OtherBodies } from '../stream/body-reader.ts'
import type { Emit } from '../stream/event.ts'
import type { Reader, ReaderOptions, ResponseHead } from '../stream/reader.ts'
import type { HeadWords, readHeadWords } from './head-words.ts'

/** What only some responses need to be read. */
export interface ReadingParts {
  /** Where the answer is not the AI SDK's own stream. */
  loadOthers(): Promise<OtherBodies>
  /** Where the head says more than HTTP does. */
  loadHeadWords(): Promise<{ readonly readHeadWords: typeof readHeadWords }>
}

/** Makes the readers of responses. */
export interface Readers {
  /** Asked while the request is under way: loads what a protocol that the step names will need. */
  prepare(protocol: string | undefined): void
  /** What the head says of the answer; it rejects where what reads that could not be loaded. */
  readWords(headers: Headers): Promise<HeadWords>
  open(head: ResponseHead, emit: Emit, options: ReaderOptions): Promise<Reader>
}

export function createReaders({ loadOthers, loadHeadWords }: ReadingParts): Readers {
  return {
    prepare(protocol) {
      // Where it fails, it is tried again once the answer is there.
      if (protocol !== undefined && protocol !== 'ai-sdk') void loadOthers().catch(() => {})
    },
    async readWords(headers) {
      if (!headers.has(HEADER.evenkeel) && !headers.has(HEADER.serverTiming)) return NOTHING_SAID
      return (await loadHeadWords()).readHeadWords(headers)
    },
    async open(head, emit, options) {
      const isOurs = isAiSdkStream(head.headers, options.protocol)
      return createBodyReader(head, emit, options, isOurs ? null : await loadOthers())
    },
  }
}

export const NOTHING_SAID: HeadWords = { metadata: {}, stages: {} }

/** Why there is no answer in a body. */
export interface HeadRefusal {
  readonly failure: Failure
  readonly detail: string
  /** How long the server asks to be left alone. */
  readonly retryAfterMs: number | null
}

/** What the head of a response has against an answer in its body; `null` where there may be one. */
export function refusalOf({ status, headers }: ResponseHead, nowEpochMs: number): HeadRefusal | null {
  const failure = failureOfStatus(status)
  if (failure !== null) {
    const retryAfterMs = parseRetryAfter(headers.get(HEADER.retryAfter), nowEpochMs)
    const wish = retryAfterMs === null ? '' : `, retry after ${retryAfterMs} ms`
    return { failure, detail: `HTTP ${status}${wish}`, retryAfterMs }
  }
  return /^text\/html\b|^application\/xhtml/i.test(headers.get('content-type') ?? '')
    ? { failure: 'protocol', detail: 'an HTML page where a stream should be', retryAfterMs: null }
    : null
}

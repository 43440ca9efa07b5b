import {
  type Failure,
  failureOfStatus,
  HEADER,
  parseMetadata,
  parseRetryAfter,
  parseServerTiming,
  type ServerMetadata,
} from '@evenkeel/shared'
import { createBodyReader, isAiSdkStream, type OtherBodies } from '../stream/body-reader.ts'
import type { Emit } from '../stream/event.ts'
import type { Reader, ReaderOptions, ResponseHead } from '../stream/reader.ts'

/** Makes the readers of responses. */
export interface Readers {
  /** Asked while the request is under way: loads what a protocol that the step names will need. */
  prepare(protocol: string | undefined): void
  /** What reads others than the AI SDK's own stream is loaded for those alone. */
  open(head: ResponseHead, emit: Emit, options: ReaderOptions): Promise<Reader>
}

export function createReaders(loadOthers: () => Promise<OtherBodies>): Readers {
  return {
    prepare(protocol) {
      // Where it fails, it is tried again once the answer is there.
      if (protocol !== undefined && protocol !== 'ai-sdk') void loadOthers().catch(() => {})
    },
    async open(head, emit, options) {
      const isOurs = isAiSdkStream(head.headers, options.protocol)
      return createBodyReader(head, emit, options, isOurs ? null : await loadOthers())
    },
  }
}

/** What the head of a response says. */
export interface HeadReading {
  readonly metadata: ServerMetadata
  /** Milliseconds each. */
  readonly stages: Readonly<Record<string, number>>
  /** Why there is no answer in the body; `null` where one may be. */
  readonly refusal: {
    readonly failure: Failure
    readonly detail: string
    /** How long the server asks to be left alone. */
    readonly retryAfterMs: number | null
  } | null
}

export function readHead({ status, headers }: ResponseHead, nowEpochMs: number): HeadReading {
  return {
    metadata: parseMetadata(headers.get(HEADER.evenkeel)),
    stages: parseServerTiming(headers.get(HEADER.serverTiming)),
    refusal: refusalOf(status, headers, nowEpochMs),
  }
}

function refusalOf(status: number, headers: Headers, nowEpochMs: number): HeadReading['refusal'] {
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

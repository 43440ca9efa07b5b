import {
  type Failure,
  failureOfStatus,
  HEADER,
  parseMetadata,
  parseRetryAfter,
  parseServerTiming,
  type ServerMetadata,
} from '@evenkeel/shared'
import type { ResponseHead } from '../stream/reader.ts'

export { createReader } from '../stream/create-reader.ts'

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

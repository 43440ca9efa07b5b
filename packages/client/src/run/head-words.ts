import { HEADER, parseMetadata, parseServerTiming, type ServerMetadata } from '@evenkeel/shared'

/** What the head of a response says of the answer. */
export interface HeadWords {
  readonly metadata: ServerMetadata
  /** Milliseconds each. */
  readonly stages: Readonly<Record<string, number>>
}

/** Reads what a server may add to any answer; many never do, so it is loaded for a response that has one of these headers. */
export function readHeadWords(headers: Headers): HeadWords {
  return {
    metadata: parseMetadata(headers.get(HEADER.evenkeel)),
    stages: parseServerTiming(headers.get(HEADER.serverTiming)),
  }
}

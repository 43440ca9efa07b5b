import type { Moment } from './moment.ts'

/** Why an attempt ended without an answer. The list is closed; adding one means adding its row below. */
export type Failure =
  | 'network'
  | 'offline'
  | 'timeout.first-token'
  | 'timeout.complete'
  | 'timeout.stall'
  | 'http.client'
  | 'http.rate-limit'
  | 'http.server'
  | 'protocol'
  | 'truncated'
  | 'provider'
  | 'schema'
  | 'refusal'
  | 'empty'
  | 'killed'
  | 'aborted'
  | 'bug'

/**
 * Where the run goes after the failure:
 * - `other-domain`: the next step that does not share this one's domain;
 * - `next-step`: the next step, another tier of the same domain included;
 * - `retry-once`: the same step once more, then the next step;
 * - `without-model`: the next step that asks no model;
 * - `end`: the run ends here.
 */
export type NextAfterFailure = 'other-domain' | 'next-step' | 'retry-once' | 'without-model' | 'end'

/** Whether the failure speaks against the domain's health: `count` it or leave the level as it is. */
export type LevelEffect = 'count' | 'none'

/** One row of the failure table. */
export interface FailureRow {
  readonly next: NextAfterFailure
  readonly level: LevelEffect
  /** What the user may be told when nothing below answers in its place; `null` for silence. */
  readonly moment: Moment | null
  /** One sentence for developers: what happened and where to look. */
  readonly means: string
}

export const FAILURE_TABLE: Readonly<Record<Failure, FailureRow>> = {
  network: {
    next: 'other-domain',
    level: 'count',
    moment: 'retry',
    means: 'The server could not be reached, or the connection broke before its answer ended.',
  },
  offline: {
    next: 'without-model',
    level: 'none',
    moment: 'offline',
    means: 'The browser is offline; no model can be asked.',
  },
  'timeout.first-token': {
    next: 'other-domain',
    level: 'count',
    moment: 'slow',
    means: 'Nothing visible arrived before the budget to give up was spent.',
  },
  'timeout.complete': {
    next: 'other-domain',
    level: 'count',
    moment: 'slow',
    means: 'The answer was not complete in its budget.',
  },
  'timeout.stall': {
    next: 'other-domain',
    level: 'count',
    moment: 'slow',
    means: 'The stream went silent for longer than stallMs.',
  },
  'http.client': {
    next: 'other-domain',
    level: 'none',
    moment: 'retry',
    means: 'The server refused the request (4xx). Look at the request, the session or the route.',
  },
  'http.rate-limit': {
    next: 'other-domain',
    level: 'count',
    moment: 'retry',
    means: 'The server is rate-limited (429 or 529); Retry-After is honoured.',
  },
  'http.server': {
    next: 'other-domain',
    level: 'count',
    moment: 'retry',
    means: 'The server failed (5xx).',
  },
  protocol: {
    next: 'other-domain',
    level: 'count',
    moment: 'retry',
    means: 'The body is not a stream that any reader knows: HTML, malformed frames, or an event too large.',
  },
  truncated: {
    next: 'other-domain',
    level: 'count',
    moment: 'incomplete',
    means: "The body ended without the protocol's own end.",
  },
  provider: {
    next: 'next-step',
    level: 'count',
    moment: 'retry',
    means: 'The model provider reported an error inside the stream.',
  },
  schema: {
    next: 'retry-once',
    level: 'none',
    moment: 'retry',
    means: "The answer does not pass the feature's schema.",
  },
  refusal: {
    next: 'without-model',
    level: 'none',
    moment: 'refused',
    means: 'The model declined, in the words of its own protocol.',
  },
  empty: {
    next: 'next-step',
    level: 'count',
    moment: 'retry',
    means: 'The stream ended well but carried nothing visible.',
  },
  killed: {
    next: 'without-model',
    level: 'none',
    moment: 'disabled',
    means: 'The kill switch stopped the attempt.',
  },
  aborted: {
    next: 'end',
    level: 'none',
    moment: null,
    means: 'The attempt was superseded, hedged away or left.',
  },
  bug: {
    next: 'without-model',
    level: 'none',
    moment: 'omitted',
    means: "An exception in Evenkeel's code or the app's own; it was caught and is in the record.",
  },
}

export const FAILURES = Object.keys(FAILURE_TABLE) as readonly Failure[]

/** The failure that an HTTP status stands for, or `null` for a success. */
export function failureOfStatus(status: number): Failure | null {
  if (status >= 200 && status < 300) return null
  if (status === 429 || status === 529) return 'http.rate-limit'
  return status >= 500 ? 'http.server' : 'http.client'
}

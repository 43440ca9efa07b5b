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
}

export const FAILURE_TABLE: Readonly<Record<Failure, FailureRow>> = {
  network: { next: 'other-domain', level: 'count', moment: 'retry' },
  offline: { next: 'without-model', level: 'none', moment: 'offline' },
  'timeout.first-token': { next: 'other-domain', level: 'count', moment: 'retry' },
  'timeout.complete': { next: 'other-domain', level: 'count', moment: 'retry' },
  'timeout.stall': { next: 'other-domain', level: 'count', moment: 'retry' },
  'http.client': { next: 'other-domain', level: 'none', moment: 'retry' },
  'http.rate-limit': { next: 'other-domain', level: 'count', moment: 'retry' },
  'http.server': { next: 'other-domain', level: 'count', moment: 'retry' },
  protocol: { next: 'other-domain', level: 'count', moment: 'retry' },
  truncated: { next: 'other-domain', level: 'count', moment: 'incomplete' },
  provider: { next: 'next-step', level: 'count', moment: 'retry' },
  schema: { next: 'retry-once', level: 'none', moment: 'retry' },
  refusal: { next: 'without-model', level: 'none', moment: 'refused' },
  empty: { next: 'next-step', level: 'count', moment: 'retry' },
  killed: { next: 'without-model', level: 'none', moment: 'disabled' },
  aborted: { next: 'end', level: 'none', moment: null },
  bug: { next: 'without-model', level: 'none', moment: 'omitted' },
}

export const FAILURES = /* @__PURE__ */ Object.keys(FAILURE_TABLE) as readonly Failure[]

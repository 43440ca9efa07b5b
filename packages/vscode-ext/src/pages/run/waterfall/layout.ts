import {
  type Arrival,
  type AttemptRecord,
  decodeTimeline,
  FAILURE_MEANING,
  type MomentRecord,
  type RunRecord,
  type StallRecord,
} from '@evenkeel/shared'
import { formatMs } from '../../../engine/words/duration.ts'
import { type AttemptRole, nameOfStep, rolesOf } from '../attempt-role.ts'
import { type SegmentKind, segmentsOf } from './segments.ts'

/** Everything in the waterfall that has exact figures to show. */
export interface Mark {
  readonly id: string
  readonly kind: 'attempt' | SegmentKind | 'first-token' | 'stall' | 'moment' | 'line'
  readonly name: string
  /** The attempt it is a part of, from 1; `null` for what is no part of one. */
  readonly attempt: number | null
  readonly fromMs: number
  /** `null` for a point in time. */
  readonly toMs: number | null
  /** Along the axis, from 0 to 1; `toMs` beyond the axis is cut at 1. */
  readonly start: number
  readonly end: number
  /** What else there is to say, in a sentence; `null` where nothing. */
  readonly note: string | null
}

export interface AttemptRow {
  readonly kind: 'attempt'
  /** From 1, in the order that the attempts began. */
  readonly number: number
  readonly attempt: AttemptRecord
  readonly role: AttemptRole
  readonly name: string
  readonly whole: Mark
  readonly segments: readonly Mark[]
  readonly stalls: readonly Mark[]
  readonly firstToken: Mark | null
  /** The arrivals of text, on the one attempt whose text they are. */
  readonly arrivals: readonly Arrival[]
}

export interface MomentsRow {
  readonly kind: 'moments'
  readonly moments: readonly Mark[]
}

/** A line through all rows. */
export interface Line extends Mark {
  readonly line: 'first-token-budget' | 'complete-budget' | 'settled'
  /** True where the run broke this budget. */
  readonly over: boolean
  /** True where the line lies past the end of the axis; it is named at the edge. */
  readonly beyond: boolean
}

export interface WaterfallLayout {
  /** The length of the axis. */
  readonly domainMs: number
  readonly lines: readonly Line[]
  readonly attempts: readonly AttemptRow[]
  readonly moments: MomentsRow
}

/** Room to the right of the last mark, so that it is not cut. */
const MARGIN = 1.04
/** A budget line is drawn where the axis need not grow by more than this to reach it. */
const REACH = 1.6
const SHORTEST_MS = 1

/** What the waterfall shows, with no pixel and no element in it. */
export function layOut(run: RunRecord): WaterfallLayout {
  const domainMs = domainOf(run)
  const mark = createMarker(domainMs)
  const roles = rolesOf(run)
  const shown = roles.findIndex((role) => role === 'answered' || role === 'partial')
  const stalls = assignStalls(run)
  return {
    domainMs,
    lines: linesOf(run, mark, domainMs),
    attempts: run.attempts.map((attempt, index) => ({
      kind: 'attempt',
      number: index + 1,
      attempt,
      role: roles[index] ?? 'lost',
      name: nameOfStep(attempt),
      ...marksOf(attempt, index, mark, stalls.get(index) ?? []),
      arrivals: index === shown ? decodeTimeline(run.timeline) : [],
    })),
    moments: {
      kind: 'moments',
      moments: run.moments.map((moment, index) => markMoment(moment, index, mark)),
    },
  }
}

/** Every mark of the rows in reading order: what the keyboard walks and the table lists. */
export function marksByRow(layout: WaterfallLayout): readonly (readonly Mark[])[] {
  const rows = layout.attempts.map(({ whole, segments, stalls, firstToken }) => [
    whole,
    ...[...segments, ...stalls, ...(firstToken === null ? [] : [firstToken])].sort(
      (a, b) => a.fromMs - b.fromMs,
    ),
  ])
  return [layout.lines, ...rows, layout.moments.moments].filter((row) => row.length > 0)
}

function domainOf(run: RunRecord): number {
  const ends = run.attempts.map(({ startedMs, endedMs }) => Math.max(startedMs, endedMs))
  const endMs = Math.max(run.settledMs, run.completeMs ?? 0, ...ends, SHORTEST_MS)
  const budgets = [run.budgetFirstTokenMs ?? 0, run.budgetCompleteMs].filter((ms) => ms <= endMs * REACH)
  return Math.max(endMs, ...budgets) * MARGIN
}

type Marker = (of: Pick<Mark, 'id' | 'kind' | 'name' | 'fromMs' | 'toMs' | 'note'>, attempt?: number) => Mark

function createMarker(domainMs: number): Marker {
  const place = (ms: number) => Math.min(1, Math.max(0, ms / domainMs))
  return (of, attempt) => ({
    ...of,
    attempt: attempt ?? null,
    start: place(of.fromMs),
    end: place(of.toMs ?? of.fromMs),
  })
}

function linesOf(run: RunRecord, mark: Marker, domainMs: number): readonly Line[] {
  const line = (kind: Line['line'], name: string, atMs: number, measuredMs: number | null): Line => {
    const over = kind !== 'settled' && (measuredMs ?? run.settledMs) > atMs
    const note =
      kind === 'settled'
        ? null
        : measuredMs === null
          ? over
            ? 'It passed without being met.'
            : 'The run ended before it.'
          : over
            ? `Over by ${formatMs(measuredMs - atMs)}.`
            : `Met with ${formatMs(atMs - measuredMs)} to spare.`
    return {
      ...mark({ id: kind, kind: 'line', name, fromMs: atMs, toMs: null, note }),
      line: kind,
      over,
      beyond: atMs > domainMs,
    }
  }
  return [
    ...(run.budgetFirstTokenMs === null
      ? []
      : [line('first-token-budget', 'First token budget', run.budgetFirstTokenMs, run.firstTokenMs)]),
    line('complete-budget', 'Complete budget', run.budgetCompleteMs, run.completeMs),
    line('settled', 'Settled', run.settledMs, null),
  ]
}

function marksOf(attempt: AttemptRecord, index: number, mark: Marker, stalls: readonly StallRecord[]) {
  const id = (name: string) => `attempt-${index + 1}/${name}`
  const { startedMs, endedMs, firstTokenMs, failure } = attempt
  const part: Marker = (of) => mark(of, index + 1)
  return {
    whole: mark({
      id: id('whole'),
      kind: 'attempt',
      name: `Attempt ${index + 1}, ${nameOfStep(attempt)}`,
      fromMs: startedMs,
      toMs: Math.max(startedMs, endedMs),
      note: failure === null ? null : `${failure}: ${FAILURE_MEANING[failure]}`,
    }),
    segments: segmentsOf(attempt).map((segment, position) =>
      part({
        id: id(`${position}-${segment.name}`),
        ...segment,
        note:
          segment.reportedMs !== null
            ? `The server reports ${formatMs(segment.reportedMs)}; the attempt ended before.`
            : NOTES[segment.kind],
      }),
    ),
    stalls: stalls.map(({ atMs, durationMs }, position) =>
      part({
        id: id(`stall-${position}`),
        kind: 'stall',
        name: 'Stall',
        fromMs: atMs,
        toMs: atMs + durationMs,
        note: 'Nothing came for longer than stallMs.',
      }),
    ),
    firstToken:
      firstTokenMs === null
        ? null
        : part({
            id: id('first-token'),
            kind: 'first-token',
            name: 'First token',
            fromMs: firstTokenMs,
            toMs: null,
            note: null,
          }),
  }
}

const NOTES: Readonly<Record<SegmentKind, string | null>> = {
  stage: 'Named by the server, which gives its length and not its start.',
  unknown: 'No stage was named for this time: network, queue or model.',
  delivery: 'The answer was arriving.',
  own: null,
}

function markMoment({ moment, atMs, deck, silent }: MomentRecord, index: number, mark: Marker): Mark {
  return mark({
    id: `moment-${index}`,
    kind: 'moment',
    name: moment,
    fromMs: atMs,
    toMs: null,
    note:
      deck === null
        ? 'From the default words.'
        : silent
          ? `Silent on purpose, says the deck ${deck}.`
          : `From the deck ${deck}.`,
  })
}

/** Stalls are the run's; each goes to the last attempt that had begun when it did. */
function assignStalls({ attempts, stalls }: RunRecord): ReadonlyMap<number, readonly StallRecord[]> {
  const assigned = new Map<number, StallRecord[]>()
  for (const stall of stalls) {
    const open = attempts.findLastIndex(
      ({ startedMs, endedMs }) => startedMs <= stall.atMs && stall.atMs < endedMs,
    )
    const index = open === -1 ? attempts.length - 1 : open
    assigned.set(index, [...(assigned.get(index) ?? []), stall])
  }
  return assigned
}

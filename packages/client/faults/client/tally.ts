import { INTERACTIONS, type Interaction } from '@evenkeel/shared'
import type { Verdict } from './check.ts'
import { type Observed, usefulMs } from './observed.ts'
import type { PeerVerdict } from './peers.ts'
import type { Row } from './rows.ts'

/** One row with everything that is known of it. */
export interface Judged {
  readonly row: Row
  readonly seen: Observed
  readonly verdict: Verdict
}

/** The largest shift of a row in which nothing grows beyond its place. */
export const MAX_TRANSITION_CLS = 0.001
const MAX_STREAM_CLS = 0.05

/** Whether all is as it has to be; a row with a long answer may push what is below it, a little. */
export function isRight({ row, seen, verdict }: Judged): boolean {
  const { isBlank, isStuck, unhandled, wrong } = verdict
  const most = row.plan.isLong ? MAX_STREAM_CLS : MAX_TRANSITION_CLS
  return !isBlank && !isStuck && unhandled === 0 && wrong.length === 0 && seen.shift <= most
}

/** The rows' part of the closing line. */
export function tally(judged: readonly Judged[]) {
  const sum = (count: (verdict: Verdict) => number) =>
    judged.reduce((total, { verdict }) => total + count(verdict), 0)
  const toRescue = judged.filter(({ row }) => row.expect.rescued)
  const rescued = toRescue.filter(({ verdict }) => verdict.wrong.length === 0 && !verdict.isStuck)
  const shift = (isLong: boolean) =>
    Math.max(0, ...judged.filter(({ row }) => row.plan.isLong === isLong).map(({ seen }) => seen.shift))
  return {
    rows: judged.length,
    unhandled: sum(({ unhandled }) => unhandled),
    blank: sum(({ isBlank }) => Number(isBlank)),
    stuck: sum(({ isStuck }) => Number(isStuck)),
    wrong: sum(({ wrong }) => Number(wrong.length > 0)),
    rescued_by_model: round(rescued.length / toRescue.length),
    useful_ms_p95: Object.fromEntries(
      INTERACTIONS.map((interaction) => [interaction, Math.round(usefulP95(judged, interaction))]),
    ),
    transition_cls_max: round(shift(false)),
    stream_cls_max: round(shift(true)),
  }
}

/** A peer's part of it. */
export const tallyPeer = (verdicts: readonly PeerVerdict[]) => ({
  unhandled: verdicts.filter(({ unhandled }) => unhandled).length,
  stuck: verdicts.filter(({ stuck }) => stuck).length,
  truncated_as_complete: verdicts.filter(({ truncatedAsComplete }) => truncatedAsComplete).length,
  blank: verdicts.filter(({ blank }) => blank).length,
})

function usefulP95(judged: readonly Judged[], interaction: Interaction): number {
  const times = judged
    .filter(({ row }) => row.interaction === interaction)
    .flatMap(({ seen }) => usefulMs(seen) ?? [])
    .sort((a, b) => a - b)
  return times[Math.ceil(0.95 * times.length) - 1] ?? Number.NaN
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000

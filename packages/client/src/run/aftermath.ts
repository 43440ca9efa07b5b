import { isRated, type RunRecord } from '@evenkeel/shared'
import type { Run, RunState } from './run.ts'

const WHAT = 'drawing the answer'

/**
 * The interface threw where it drew the answer of this run. Ends a running one; of one that had settled the
 * record is sent again. The user has nothing of an answer that cannot be drawn, so the run was omitted after
 * all, and whatever gave the answer ended as `bug`.
 */
export function aftermath(run: Run, error: unknown): void {
  run.inside(({ world, execution, settled, onRecord, show }) => {
    const detail = `${WHAT} threw ${world.nameOf(error)}`
    world.reportBug(`${WHAT} of feature '${run.feature.id}'`, error)
    if (execution.state.phase === 'settled') {
      const sinceMs = (record: RunRecord) => world.clock.epochMs() - record.startedAtEpochMs
      void settled.then((record) => onRecord(recordAfter(record, detail, sinceMs(record))))
    } else {
      const inner = execution.run
      const { amend } = inner
      inner.amend = (record) => recordAfter(amend?.(record) ?? record, detail, record.settledMs)
      execution.end('departure')
    }
    show(stateAfter(execution.state))
  })
}

/** Whether the run's end is undone: one that was rated, or that ended only because of this. */
const isUndone = (outcome: RunRecord['outcome'] | null) =>
  outcome === 'abandoned' || (outcome !== null && isRated(outcome))

export function stateAfter<Output>(state: RunState<Output>): RunState<Output> {
  return {
    ...state,
    failure: 'bug',
    ...(isUndone(state.outcome) && { outcome: 'omitted', moment: 'omitted' }),
  }
}

/** The record as it is now; of two records of one run the one that settled later stands. */
export function recordAfter(record: RunRecord, detail: string, atMs: number): RunRecord {
  const settledMs = Math.max(atMs, record.settledMs)
  const { outcome, fallbackCause, attempts, moments } = record
  const shown = attempts.findLast(({ failure }) => failure === (outcome === 'abandoned' ? 'aborted' : null))
  return {
    ...record,
    ...(isUndone(outcome) && { outcome: 'omitted', fallbackCause: fallbackCause ?? 'failure' }),
    attempts: attempts.map((attempt) =>
      attempt === shown ? { ...attempt, failure: 'bug', detail, endedMs: settledMs } : attempt,
    ),
    moments: [...moments, { moment: 'omitted', atMs: settledMs, deck: null }],
    settledMs,
  }
}

import type { RunSummary, RunsAnswer } from '../engine/contract.ts'
import { formatMs } from '../engine/words/duration.ts'
import { formatOutcome } from '../engine/words/outcome.ts'
import { formatAgo } from '../engine/words/time.ts'
import { type Column, formatTable } from './table.ts'

/** A list of runs, newest first. */
export function runsText({ runs, nextBefore }: RunsAnswer, nowEpochMs: number): string {
  if (runs.length === 0) return 'No runs.'
  const columns: readonly Column<RunSummary>[] = [
    { heading: 'run', cell: ({ runId }) => runId },
    { heading: 'started', cell: ({ startedAtEpochMs }) => formatAgo(startedAtEpochMs, nowEpochMs) },
    { heading: 'feature', cell: ({ feature }) => feature },
    {
      heading: 'environment',
      cell: ({ environment, synthetic }) => environment + (synthetic ? ' (synthetic)' : ''),
    },
    { heading: 'outcome', cell: ({ outcome, fallbackCause }) => formatOutcome(outcome, fallbackCause) },
    { heading: 'first token', align: 'right', cell: ({ firstTokenMs }) => duration(firstTokenMs) },
    { heading: 'complete', align: 'right', cell: ({ completeMs }) => duration(completeMs) },
    { heading: 'attempts', align: 'right', cell: ({ attempts }) => String(attempts) },
    { heading: 'thumbs', cell: ({ thumbs }) => thumbsText(thumbs) },
  ]
  return formatTable(columns, runs) + (nextBefore === null ? '' : '\n\nThere are more: --limit N')
}

export function duration(ms: number | null): string {
  return ms === null ? '–' : formatMs(ms)
}

export function thumbsText(thumbs: number | null): string {
  return thumbs === 1 ? 'up' : thumbs === -1 ? 'down' : ''
}

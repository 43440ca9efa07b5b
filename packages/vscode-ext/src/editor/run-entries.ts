import type { Outcome } from '@evenkeel/shared'
import type { RunSummary } from '../engine/contract.ts'
import { formatExactMs, formatMs } from '../engine/words/duration.ts'
import { DOT } from '../engine/words/feature-line.ts'
import { formatOutcome } from '../engine/words/outcome.ts'
import { formatAgo, formatExactTime } from '../engine/words/time.ts'
import { COMMAND, ITEM } from './ids.ts'
import type { RunsState } from './runs-store.ts'
import type { TreeEntry } from './tree-entry.ts'

/** Seven shapes, so that outcomes can be told apart without their colour. */
const OUTCOME_ICON: Readonly<Record<Outcome, TreeEntry['icon']>> = {
  answered: { name: 'pass-filled', color: 'testing.iconPassed' },
  degraded: { name: 'warning', color: 'list.warningForeground' },
  incomplete: { name: 'color-mode', color: 'list.warningForeground' },
  omitted: { name: 'error', color: 'list.errorForeground' },
  disabled: { name: 'circle-slash', color: 'disabledForeground' },
  stopped: { name: 'debug-stop', color: 'disabledForeground' },
  abandoned: { name: 'sign-out', color: 'disabledForeground' },
}

/** The Runs view: newest first, and at its end how to see more. */
export function runEntries(
  { runs, nextBefore, feature }: Pick<RunsState, 'runs' | 'nextBefore' | 'feature'>,
  nowEpochMs: number,
): TreeEntry[] {
  const entries = runs.map((run) => runEntry(run, nowEpochMs, feature === undefined))
  return nextBefore === null ? entries : [...entries, MORE]
}

const MORE: TreeEntry = {
  id: 'more',
  kind: ITEM.more,
  subject: '',
  label: 'Load more',
  description: '',
  tooltip: 'Load older runs',
  spoken: 'Load more runs',
  icon: { name: 'ellipsis' },
  command: { id: COMMAND.loadMoreRuns, title: 'Load more', args: [] },
}

function runEntry(run: RunSummary, nowEpochMs: number, nameFeature: boolean): TreeEntry {
  const outcome = formatOutcome(run.outcome, run.fallbackCause)
  const ago = formatAgo(run.startedAtEpochMs, nowEpochMs)
  const facts = [ago, ...latency(run), ...thumbs(run), ...(run.synthetic ? ['synthetic'] : [])]
  // What tells rows apart comes first: a side bar cuts off the end.
  const description = (nameFeature ? [...facts, run.feature] : facts).join(DOT)
  return {
    id: run.runId,
    kind: ITEM.run,
    subject: run.runId,
    label: outcome,
    description,
    tooltip: tooltip(run, outcome),
    spoken: `${outcome}, ${run.feature}, ${facts.join(', ')}`,
    icon: OUTCOME_ICON[run.outcome],
    command: { id: COMMAND.openRun, title: 'Open the run', args: [run.runId] },
  }
}

/** The first token where there is one, else when it was complete; late is said in words. */
function latency({ firstTokenMs, budgetFirstTokenMs, completeMs }: RunSummary): string[] {
  if (firstTokenMs === null) return completeMs === null ? [] : [`complete ${formatMs(completeMs)}`]
  const late = budgetFirstTokenMs !== null && firstTokenMs > budgetFirstTokenMs ? ' (late)' : ''
  return [`first token ${formatMs(firstTokenMs)}${late}`]
}

function thumbs({ thumbs }: RunSummary): string[] {
  if (thumbs === null || thumbs === 0) return []
  return [thumbs > 0 ? 'thumbs up' : 'thumbs down']
}

function tooltip(run: RunSummary, outcome: string): string {
  const ms = (value: number | null): string => (value === null ? 'none' : formatExactMs(value))
  const budget = run.budgetFirstTokenMs === null ? '' : ` (budget ${formatExactMs(run.budgetFirstTokenMs)})`
  return [
    `**${outcome}**${DOT}${run.feature}${DOT}${run.environment}`,
    formatExactTime(run.startedAtEpochMs),
    `First token: ${ms(run.firstTokenMs)}${budget}`,
    `Complete: ${ms(run.completeMs)}`,
    `Settled: ${ms(run.settledMs)}`,
    `Level ${run.level}${DOT}${run.attempts} ${run.attempts === 1 ? 'attempt' : 'attempts'}`,
    `Run \`${run.runId}\``,
  ].join('  \n')
}

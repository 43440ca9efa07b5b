import { OUTCOMES } from '@evenkeel/shared'
import { type FeatureFigures, MIN_RATED_RUNS, type Percentiles } from '../engine/contract.ts'
import { type BudgetState, budgetState, formatBudgetState } from '../engine/words/budget-state.ts'
import { formatCount, formatRuns } from '../engine/words/count.ts'
import { formatExactMs } from '../engine/words/duration.ts'
import { DOT, formatBudget, percentileOrTooFew, tooFew } from '../engine/words/feature-line.ts'
import { formatOutcome } from '../engine/words/outcome.ts'
import { formatRate } from '../engine/words/rate.ts'
import { formatAgo, formatExactTime } from '../engine/words/time.ts'
import { formatWindow } from '../engine/words/window.ts'
import { COMMAND, ITEM } from './ids.ts'
import type { TreeEntry } from './tree-entry.ts'

/** Beyond so many features a list of open ones is a wall. */
const OPEN_UP_TO = 4

const STATE_ICON: Readonly<Record<BudgetState, TreeEntry['icon']>> = {
  within: { name: 'pass', color: 'testing.iconPassed' },
  near: { name: 'warning', color: 'list.warningForeground' },
  over: { name: 'error', color: 'list.errorForeground' },
}

/** The Features view: each feature with its figures below it, always in the same order. */
export function featureEntries(features: readonly FeatureFigures[], nowEpochMs: number): TreeEntry[] {
  return features.map((figures) => featureEntry(figures, nowEpochMs, features.length <= OPEN_UP_TO))
}

function featureEntry(figures: FeatureFigures, nowEpochMs: number, open: boolean): TreeEntry {
  const state = stateOf(figures)
  const headline = enough(figures)
    ? [...(state === null ? [] : [formatBudgetState(state)]), formatRuns(figures.runs)].join(DOT)
    : tooFew(figures)
  return {
    id: figures.feature,
    kind: ITEM.feature,
    subject: figures.feature,
    label: figures.feature,
    description: headline,
    tooltip: `**${figures.feature}** (${figures.interaction})  \n${basisOf(figures)}`,
    spoken: `${figures.feature}, ${headline}`,
    icon: state === null ? { name: 'circle-outline' } : STATE_ICON[state],
    // Rows that can say nothing yet are not worth their room.
    open: open && enough(figures) ? 'expanded' : 'collapsed',
    children: figureEntries(figures, nowEpochMs),
  }
}

function figureEntries(figures: FeatureFigures, nowEpochMs: number): TreeEntry[] {
  const rate = (share: number | null): string =>
    enough(figures) && share !== null ? formatRate(share) : 'too few runs'
  const budgeted = (percentiles: Percentiles | null, budgetMs: number): [string, string] => [
    `${percentileOrTooFew(percentiles, 'p95')} (budget ${formatBudget(budgetMs)})`,
    percentileTable(percentiles),
  ]
  const entry = (
    name: string,
    icon: string,
    label: string,
    [description, tooltip]: readonly [string, string],
  ): TreeEntry => ({
    id: `${figures.feature}/${name}`,
    kind: ITEM.figure,
    subject: figures.feature,
    label,
    description,
    tooltip: `**${label}** ${description}  \n${tooltip === '' ? '' : `${tooltip}\n\n`}${basisOf(figures)}`,
    spoken: `${label}, ${description}`,
    icon: { name: icon },
    command: { id: COMMAND.showFeatureRuns, title: 'Show the runs', args: [figures.feature] },
  })
  return [
    ...(figures.budgetFirstTokenMs === null
      ? []
      : [
          entry(
            'first-token',
            'watch',
            'First token p95',
            budgeted(figures.firstTokenMs, figures.budgetFirstTokenMs),
          ),
        ]),
    entry('complete', 'check-all', 'Complete p95', budgeted(figures.completeMs, figures.budgetCompleteMs)),
    entry('fallback', 'fold-down', 'Fallback share', [rate(figures.fallbackShare), outcomeTable(figures)]),
    entry('down', 'thumbsdown', 'Thumbs down', [rate(figures.thumbsDownRate), '']),
    entry('regenerate', 'refresh', 'Regenerated', [rate(figures.regenerateRate), '']),
    entry('runs', 'pulse', 'Runs', [
      [formatCount(figures.runs), `last ${formatAgo(figures.lastRunEpochMs, nowEpochMs)}`].join(DOT),
      `Last run: ${formatExactTime(figures.lastRunEpochMs)}`,
    ]),
  ]
}

/** The worse of its budgets; `null` where too few runs say. */
function stateOf(figures: FeatureFigures): BudgetState | null {
  const pairs: readonly (readonly [Percentiles | null, number | null])[] = [
    [figures.firstTokenMs, figures.budgetFirstTokenMs],
    [figures.completeMs, figures.budgetCompleteMs],
  ]
  const states = pairs.flatMap(([percentiles, budgetMs]) =>
    percentiles === null || budgetMs === null || percentiles.count < MIN_RATED_RUNS
      ? []
      : [budgetState(percentiles.p95, budgetMs)],
  )
  if (states.length === 0) return null
  return (['over', 'near'] as const).find((state) => states.includes(state)) ?? 'within'
}

function enough({ ratedRuns }: FeatureFigures): boolean {
  return ratedRuns >= MIN_RATED_RUNS
}

function basisOf({ environment, windowMs, ratedRuns }: FeatureFigures): string {
  return [environment, `last ${formatWindow(windowMs)}`, `n = ${formatCount(ratedRuns)} rated`].join(DOT)
}

function percentileTable(percentiles: Percentiles | null): string {
  if (percentiles === null) return ''
  const { p50, p95, p99, count } = percentiles
  return `p50 ${formatExactMs(p50)}  \np95 ${formatExactMs(p95)}  \np99 ${formatExactMs(p99)}  \nfrom ${formatRuns(count)}`
}

function outcomeTable({ outcomes }: FeatureFigures): string {
  return OUTCOMES.filter((outcome) => (outcomes[outcome] ?? 0) > 0)
    .map((outcome) => `${formatOutcome(outcome)}: ${formatCount(outcomes[outcome] ?? 0)}`)
    .join('  \n')
}

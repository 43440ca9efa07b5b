import type { FeatureFigures, FeaturesAnswer } from '../engine/contract.ts'
import { MIN_RATED_RUNS } from '../engine/contract.ts'
import { formatRuns } from '../engine/words/count.ts'
import { formatBudget, percentileOrTooFew, tooFew } from '../engine/words/feature-line.ts'
import { formatRate } from '../engine/words/rate.ts'
import { formatWindow } from '../engine/words/window.ts'
import { type Column, formatTable } from './table.ts'

const COLUMNS: readonly Column<FeatureFigures>[] = [
  { heading: 'feature', cell: ({ feature }) => feature },
  { heading: 'runs', align: 'right', cell: ({ runs }) => formatRuns(runs) },
  {
    heading: 'p95 first token',
    align: 'right',
    cell: ({ firstTokenMs }) => percentileOrTooFew(firstTokenMs, 'p95'),
  },
  { heading: 'budget', align: 'right', cell: ({ budgetFirstTokenMs }) => budget(budgetFirstTokenMs) },
  {
    heading: 'p95 complete',
    align: 'right',
    cell: ({ completeMs }) => percentileOrTooFew(completeMs, 'p95'),
  },
  { heading: 'budget', align: 'right', cell: ({ budgetCompleteMs }) => budget(budgetCompleteMs) },
  { heading: 'fallback', align: 'right', cell: (figures) => rate(figures, figures.fallbackShare) },
  { heading: 'down', align: 'right', cell: (figures) => rate(figures, figures.thumbsDownRate) },
  { heading: 'regenerated', align: 'right', cell: (figures) => rate(figures, figures.regenerateRate) },
  { heading: '', cell: (figures) => (isTooFew(figures) ? tooFew(figures) : '') },
]

/** The features of an environment as a table under a line that says what the figures stand on. */
export function featuresText({ features }: FeaturesAnswer, windowMs: number): string {
  const [first] = features
  if (first === undefined) return `No runs in the last ${formatWindow(windowMs)}.`
  return `${first.environment}, last ${formatWindow(windowMs)}\n\n${formatTable(COLUMNS, features)}`
}

function isTooFew({ ratedRuns }: FeatureFigures): boolean {
  return ratedRuns < MIN_RATED_RUNS
}

function rate(figures: FeatureFigures, value: number | null): string {
  return value === null || isTooFew(figures) ? '–' : formatRate(value)
}

function budget(ms: number | null): string {
  return ms === null ? '–' : formatBudget(ms)
}

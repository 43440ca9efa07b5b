import { type FeatureFigures, MIN_RATED_RUNS, type Percentiles } from '../contract.ts'
import { formatCount, formatRuns } from './count.ts'
import { formatMs } from './duration.ts'
import { formatRate } from './rate.ts'
import { formatWindow } from './window.ts'

/** Where the parts of a line meet. */
export const DOT = ' · '

/**
 * A feature in one short line, in a fixed order, with the basis of every figure:
 * `p95 first token 612 ms (budget 500) · fallback 7.2 % · down 3.1 % · 12.4 k runs · production · 24 h`.
 * From too few runs it names their number and no rate.
 */
export function featureLine(figures: FeatureFigures): string {
  return [...featureFacts(figures), ...basis(figures.environment, figures.windowMs)].join(DOT)
}

/** The line of a feature of which the window holds no run. */
export function noRunsLine(environment: string | undefined, windowMs: number): string {
  return ['no runs', ...basis(environment, windowMs)].join(DOT)
}

/** The line's facts without environment and window, for a place whose heading names those. */
export function featureFacts(figures: FeatureFigures): string[] {
  if (figures.ratedRuns < MIN_RATED_RUNS) return [tooFew(figures)]
  return [
    latencyFact(figures),
    `fallback ${rateOrNone(figures.fallbackShare)}`,
    `down ${rateOrNone(figures.thumbsDownRate)}`,
    formatRuns(figures.runs),
  ]
}

/** `n = 18: too few to say`, and how many there are besides where some are in no rate. */
export function tooFew({ runs, ratedRuns }: Pick<FeatureFigures, 'runs' | 'ratedRuns'>): string {
  const besides = formatCount(runs) === formatCount(ratedRuns) ? '' : ` of ${formatRuns(runs)}`
  return `n = ${formatCount(ratedRuns)}${besides}: too few to say`
}

/** A percentile that enough runs stand behind, or that there are too few. */
export function percentileOrTooFew(percentiles: Percentiles | null, rank: 'p50' | 'p95' | 'p99'): string {
  if (percentiles === null || percentiles.count < MIN_RATED_RUNS) return 'too few runs'
  return formatMs(percentiles[rank])
}

function latencyFact(figures: FeatureFigures): string {
  const { budgetFirstTokenMs, firstTokenMs, budgetCompleteMs, completeMs } = figures
  return budgetFirstTokenMs === null
    ? `p95 complete ${withBudget(completeMs, budgetCompleteMs)}`
    : `p95 first token ${withBudget(firstTokenMs, budgetFirstTokenMs)}`
}

function withBudget(percentiles: Percentiles | null, budgetMs: number): string {
  const figure = percentileOrTooFew(percentiles, 'p95')
  const budget = formatBudget(budgetMs)
  // `612 ms (budget 500)`: the unit is said once where both have the same.
  const unit = figure.slice(figure.lastIndexOf(' '))
  return `${figure} (budget ${budget.endsWith(unit) ? budget.slice(0, -unit.length) : budget})`
}

/** A budget is a round figure that somebody wrote: `5 s`, not `5.0 s`. */
export function formatBudget(budgetMs: number): string {
  return formatMs(budgetMs).replace('.0 ', ' ')
}

function rateOrNone(rate: number | null): string {
  return rate === null ? 'unknown' : formatRate(rate)
}

function basis(environment: string | undefined, windowMs: number): string[] {
  return [...(environment === undefined ? [] : [environment]), formatWindow(windowMs)]
}

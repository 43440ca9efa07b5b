import { type Budget, INTERACTION_DEFAULTS, SLOW_SHARE } from './budget.ts'
import type { Interaction } from './interaction.ts'
import type { RunRecord } from './run-record.ts'

/** What measured runs say of a budget. */
export interface BudgetSuggestion {
  readonly feature: string
  readonly interaction: Interaction
  /** `null`: runs of which nobody said an intent. */
  readonly intent: string | null
  /** Runs that were measured: of a model at full level, not synthetic, not known to be cold, not left by the user. */
  readonly runs: number
  /** As many equal runs would say as much, where some stand for more than others. */
  readonly effectiveRuns: number
  /** The share of them, from 0 to 1, that was cut off by the budget in force, so that nobody knows how long it would have taken. */
  readonly cutOff: number
  /** Figures for the feature's `budget` (or `budget.byIntent[intent]`); `null` where the runs cannot carry any. */
  readonly budget: Pick<Budget, 'firstTokenMs' | 'completeMs' | 'giveUpMs' | 'hedgeAfterMs'> | null
  /** Why there are none, and what would help; `null` where there are. */
  readonly refusal: string | null
}

/** So many that ten are beyond the 95th percentile: with fewer, one slow run more or less moves it. */
export const MIN_RUNS_FOR_BUDGET = 200

/** One in twenty is late. */
const LATE_QUANTILE = 0.95
/** At most one in four is told that it is slow, which comes at 60 % of a budget. */
const TOLD_QUANTILE = 0.75

type Measured = Pick<
  RunRecord,
  | 'feature'
  | 'interaction'
  | 'intent'
  | 'outcome'
  | 'level'
  | 'attempts'
  | 'firstTokenMs'
  | 'completeMs'
  | 'cold'
  | 'synthetic'
  | 'weight'
>

/** One measured time and how many runs it stands for; `Infinity` where the run was cut off before. */
interface Sample {
  readonly firstTokenMs: number
  readonly completeMs: number
  readonly weight: number
}

/**
 * Proposes budgets from measured runs, one suggestion for each feature, interaction and intent, the most
 * measured first. With `p(q)` the weighted quantile, rounded up to two digits:
 *
 * - `firstTokenMs` (where the interaction has one) and `completeMs` = max(p(0.95), p(0.75) / 0.6), of the
 *   first token and of the whole answer: one run in twenty is late, and at most one in four is told that it
 *   is slow. Only the figure that `slow` is reckoned from has the second part.
 * - `giveUpMs` = `completeMs` × the interaction's own ratio of the two (2.5 or 3).
 * - `hedgeAfterMs` = p(0.95) of the first token, so that a hedge races one run in twenty at most.
 *
 * A run that was cut off counts as longer than any other. It refuses under {@link MIN_RUNS_FOR_BUDGET}
 * effective runs (Kish: (Σw)² / Σw²), and where so many were cut off that the 95th percentile is unknown;
 * `mode: 'observe'` measures without cutting anything off.
 *
 * @example
 * suggestBudgets(runs).map(({ feature, intent, budget, refusal }) => [feature, intent, budget ?? refusal])
 */
export function suggestBudgets(runs: readonly Measured[]): BudgetSuggestion[] {
  const groups = new Map<string, { readonly of: Measured; readonly samples: Sample[] }>()
  for (const run of runs) {
    const sample = sampleOf(run)
    if (sample === null) continue
    const key = JSON.stringify([run.feature, run.interaction, run.intent])
    const group = groups.get(key) ?? { of: run, samples: [] }
    groups.set(key, group)
    group.samples.push(sample)
  }
  return [...groups.values()]
    .map(({ of, samples }) => suggestFor(of, samples))
    .sort((one, other) => other.effectiveRuns - one.effectiveRuns)
}

/** What a run says of how long its model takes; `null` where it says nothing. */
function sampleOf({ level, outcome, cold, synthetic, weight, attempts, ...run }: Measured): Sample | null {
  const [first] = attempts
  if (synthetic || cold === true || level < 5 || first?.step !== 'model') return null
  if (outcome === 'answered') {
    const completeMs = run.completeMs ?? Number.POSITIVE_INFINITY
    return { firstTokenMs: run.firstTokenMs ?? completeMs, completeMs, weight }
  }
  const isHedgedAway = first.failure === 'aborted' && attempts.some(({ hedge }) => hedge)
  // A failure of another kind says nothing of how long an answer takes, nor does a user who left.
  if (!isHedgedAway && !first.failure?.startsWith('timeout.')) return null
  return {
    firstTokenMs: first.firstTokenMs ?? Number.POSITIVE_INFINITY,
    completeMs: Number.POSITIVE_INFINITY,
    weight,
  }
}

function suggestFor(
  { feature, interaction, intent }: Measured,
  samples: readonly Sample[],
): BudgetSuggestion {
  const total = sum(samples, ({ weight }) => weight)
  const effectiveRuns = total ** 2 / sum(samples, ({ weight }) => weight ** 2)
  const cutOff =
    sum(samples, ({ weight, completeMs }) => (completeMs === Number.POSITIVE_INFINITY ? weight : 0)) / total
  const about = { feature, interaction, intent, runs: samples.length, effectiveRuns, cutOff }
  const refuse = (refusal: string) => ({ ...about, budget: null, refusal })
  if (effectiveRuns < MIN_RUNS_FOR_BUDGET) {
    return refuse(
      `${Math.floor(effectiveRuns)} runs are too few for a 95th percentile; ${MIN_RUNS_FOR_BUDGET} are needed.`,
    )
  }
  const { budget, whenLate } = INTERACTION_DEFAULTS[interaction]
  const isFirstTokenBudgeted = budget.firstTokenMs !== null
  const firstTokens = quantilesOf(samples.map(({ firstTokenMs, weight }) => [firstTokenMs, weight]))
  const completes = quantilesOf(samples.map(({ completeMs, weight }) => [completeMs, weight]))
  const tolerable = (quantile: (q: number) => number, isTold: boolean) =>
    Math.max(quantile(LATE_QUANTILE), isTold ? quantile(TOLD_QUANTILE) / SLOW_SHARE : 0)
  const completeMs = tolerable(completes, !isFirstTokenBudgeted)
  if (completeMs === Number.POSITIVE_INFINITY) {
    return refuse(
      `${Math.round(cutOff * 100)} % of the runs were cut off, so the 95th percentile is unknown; measure with mode: 'observe'${whenLate === 'next-step' ? ', or with a longer completeMs' : ', or with a longer giveUpMs'}.`,
    )
  }
  const complete = rounded(completeMs)
  return {
    ...about,
    budget: {
      firstTokenMs: isFirstTokenBudgeted ? rounded(tolerable(firstTokens, true)) : null,
      completeMs: complete,
      giveUpMs: rounded((complete * budget.giveUpMs) / budget.completeMs),
      hedgeAfterMs: rounded(firstTokens(LATE_QUANTILE)),
    },
    refusal: null,
  }
}

/** The smallest value that at least a share `q` of the weight does not exceed. */
function quantilesOf(values: readonly (readonly [value: number, weight: number])[]): (q: number) => number {
  const sorted = values.toSorted(([one], [other]) => one - other || 0)
  const total = sum(sorted, ([, weight]) => weight)
  return (q) => {
    let below = 0
    for (const [value, weight] of sorted) {
      below += weight
      // A hair of slack: a sum of fractions may miss the share that it is.
      if (below >= q * total * (1 - 1e-12)) return value
    }
    return Number.POSITIVE_INFINITY
  }
}

/** Up to two digits, in whole milliseconds: more would promise what no sample holds. */
function rounded(ms: number): number {
  const digit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, ms))) - 1)
  return Math.max(1, Math.ceil(ms / digit - 1e-9) * digit)
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

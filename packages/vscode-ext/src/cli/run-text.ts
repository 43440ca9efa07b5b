import { type AttemptRecord, formatPrompt, type Signal, type WouldHave } from '@evenkeel/shared'
import type { RunAnswer } from '../engine/contract.ts'
import { formatMs } from '../engine/words/duration.ts'
import { formatOutcome } from '../engine/words/outcome.ts'
import { formatExactTime } from '../engine/words/time.ts'
import { duration, thumbsText } from './runs-text.ts'
import { type Column, formatTable, oneLine } from './table.ts'

const ATTEMPTS: readonly Column<AttemptRecord>[] = [
  { heading: 'attempt', cell: ({ step, tier }) => (tier === null ? step : `${step} ${tier}`) },
  { heading: 'from', align: 'right', cell: ({ startedMs }) => formatMs(startedMs) },
  { heading: 'to', align: 'right', cell: ({ endedMs }) => formatMs(endedMs) },
  { heading: 'first token', align: 'right', cell: ({ firstTokenMs }) => duration(firstTokenMs) },
  { heading: 'ended', cell: ({ failure, finishReason }) => failure ?? finishReason ?? 'well' },
  { heading: 'status', align: 'right', cell: ({ status }) => (status === null ? '' : String(status)) },
  { heading: 'detail', cell: ({ detail }) => detail ?? '' },
]

const SIGNALS: readonly Column<Signal>[] = [
  { heading: 'signal', cell: ({ kind }) => kind },
  { heading: 'value', cell: valueText },
  { heading: 'reasons', cell: ({ reasons }) => reasons.join(', ') },
  { heading: 'at', cell: ({ atEpochMs }) => formatExactTime(atEpochMs) },
  { heading: 'comment', cell: ({ comment }) => comment ?? '' },
]

function valueText({ kind, value, afterMs }: Signal): string {
  if (kind === 'thumbs') return thumbsText(value)
  if (kind === 'edit' && value !== null) return `${Math.round(value * 100)} % changed`
  return afterMs === null ? String(value ?? '') : `after ${formatMs(afterMs)}`
}

/** One run: what it was, its attempts in a table, and its signals in another. */
export function runText({ run, signals }: RunAnswer): string {
  const { prompt, requestModel, responseModel, context } = run.triple
  const facts: readonly (readonly [string, string | null])[] = [
    ['run', run.runId],
    ['feature', `${run.feature} (${run.interaction})`],
    ['environment', run.environment],
    ['started', formatExactTime(run.startedAtEpochMs)],
    ['outcome', formatOutcome(run.outcome, run.fallbackCause)],
    ['level', `${run.level} (${run.levelBy})`],
    ['first token', withBudget(run.firstTokenMs, run.budgetFirstTokenMs)],
    ['complete', withBudget(run.completeMs, run.budgetCompleteMs)],
    ['settled', formatMs(run.settledMs)],
    ['answer age', run.answerAgeMs === undefined ? null : formatMs(run.answerAgeMs)],
    ['enforcing', enforcing(run.observed)],
    ['prompt', prompt === null ? null : formatPrompt(prompt)],
    ['model', models(requestModel, responseModel)],
    ['context', context],
  ]
  const known = facts.flatMap(([name, fact]) => (fact === null ? [] : [`${name.padEnd(12)}${oneLine(fact)}`]))
  return [
    known.join('\n'),
    ...(run.attempts.length === 0 ? [] : [formatTable(ATTEMPTS, run.attempts)]),
    ...(signals.length === 0 ? [] : [formatTable(SIGNALS, signals)]),
  ].join('\n\n')
}

/** Of a feature that only observes: what enforcing its budgets would have done. */
function enforcing(observed: WouldHave | null | undefined): string | null {
  if (observed === undefined) return null
  if (observed === null) return 'would have changed nothing'
  const { failure, atMs, step } = observed
  const next = step === null ? 'kept what was there' : `gone on with ${step}`
  return `would have ended the attempt at ${formatMs(atMs)} (${failure}) and ${next}`
}

function withBudget(ms: number | null, budgetMs: number | null): string {
  return budgetMs === null ? duration(ms) : `${duration(ms)} (budget ${formatMs(budgetMs)})`
}

function models(asked: string | null, answered: string | null): string | null {
  if (asked === null || answered === null || asked === answered) return answered ?? asked
  return `${answered} (asked for ${asked})`
}

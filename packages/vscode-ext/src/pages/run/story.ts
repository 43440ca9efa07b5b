import { type AttemptRecord, isFallback, type RunRecord } from '@evenkeel/shared'
import { formatMs } from '../../engine/words/duration.ts'
import { formatNumberOf } from './number-of.ts'

/** What happened, in two or three plain sentences, as one engineer would tell it to another. */
export function storyOf(run: RunRecord): string {
  return [...failures(run), ...hedging(run), ending(run), ...lateness(run)].join(' ')
}

function failures({ attempts }: RunRecord): string[] {
  const failed = attempts.filter(({ failure }) => failure !== null && failure !== 'aborted')
  const [only] = failed
  if (only === undefined) return []
  if (failed.length === 1) {
    return [`${subject(only)} failed after ${formatMs(only.endedMs - only.startedMs)} (${only.failure}).`]
  }
  const counts = new Map<string, number>()
  for (const { failure } of failed) counts.set(failure ?? '', (counts.get(failure ?? '') ?? 0) + 1)
  const reasons = [...counts].map(([failure, count]) => (count === 1 ? failure : `${failure} × ${count}`))
  return [`${failed.length} attempts failed (${reasons.join(', ')}).`]
}

function hedging({ attempts }: RunRecord): string[] {
  const hedge = attempts.find((attempt) => attempt.hedge)
  if (hedge === undefined) return []
  const end = hedge.failure === null ? 'and was first to answer' : 'and lost the race'
  return [`A hedge to the ${hedge.tier ?? hedge.step} tier began after ${formatMs(hedge.startedMs)} ${end}.`]
}

function ending(run: RunRecord): string {
  const { outcome, attempts, settledMs, completeMs, answerLength } = run
  const after = formatMs(settledMs)
  switch (outcome) {
    case 'answered':
    case 'degraded': {
      const winner = attempts.find(({ failure }) => failure === null)
      const who = winner === undefined ? 'An answer came' : `${subject(winner)} answered`
      const by = run.fallbackCause === 'level' ? `, because the level was ${run.level}` : ''
      return `${who} after ${formatMs(completeMs ?? settledMs)}${by}.`
    }
    case 'incomplete':
      return `A partial answer of ${formatNumberOf(answerLength, 'character')} stayed.`
    case 'omitted':
      if (run.fallbackCause === 'level') return `The level was ${run.level}, so nothing was shown.`
      return `Nothing was shown in its place; the run settled after ${after}.`
    case 'disabled':
      return 'The feature was switched off for this user.'
    case 'stopped':
      return `The user stopped it after ${after}.`
    case 'abandoned':
      return `The user left after ${after}.`
  }
}

function lateness(run: RunRecord): string[] {
  const said: string[] = []
  const overMs = (ms: number | null, budgetMs: number | null) =>
    ms === null || budgetMs === null ? 0 : ms - budgetMs
  const firstMs = overMs(run.firstTokenMs, run.budgetFirstTokenMs)
  const completeMs =
    isFallback(run.outcome) || run.outcome === 'answered' ? overMs(run.completeMs, run.budgetCompleteMs) : 0
  if (firstMs > 0) said.push(`The first token was ${formatMs(firstMs)} over its budget.`)
  if (completeMs > 0) said.push(`The whole answer was ${formatMs(completeMs)} over its budget.`)
  return said
}

function subject({ step, tier }: AttemptRecord): string {
  if (step === 'model') return `The ${tier ?? 'primary'} model`
  return { cache: 'The cache', template: 'The template', omit: 'The omit step' }[step]
}

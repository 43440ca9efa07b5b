import type { FallbackCause, RunRecord } from '@evenkeel/shared'
import type { ReactNode } from 'react'
import { formatExactMs, quantityOfMs } from '../../engine/words/duration.ts'
import { rolesOf } from './attempt-role.ts'
import { type BudgetState, formatBudget, judge } from './budget-state.ts'
import { formatWhole } from './number-of.ts'

const CAUSES: Readonly<Record<FallbackCause, string>> = {
  failure: 'an attempt failed',
  level: 'level below 5',
  late: 'answer too late',
}

/** The four figures that a triage looks at first. */
export function KeyFigures({ run }: { readonly run: RunRecord }) {
  const lost = rolesOf(run).filter((role) => role === 'lost').length
  return (
    <dl className="key-figures">
      <TimeFigure
        name="First token"
        ms={run.firstTokenMs}
        budgetMs={run.budgetFirstTokenMs}
        absent="none came"
      />
      <TimeFigure name="Complete" ms={run.completeMs} budgetMs={run.budgetCompleteMs} absent="never" />
      <Figure name="Attempts" note={lost === 0 ? 'none lost' : `${lost} lost`}>
        <span className="figure">{run.attempts.length}</span>
      </Figure>
      <Figure
        name="Fallback cause"
        note={run.fallbackCause === null ? 'not a fallback' : CAUSES[run.fallbackCause]}
      >
        <span className="figure word">{run.fallbackCause ?? 'none'}</span>
      </Figure>
      <Figure name="Answer" note={run.answerLength === 1 ? 'character' : 'characters'}>
        <span className="figure">{formatWhole(run.answerLength)}</span>
      </Figure>
    </dl>
  )
}

interface FigureProps {
  readonly name: string
  readonly note: string
  readonly children: ReactNode
}

function Figure({ name, note, children }: FigureProps) {
  return (
    <div className="key-figure">
      <dt>{name}</dt>
      <dd>{children}</dd>
      <dd className="figure-note">{note}</dd>
    </div>
  )
}

interface TimeFigureProps {
  readonly name: string
  readonly ms: number | null
  readonly budgetMs: number | null
  /** What to say where there is no such time. */
  readonly absent: string
}

function TimeFigure({ name, ms, budgetMs, absent }: TimeFigureProps) {
  const verdict = ms === null || budgetMs === null ? null : judge(ms, budgetMs)
  const budget = budgetMs === null ? 'no budget' : `budget ${formatBudget(budgetMs)}`
  if (ms === null) {
    return (
      <Figure name={name} note={budget}>
        <span className="figure word">{absent}</span>
      </Figure>
    )
  }
  const { figure, unit } = quantityOfMs(ms)
  return (
    <Figure name={name} note={verdict === null ? budget : `${budget}, ${verdict.text}`}>
      <span className="figure" title={formatExactMs(ms)} data-state={verdict?.state}>
        {figure} <span className="unit">{unit}</span>
        {verdict !== null && <StateMark state={verdict.state} />}
      </span>
    </Figure>
  )
}

const MARKS: Readonly<Record<BudgetState, string>> = {
  within: 'M2 6.5 4.8 9.2 10 3.5',
  near: 'M6 1.500v6M6 9.700v.8',
  over: 'M6 10.500v-8M2.5 5.5 6 2l3.5 3.5',
}

function StateMark({ state }: { readonly state: BudgetState }) {
  return (
    <svg
      className="state-mark"
      data-state={state}
      viewBox="0 0 12 12"
      role="img"
      aria-label={`${state} budget`}
    >
      <path d={MARKS[state]} />
    </svg>
  )
}

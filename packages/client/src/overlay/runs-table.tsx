import type { RunRecord } from '@evenkeel/shared'
import { Fragment, useId, useState } from 'react'
import { attemptInWords } from './attempt-words.ts'
import { duration, durationInWords, standingOf } from './figures.ts'
import { forcedInWords } from './forced.ts'
import type { SeenRun } from './overlay-store.ts'
import { RunDetails } from './run-details.tsx'

/** The last runs, the latest first; each row opens to its attempts. */
export function RunsTable({ runs }: { readonly runs: readonly SeenRun[] }) {
  const [openId, setOpenId] = useState<string | null>(null)
  if (runs.length === 0) {
    return (
      <section className="runs runs-none" aria-label="Last runs">
        <p>No run has settled yet. Use an AI feature of the page, and it shows up here.</p>
      </section>
    )
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className="runs" aria-label="Last runs" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Feature</th>
            <th scope="col">Outcome</th>
            <th scope="col" className="wide">
              Attempts
            </th>
            <th scope="col" className="number">
              First token
            </th>
            <th scope="col" className="number">
              Complete
            </th>
            <th scope="col">Level</th>
            <th scope="col" className="wide">
              Moment
            </th>
            <th scope="col" className="widest">
              Flags
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow
              key={run.record.runId}
              run={run}
              isOpen={run.record.runId === openId}
              onToggle={() => setOpenId(run.record.runId === openId ? null : run.record.runId)}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface RunRowProps {
  readonly run: SeenRun
  readonly isOpen: boolean
  readonly onToggle: () => void
}

function RunRow({ run, isOpen, onToggle }: RunRowProps) {
  const { record, forced } = run
  const detailsId = useId()
  return (
    <Fragment>
      <tr data-open={isOpen} data-run={record.runId}>
        <th scope="row">
          <button
            type="button"
            className="row-button"
            aria-expanded={isOpen}
            aria-controls={isOpen ? detailsId : undefined}
            onClick={onToggle}
          >
            {record.feature}
          </button>
          {forced.length > 0 && (
            <span className="pill" title={forced.map(({ forcing }) => forcedInWords(forcing)).join(', ')}>
              forced
            </span>
          )}
        </th>
        <td>
          <span className="outcome" data-outcome={record.outcome}>
            {record.outcome}
          </span>
        </td>
        <td className="wide">
          <Attempts record={record} />
        </td>
        <Figure ms={record.firstTokenMs} budgetMs={record.budgetFirstTokenMs} />
        <Figure ms={record.completeMs} budgetMs={record.budgetCompleteMs} />
        <td className="level-cell">
          <span className="level" data-level={record.level}>
            {record.level}
          </span>{' '}
          <span className="soft">{record.levelBy}</span>
        </td>
        <td className="wide">{record.moments.at(-1)?.moment ?? <span className="soft">silence</span>}</td>
        <td className="widest">
          <Flags record={record} />
        </td>
      </tr>
      {isOpen && (
        <tr className="details" id={detailsId}>
          <td colSpan={8}>
            <RunDetails run={run} />
          </td>
        </tr>
      )}
    </Fragment>
  )
}

function Attempts({ record }: { readonly record: RunRecord }) {
  if (record.attempts.length === 0) return <span className="soft">none</span>
  return (
    <ol className="attempts">
      {record.attempts.map((attempt) => (
        <li key={attempt.spanId} data-failed={attempt.failure !== null}>
          {attemptInWords(attempt)}
        </li>
      ))}
    </ol>
  )
}

const STANDING_WORDS = { within: '', near: 'near the budget', over: 'over the budget' } as const

function Figure({ ms, budgetMs }: { readonly ms: number | null; readonly budgetMs: number | null }) {
  const standing = standingOf(ms, budgetMs)
  const [number, unit] = ms === null ? ['–', ''] : duration(ms)
  return (
    <td className="number" data-standing={standing ?? undefined}>
      {standing !== null && <span className="visually-hidden">{STANDING_WORDS[standing]} </span>}
      {number} <span className="soft">{unit}</span>
      {budgetMs !== null && <span className="budget"> / {durationInWords(budgetMs)}</span>}
    </td>
  )
}

/** Without the feature's own name before each, which stands in the row already. */
function Flags({ record: { feature, flags } }: { readonly record: RunRecord }) {
  if (flags.length === 0) return <span className="soft">none</span>
  const words = flags.map(({ key, variant }) => `${key.replace(`${feature}.`, '')} ${variant ?? 'default'}`)
  return <>{words.join(' · ')}</>
}

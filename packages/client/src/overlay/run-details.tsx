import { type AttemptRecord, FAILURE_MEANING, formatPrompt, type RunRecord } from '@evenkeel/shared'
import type { ReactNode } from 'react'
import { attemptInWords } from './attempt-words.ts'
import { durationInWords, percent } from './figures.ts'
import { forcedInWords } from './forced.ts'
import type { SeenRun } from './overlay-store.ts'

/** One run: its attempts as a small waterfall, and the facts that have no column. */
export function RunDetails({ run: { record, forced } }: { readonly run: SeenRun }) {
  const { triple } = record
  return (
    <div className="detail">
      <Waterfall record={record} />
      <dl>
        {forced.length > 0 && (
          <Fact name="Forced">{forced.map(({ forcing }) => forcedInWords(forcing)).join(', ')}</Fact>
        )}
        <Fact name="Moments">
          {record.moments.map(({ moment, atMs }) => `${moment} at ${durationInWords(atMs)}`).join(' · ') ||
            'none'}
        </Fact>
        <Fact name="Flags">
          {record.flags
            .map(
              ({ key, variant, reason }) =>
                `${key}: ${variant ?? 'default'} (${reason ?? 'no reason given'})`,
            )
            .join(' · ') || 'none'}
        </Fact>
        <Fact name="Prompt">{triple.prompt === null ? 'not told' : formatPrompt(triple.prompt)}</Fact>
        <Fact name="Model">{triple.responseModel ?? triple.requestModel ?? 'not told'}</Fact>
        <Fact name="Started">{new Date(record.startedAtEpochMs).toLocaleTimeString()}</Fact>
        <Fact name="Run">
          <code>{record.runId}</code>
        </Fact>
      </dl>
    </div>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Time runs from the trigger; the budgets are lines through every row. */
function Waterfall({ record }: { readonly record: RunRecord }) {
  const { budgetFirstTokenMs, budgetCompleteMs, settledMs, attempts } = record
  const budgets = [
    { name: 'first token', ms: budgetFirstTokenMs },
    { name: 'complete', ms: budgetCompleteMs },
  ].flatMap(({ name, ms }) => (ms === null ? [] : [{ name, ms }]))
  // A budget far beyond the end would leave no room for what happened.
  const lengthMs = Math.max(
    settledMs * 1.05,
    ...budgets.map(({ ms }) => ms).filter((ms) => ms < 3 * settledMs),
    1,
  )
  return (
    <div className="waterfall">
      <div className="lines" aria-hidden="true">
        {budgets
          .filter(({ ms }) => ms <= lengthMs)
          .map(({ name, ms }) => (
            <span key={name} className="line" style={{ insetInlineStart: percent(ms, lengthMs) }}>
              <span>
                {name} {durationInWords(ms)}
              </span>
            </span>
          ))}
      </div>
      <ol>
        {attempts.map((attempt) => (
          <Bar key={attempt.spanId} attempt={attempt} lengthMs={lengthMs} />
        ))}
      </ol>
    </div>
  )
}

function Bar({ attempt, lengthMs }: { readonly attempt: AttemptRecord; readonly lengthMs: number }) {
  const { startedMs, endedMs, firstTokenMs, failure } = attempt
  return (
    <li>
      <div className="lane" aria-hidden="true">
        <span
          className="bar"
          data-failed={failure !== null}
          style={{
            insetInlineStart: percent(startedMs, lengthMs),
            inlineSize: percent(endedMs - startedMs, lengthMs),
          }}
        />
        {firstTokenMs !== null && (
          <span className="mark" style={{ insetInlineStart: percent(firstTokenMs, lengthMs) }} />
        )}
      </div>
      <p>
        <strong>{attemptInWords(attempt)}</strong>{' '}
        <span className="soft">{factsOf(attempt).join(' · ')}</span>
        {failure !== null && <span className="soft meaning">{FAILURE_MEANING[failure]}</span>}
      </p>
    </li>
  )
}

function factsOf({
  startedMs,
  endedMs,
  firstTokenMs,
  status,
  protocol,
  resumes,
  detail,
}: AttemptRecord): string[] {
  return [
    `${durationInWords(startedMs)} to ${durationInWords(endedMs)}`,
    ...(firstTokenMs === null ? [] : [`first token ${durationInWords(firstTokenMs)}`]),
    ...(status === null ? [] : [`HTTP ${status}`]),
    ...(protocol === null ? [] : [protocol]),
    ...(resumes === 0 ? [] : [`resumed ${resumes} times`]),
    ...(detail === null ? [] : [detail]),
  ]
}

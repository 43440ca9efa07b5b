import { type AttemptRecord, FAILURE_MEANING, type RunRecord } from '@evenkeel/shared'
import { formatMs } from '../../engine/words/duration.ts'
import { type AttemptRole, nameOfStep, rolesOf } from './attempt-role.ts'
import { Fact, Facts, Section } from './fact.tsx'
import { formatNumberOf } from './number-of.ts'

/** So many failures lie open; where there are more, none does: they would bury the rest of the page. */
const OPEN_AT_MOST = 3

/** Each attempt with everything recorded of it; those that failed say what their failure means. */
export function Attempts({ run }: { readonly run: RunRecord }) {
  const roles = rolesOf(run)
  const failed = run.attempts.filter(({ failure }) => failure !== null).length
  return (
    <Section title="Attempts">
      {run.attempts.length === 0 ? (
        <p className="empty">None: the run ended before any step of the ladder was tried.</p>
      ) : (
        <ol className="attempts">
          {run.attempts.map((attempt, index) => (
            <li key={attempt.spanId}>
              <AttemptItem
                attempt={attempt}
                number={index + 1}
                role={roles[index] ?? 'lost'}
                open={attempt.failure !== null && failed <= OPEN_AT_MOST}
              />
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}

interface AttemptItemProps {
  readonly attempt: AttemptRecord
  readonly number: number
  readonly role: AttemptRole
  readonly open: boolean
}

function AttemptItem({ attempt, number, role, open }: AttemptItemProps) {
  const { failure, detail, endedMs, startedMs } = attempt
  return (
    <details open={open}>
      <summary>
        <span className="attempt-number">{number}</span>
        <span className="attempt-name">
          {nameOfStep(attempt)}
          {attempt.hedge && ' (hedge)'}
        </span>
        <span className="aside">
          {failure ?? role} · {formatMs(endedMs - startedMs)}
        </span>
      </summary>
      {failure !== null && (
        <p className="means">
          {FAILURE_MEANING[failure]}
          {detail !== null && <code className="detail">{detail}</code>}
        </p>
      )}
      {attempt.step === 'model' ? (
        <ModelFacts attempt={attempt} />
      ) : (
        <p className="empty">This step asks no model and no server.</p>
      )}
    </details>
  )
}

function ModelFacts({ attempt }: { readonly attempt: AttemptRecord }) {
  const { inputTokens, outputTokens } = attempt.usage
  return (
    <Facts>
      <Fact name="Asked">{attempt.domain === null ? null : <code>{attempt.domain}</code>}</Fact>
      <Fact name="HTTP status">{attempt.status ?? 'no response'}</Fact>
      <Fact name="Protocol">
        {attempt.protocol ?? 'none was read'}
        {attempt.protocol !== null && !attempt.verified && ', end not verified'}
      </Fact>
      {attempt.unknownEvents > 0 && (
        <Fact name="Skipped">{formatNumberOf(attempt.unknownEvents, 'unknown event')}</Fact>
      )}
      {attempt.resumes > 0 && (
        <Fact name="Resumed">{formatNumberOf(attempt.resumes, 'broken connection')}</Fact>
      )}
      <Fact name="Finish reason">{attempt.finishReason}</Fact>
      <Fact name="Model asked for">
        {attempt.requestModel === null ? null : <code>{attempt.requestModel}</code>}
      </Fact>
      <Fact name="Model answering">
        {attempt.responseModel === null ? null : <code>{attempt.responseModel}</code>}
      </Fact>
      <Fact name="Tokens in">{inputTokens === null ? null : formatNumberOf(inputTokens, 'token')}</Fact>
      <Fact name="Tokens out">{outputTokens === null ? null : formatNumberOf(outputTokens, 'token')}</Fact>
    </Facts>
  )
}

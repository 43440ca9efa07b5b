import type { LevelDecider, RunRecord } from '@evenkeel/shared'
import { formatOutcome } from '../../engine/words/outcome.ts'
import { Icon } from '../icons/icon.tsx'
import { LevelIcon } from '../icons/level-icon.tsx'
import { OutcomeIcon } from '../icons/outcome-icon.tsx'
import { CopyButton } from './copy-button.tsx'
import { useHost } from './host-context.ts'
import { storyOf } from './story.ts'
import { TimeAgo } from './time-ago.tsx'

const DECIDED_BY: Readonly<Record<LevelDecider, string>> = {
  local: 'by local runs',
  control: 'by a control',
  server: 'by the server',
  browser: 'by browser conditions',
}

/** Which run this is, how it ended, and what happened in a few sentences. */
export function RunHeader({ run }: { readonly run: RunRecord }) {
  const host = useHost()
  const { revealFeature } = host
  return (
    <header className="run-header">
      <div className="title-line">
        <h1>{run.feature}</h1>
        <span className="outcome">
          <OutcomeIcon outcome={run.outcome} />
          {formatOutcome(run.outcome, run.fallbackCause)}
        </span>
        {run.synthetic && (
          <span className="tag" title="A preview, replay, test or benchmark. It is in no figure.">
            synthetic
          </span>
        )}
        {revealFeature !== undefined && (
          <button type="button" className="quiet-button" onClick={() => revealFeature(run.feature)}>
            <Icon name="code" />
            Show in code
          </button>
        )}
      </div>
      <p className="story">{storyOf(run)}</p>
      <ul className="meta" aria-label="About this run">
        <li>
          <LevelIcon level={run.level} />
          Level {run.level} of 5, set {DECIDED_BY[run.levelBy]}
        </li>
        <li>{run.environment}</li>
        <li>
          <TimeAgo atEpochMs={run.startedAtEpochMs} />
        </li>
        <li>
          Run{' '}
          <code title={run.runId} className="run-id">
            {run.runId}
          </code>
          <CopyButton text={run.runId} what="run id" />
        </li>
      </ul>
    </header>
  )
}

import type { AIRun } from '@evenkeel/client'
import { RunCode } from '@evenkeel/client/feedback'
import { useState } from 'react'
import { type FeatureId, useTexts, useWords } from './language.ts'

interface AnswerCodeProps {
  readonly run: Pick<AIRun, 'phase' | 'runId' | 'signal' | 'store'>
  readonly feature: FeatureId
}

/** By what the team finds this answer: its code, to copy or to have in a picture of the screen, and a report of it. */
export function AnswerCode({ run, feature }: AnswerCodeProps) {
  const texts = useTexts().report
  const words = useWords(feature)
  const [reportedRunId, setReportedRunId] = useState<string | null>(null)
  const isReported = run.runId !== null && run.runId === reportedRunId

  function report() {
    if (!isReported && run.signal('report') !== null) setReportedRunId(run.runId)
  }

  return (
    <div className="answer-code">
      {run.phase === 'settled' && (
        <>
          <RunCode run={run.store} words={words} />
          <button type="button" className="report" aria-disabled={isReported || undefined} onClick={report}>
            {isReported ? texts.done : texts.start}
          </button>
        </>
      )}
    </div>
  )
}

import type { AIRun } from '@evenkeel/client'
import { useEffect, useRef, useState } from 'react'
import { Icon } from './icons.tsx'
import { useTexts } from './language.ts'

interface DraftActionsProps {
  readonly run: Pick<AIRun, 'phase' | 'runId' | 'text' | 'stop' | 'signal'>
  readonly onUse: (draft: string) => void
}

/** One place for what can be done with a draft: stop it while it is being written, take it when it is there. */
export function DraftActions({ run, onUse }: DraftActionsProps) {
  const texts = useTexts().draft
  const place = useRef<HTMLDivElement>(null)
  const [usedRunId, setUsedRunId] = useState<string | null>(null)
  const isWriting = run.phase === 'waiting' || run.phase === 'streaming'
  const isUsed = run.runId !== null && run.runId === usedRunId

  // On a small screen the draft would otherwise be written below the edge.
  const { runId } = run
  useEffect(() => {
    if (runId !== null) place.current?.closest('form')?.scrollIntoView({ block: 'nearest' })
  }, [runId])

  function use() {
    setUsedRunId(run.runId)
    run.signal('accept')
    onUse(run.text)
  }

  return (
    <div ref={place} className="draft-actions" data-used={isUsed}>
      {run.phase === 'idle' && <p className="soft">{texts.hint}</p>}
      {isWriting && (
        <button type="button" className="button" onClick={run.stop}>
          <Icon name="stop" />
          {texts.stop}
        </button>
      )}
      {isUsed && <p className="soft">{texts.used}</p>}
      {run.phase === 'settled' && !isUsed && run.text !== '' && (
        <button type="button" className="button button-primary" onClick={use}>
          <Icon name="use" />
          {texts.use}
        </button>
      )}
    </div>
  )
}

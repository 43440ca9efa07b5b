import type { AIRun, Run } from '@evenkeel/client'
import { useEffect, useRef } from 'react'
import { Icon } from './icons.tsx'
import { useTexts } from './language.ts'

/** What became of a draft. */
export type Taken = 'used' | 'dismissed'

interface DraftActionsProps {
  readonly run: Pick<AIRun, 'phase' | 'runId' | 'text' | 'stop' | 'signal' | 'store'>
  /** What became of the draft shown; `null` where nothing did yet. */
  readonly taken: Taken | null
  readonly onUse: (draft: string, run: Run) => void
  readonly onDismiss: () => void
}

/** One place for what can be done with a draft: stop it while it is being written, take it or put it away when it is there. */
export function DraftActions({ run, taken, onUse, onDismiss }: DraftActionsProps) {
  const texts = useTexts().draft
  const place = useRef<HTMLDivElement>(null)
  const isWriting = run.phase === 'waiting' || run.phase === 'streaming'

  // On a small screen the draft would otherwise be written below the edge.
  const { runId } = run
  useEffect(() => {
    if (runId !== null) place.current?.closest('form')?.scrollIntoView({ block: 'nearest' })
  }, [runId])

  return (
    <div ref={place} className="draft-actions" data-taken={taken}>
      {run.phase === 'idle' && <p className="soft">{texts.hint}</p>}
      {isWriting && (
        <button type="button" className="button" onClick={run.stop}>
          <Icon name="stop" />
          {texts.stop}
        </button>
      )}
      {taken !== null && <p className="soft">{taken === 'used' ? texts.used : texts.dismissed}</p>}
      {run.phase === 'settled' && taken === null && run.text !== '' && (
        <>
          <button type="button" className="button button-primary" onClick={() => onUse(run.text, run.store)}>
            <Icon name="use" />
            {texts.use}
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={texts.dismiss}
            title={texts.dismiss}
            onClick={onDismiss}
          >
            <Icon name="close" />
          </button>
        </>
      )}
    </div>
  )
}

import type { AIRun } from '@evenkeel/client'
import { Icon } from './icons.tsx'

interface DraftActionsProps {
  readonly run: Pick<AIRun, 'phase' | 'outcome' | 'text' | 'stop' | 'signal'>
  readonly onUse: (draft: string) => void
}

/** One place, two actions in turn: stop while the draft is being written, take it when it is there. */
export function DraftActions({ run, onUse }: DraftActionsProps) {
  if (run.phase === 'waiting' || run.phase === 'streaming') {
    return (
      <button type="button" className="button draft-action" onClick={run.stop}>
        <Icon name="stop" />
        Stop
      </button>
    )
  }
  if (run.phase === 'idle' || run.text === '') return null
  return (
    <button
      type="button"
      className="button button-accent draft-action"
      onClick={() => {
        run.signal('accept')
        onUse(run.text)
      }}
    >
      <Icon name="use" />
      Use this draft
    </button>
  )
}

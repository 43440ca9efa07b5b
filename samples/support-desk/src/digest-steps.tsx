import type { AIRun } from '@evenkeel/client'
import { DIGEST_STAGES, type DigestProgress } from './digest-progress.ts'
import { Icon } from './icons.tsx'
import { useTexts } from './language.ts'

interface DigestStepsProps {
  readonly progress: DigestProgress | null
  readonly phase: AIRun['phase']
  readonly outcome: AIRun['outcome']
}

/** Three steps in one line, which keeps its height whatever is done of them. */
export function DigestSteps({ progress, phase, outcome }: DigestStepsProps) {
  const texts = useTexts().digest
  const at = progress === null ? -1 : DIGEST_STAGES.indexOf(progress.stage)
  const isWhole = outcome === 'answered' || outcome === 'degraded'
  const isOver = phase === 'settled'
  const isShown = phase === 'waiting' || phase === 'streaming' || (isOver && at === DIGEST_STAGES.length - 1)
  return (
    <ol className="digest-steps" aria-label={texts.progress} hidden={!isShown}>
      {DIGEST_STAGES.map((stage, index) => {
        const state = index < at || isWhole ? 'done' : index === at && !isOver ? 'current' : 'to-come'
        return (
          <li key={stage} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
            <span className="digest-mark">{state === 'done' && <Icon name="check" />}</span>
            {texts.stages[stage]}
            {stage === 'reading' && progress !== null && (
              <span className="digest-count">{texts.count(progress.done, progress.total)}</span>
            )}
          </li>
        )
      })}
    </ol>
  )
}

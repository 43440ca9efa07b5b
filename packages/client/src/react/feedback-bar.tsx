'use client'

import { TRIAGE_REASONS } from '@evenkeel/shared'
import { type CSSProperties, type ReactNode, useRef, useState } from 'react'
import { useSay } from './context.ts'
import { hasAnswer } from './has-answer.ts'
import { type RunSource, storeOf } from './run-source.ts'
import { baseCss } from './stylesheet.ts'
import type { Feedback } from './use-feedback.ts'
import { useFeedbackButtons } from './use-feedback-buttons.ts'
import { usePlace } from './use-place.ts'
import { useRunState } from './use-run-state.ts'
import { FEEDBACK_WORDS, type Words } from './words.ts'

export interface FeedbackBarProps {
  readonly run: RunSource
  /** Reasons for a thumbs-down, in their order; those of the triage where absent, and no second row where empty. */
  readonly reasons?: readonly string[]
  /** Words by key, such as `feedback.up` or `feedback.reasons.latency`; a reason whose word is `null` is left out. */
  readonly words?: Words
  /** A third row, reserved like the others: `<FeedbackComment>` and `<RunCode>` of `@evenkeel/client/feedback`, or your own. */
  readonly children?: (feedback: Feedback) => ReactNode
  readonly className?: string
  readonly style?: CSSProperties
}

const ROW = 'max(28px, 1.75rem)'

/**
 * Thumbs, regenerate and copy for the answer shown, and reasons for a thumbs-down. Its place is
 * reserved from the start; what is in it is loaded meanwhile, and appears with the first answer.
 *
 * @example
 * <FeedbackBar run={run} words={{ 'feedback.regenerate': 'Draft again' }} />
 */
export function FeedbackBar(props: FeedbackBarProps): ReactNode {
  const { run, reasons = TRIAGE_REASONS, words, children, className, style } = props
  const bar = useRef<HTMLDivElement>(null)
  const say = useSay(FEEDBACK_WORDS, words)
  const isAvailable = useRunState(storeOf(run), hasAnswer, false)
  const [wasAvailable, setWasAvailable] = useState(isAvailable)
  // Once there, it stays: a button that vanished under a regenerate would take the keyboard's focus along.
  if (isAvailable && !wasAvailable) setWasAvailable(true)
  const part = useFeedbackButtons(wasAvailable)
  const chips = reasons.flatMap((reason) => {
    const word = say(`feedback.reasons.${reason}`)
    return word === null ? [] : [{ reason, word }]
  })

  const rows = 1 + Number(chips.length > 0) + Number(children !== undefined)
  const minBlockSize = `calc(${rows} * ${ROW} + ${4 * (rows - 1)}px)`
  usePlace(bar, minBlockSize, baseCss)
  usePlace(bar, minBlockSize, part?.feedbackCss ?? baseCss)

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame and a legend that no reset agrees on.
    <div
      ref={bar}
      role="group"
      aria-label={say('feedback.ask') ?? undefined}
      data-evenkeel-available={isAvailable}
      className={className === undefined ? 'evenkeel-feedback' : `evenkeel-feedback ${className}`}
      style={{ minBlockSize, ...style }}
    >
      {wasAvailable && part !== null && (
        <part.FeedbackButtons run={run} say={say} chips={chips}>
          {children}
        </part.FeedbackButtons>
      )}
    </div>
  )
}

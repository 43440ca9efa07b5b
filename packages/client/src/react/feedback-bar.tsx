'use client'

import { TRIAGE_REASONS } from '@evenkeel/shared'
import { type CSSProperties, type ReactNode, useRef, useState } from 'react'
import { useSay } from './context.ts'
import { Icon, type IconName } from './feedback-icons.tsx'
import type { RunSource } from './run-source.ts'
import { evenkeelCss } from './stylesheet.ts'
import { type Feedback, useFeedback } from './use-feedback.ts'
import { usePlace } from './use-place.ts'
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
 * reserved from the start; what is in it appears with the first answer.
 *
 * @example
 * <FeedbackBar run={run} words={{ 'feedback.regenerate': 'Draft again' }} />
 */
export function FeedbackBar(props: FeedbackBarProps): ReactNode {
  const { run, reasons = TRIAGE_REASONS, words, children, className, style } = props
  const bar = useRef<HTMLDivElement>(null)
  const say = useSay(FEEDBACK_WORDS, words)
  const feedback = useFeedback(run)
  const { isAvailable, thumb, done } = feedback
  const [wasAvailable, setWasAvailable] = useState(isAvailable)
  // Once there, it stays: a button that vanished under a regenerate would take the keyboard's focus along.
  if (isAvailable && !wasAvailable) setWasAvailable(true)
  const chips = reasons.flatMap((reason) => {
    const word = say(`feedback.reasons.${reason}`)
    return word === null ? [] : [{ reason, word }]
  })

  const rows = 1 + Number(chips.length > 0) + Number(children !== undefined)
  const minBlockSize = `calc(${rows} * ${ROW} + ${4 * (rows - 1)}px)`
  usePlace(bar, minBlockSize, evenkeelCss)

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
      {wasAvailable && (
        <div className="evenkeel-row">
          <IconButton
            icon="up"
            name={say('feedback.up')}
            isPressed={thumb === 1}
            isDisabled={!isAvailable}
            onPress={() => feedback.rate(1)}
          />
          <IconButton
            icon="down"
            name={say('feedback.down')}
            isPressed={thumb === -1}
            isDisabled={!isAvailable}
            onPress={() => feedback.rate(-1)}
          />
          <IconButton icon="regenerate" name={say('feedback.regenerate')} onPress={feedback.regenerate} />
          <IconButton
            icon="copy"
            name={say('feedback.copy')}
            isDisabled={!isAvailable}
            onPress={feedback.copy}
          />
          <span className="evenkeel-said" role="status">
            {done === null ? null : say(done === 'copy' ? 'feedback.copied' : 'feedback.thanks')}
          </span>
        </div>
      )}
      {thumb === -1 && chips.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: as above.
        <div
          className="evenkeel-row evenkeel-reasons"
          role="group"
          aria-label={say('feedback.why') ?? undefined}
        >
          {chips.map(({ reason, word }) => (
            <button
              key={reason}
              type="button"
              className="evenkeel-button"
              aria-pressed={feedback.reasons.includes(reason)}
              onClick={() => feedback.toggleReason(reason)}
            >
              {word}
            </button>
          ))}
        </div>
      )}
      {wasAvailable && children && <div className="evenkeel-row">{children(feedback)}</div>}
    </div>
  )
}

interface IconButtonProps {
  readonly icon: IconName
  /** `null` leaves the button out. */
  readonly name: string | null
  readonly isPressed?: boolean
  readonly isDisabled?: boolean
  readonly onPress: () => void
}

function IconButton({ icon, name, isPressed, isDisabled = false, onPress }: IconButtonProps): ReactNode {
  if (name === null) return null
  return (
    <button
      type="button"
      className="evenkeel-button"
      aria-label={name}
      title={name}
      aria-pressed={isPressed}
      aria-disabled={isDisabled || undefined}
      onClick={onPress}
    >
      <Icon name={icon} />
    </button>
  )
}

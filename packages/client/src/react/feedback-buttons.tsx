'use client'

import type { ReactNode } from 'react'
import type { Say } from './context.ts'
import { Icon, type IconName } from './feedback-icons.tsx'
import type { RunSource } from './run-source.ts'
import { type Feedback, useFeedback } from './use-feedback.ts'

export { feedbackCss } from './feedback-stylesheet.ts'

export interface FeedbackButtonsProps {
  readonly run: RunSource
  readonly say: Say
  /** The reasons that there is a word for. */
  readonly chips: readonly { readonly reason: string; readonly word: string }[]
  /** The product's own row. */
  readonly children: ((feedback: Feedback) => ReactNode) | undefined
}

/** What is in a feedback bar. It is loaded by itself, because nobody has anything to say before the first answer. */
export function FeedbackButtons({ run, say, chips, children }: FeedbackButtonsProps): ReactNode {
  const feedback = useFeedback(run)
  const { isAvailable, thumb, done } = feedback
  return (
    <>
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
      {chips.length > 0 &&
        (thumb === -1 ? (
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
        ) : (
          // The place of the reasons, so that they do not push the row below them.
          children && <div className="evenkeel-row" />
        ))}
      {children && <div className="evenkeel-row">{children(feedback)}</div>}
    </>
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

'use client'

import { type CSSProperties, type ReactNode, useState } from 'react'
import { useSay } from './context.ts'
import type { Feedback } from './use-feedback.ts'
import { FEEDBACK_WORDS, MORE_FEEDBACK_WORDS, type Words } from './words.ts'

const COMMENT_WORDS = { ...MORE_FEEDBACK_WORDS, 'feedback.thanks': FEEDBACK_WORDS['feedback.thanks'] }

export interface FeedbackCommentProps {
  /** What the bar gives. */
  readonly feedback: Feedback
  readonly words?: Words
}

/**
 * One line in which a user may say why, after a thumb; nothing before. A comment is content: it leaves only where the
 * engine's `content` is `redacted` or `full`, so show this nowhere else.
 *
 * @example
 * <FeedbackBar run={run}>{(feedback) => <FeedbackComment feedback={feedback} />}</FeedbackBar>
 */
export function FeedbackComment({ feedback, words }: FeedbackCommentProps): ReactNode {
  const say = useSay(COMMENT_WORDS, words)
  const [text, setText] = useState('')
  const [isSent, setIsSent] = useState(false)
  // Words that were begun on one answer are no words on the next.
  if (feedback.thumb === 0 && (text !== '' || isSent)) {
    setText('')
    setIsSent(false)
  }
  const question = say('feedback.comment')
  // In the field's own place, where it moves nothing.
  const thanks = say('feedback.thanks')
  if (feedback.thumb === 0 || question === null) return null
  const send = () => {
    if (text.trim() === '') return
    feedback.comment(text)
    setText('')
    setIsSent(true)
  }
  // No form: the product's own may stand around it, and forms do not nest.
  return (
    <>
      <input
        aria-label={question}
        placeholder={(isSent && thanks) || question}
        maxLength={MAX_LENGTH}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setIsSent(false)
        }}
        onKeyDown={(event) => {
          // The key that ends a composition is not one that sends.
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          send()
        }}
        style={FIELD}
      />
      <button type="button" className="evenkeel-button" style={{ opacity: 1 }} onClick={send}>
        {say('feedback.send')}
      </button>
      <div className="evenkeel-status" role="status">
        {isSent ? thanks : null}
      </div>
    </>
  )
}

const FIELD = {
  flex: '1 1 8rem',
  minInlineSize: 0,
  maxInlineSize: '28rem',
  blockSize: '100%',
  boxSizing: 'border-box',
  paddingInline: 8,
  border: '1px solid color-mix(in srgb, currentColor 35%, transparent)',
  borderRadius: 'var(--evenkeel-radius, 6px)',
  background: 'none',
  font: 'inherit',
  color: 'inherit',
} as const satisfies CSSProperties

/** Longer ones are letters, not comments. */
const MAX_LENGTH = 2_000

'use client'

import { type CSSProperties, type ReactNode, useState } from 'react'
import { useSay } from './context.ts'
import type { Feedback } from './use-feedback.ts'
import { MORE_FEEDBACK_WORDS, type Words } from './words.ts'

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
  const say = useSay(MORE_FEEDBACK_WORDS, words)
  const [text, setText] = useState('')
  const question = say('feedback.comment')
  if (feedback.thumb === 0 || question === null) return null
  const send = () => {
    if (text.trim() === '') return
    feedback.comment(text)
    setText('')
  }
  // No form: the product's own may stand around it, and forms do not nest.
  return (
    <>
      <input
        aria-label={question}
        placeholder={question}
        maxLength={MAX_LENGTH}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          // The key that ends a composition is not one that sends.
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          send()
        }}
        style={FIELD}
      />
      <button type="button" className="evenkeel-button" onClick={send}>
        {say('feedback.send')}
      </button>
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

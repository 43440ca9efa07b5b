'use client'

import { type CSSProperties, createElement, type ReactNode, useRef } from 'react'
import { attachAnswer } from '../render/attach-answer.ts'
import type { Run } from '../run/run.ts'
import { useSay } from './context.ts'
import { Fallback } from './fallback.tsx'
import { type RunSource, storeOf } from './run-source.ts'
import { baseCss } from './stylesheet.ts'
import { useIsomorphicLayoutEffect, usePlace } from './use-place.ts'
import { useRunState } from './use-run-state.ts'
import { ANSWER_WORDS, type Words } from './words.ts'

export interface StreamedTextProps {
  readonly run: RunSource
  /** The element around the answer; `div` where absent. */
  readonly as?: 'div' | 'section' | 'article' | 'blockquote'
  /** What the product offers without AI, shown where the answer is omitted or the feature is off. */
  readonly fallback?: ReactNode
  /** Words of this place: `answer.writing` and `answer.ready`, told to screen readers. */
  readonly words?: Words
  readonly className?: string
  readonly style?: CSSProperties
}

/**
 * The answer as it streams in, as text. It reserves the lines of its feature's `reserveLines`, writes
 * straight into the page at most once a frame, and renders neither itself nor its parent for a token.
 *
 * @example
 * <StreamedText run={run} fallback={<a href="/templates">Choose a template</a>} />
 */
export function StreamedText(props: StreamedTextProps): ReactNode {
  const { run, as = 'div', fallback, words, className, style } = props
  const store = storeOf(run)
  const say = useSay(ANSWER_WORDS, words)
  const root = useRef<HTMLElement>(null)
  const text = useRef<HTMLDivElement>(null)
  const status = useRef<HTMLDivElement>(null)
  const isOmitted = useRunState(store, isWithoutAnswer, false)
  const sayNow = useRef(say)
  const minBlockSize = `max(${store.feature.reserveLines}lh, var(--evenkeel-floor, 0px))`

  // First, so that what the next effect writes is measured with its styles.
  usePlace(root, minBlockSize, baseCss)
  useIsomorphicLayoutEffect(() => {
    sayNow.current = say
  })
  useIsomorphicLayoutEffect(() => {
    if (root.current === null || text.current === null) return
    return attachAnswer(
      store,
      { root: root.current, text: text.current, status: status.current },
      {
        announcements: () => ({
          writing: sayNow.current('answer.writing'),
          ready: sayNow.current('answer.ready'),
        }),
      },
    )
  }, [store, as])

  return createElement(
    as,
    {
      ref: root,
      className: className === undefined ? 'evenkeel-answer' : `evenkeel-answer ${className}`,
      style: { minBlockSize, ...style },
      // Both change with the text, in its frame; React is told the first value only and leaves the rest alone.
      'data-evenkeel-phase': 'idle',
    },
    <div ref={text} className="evenkeel-text" aria-busy={false} />,
    <div ref={status} className="evenkeel-status" role="status" />,
    isOmitted ? <Fallback place={root}>{fallback}</Fallback> : null,
  )
}

function isWithoutAnswer({ state }: Run): boolean {
  return state.outcome === 'omitted' || state.outcome === 'disabled'
}

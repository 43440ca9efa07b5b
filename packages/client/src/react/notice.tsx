'use client'

import { type CSSProperties, type ReactNode, useContext, useRef } from 'react'
import type { Run } from '../run/run.ts'
import { DeckContext } from './context.ts'
import { noticeInWords } from './notice-in-words.ts'
import { type RunSource, storeOf } from './run-source.ts'
import { baseCss } from './stylesheet.ts'
import { usePlace } from './use-place.ts'
import { useRunState } from './use-run-state.ts'
import type { Words } from './words.ts'

export interface NoticeProps {
  readonly run: RunSource
  /** Words by moment; `null` is silence. */
  readonly words?: Words
  readonly className?: string
  readonly style?: CSSProperties
}

/** The height of its line in the stylesheet. */
const LINE = '1.25rem'

/**
 * One modest line with the words for the run's moment. Its line is there from the start, so nothing
 * moves when it speaks.
 *
 * @example
 * <Notice run={run} words={{ slow: 'Still on it.', disclosure: null }} />
 */
export function Notice({ run, words, className, style }: NoticeProps): ReactNode {
  const line = useRef<HTMLDivElement>(null)
  const deck = useContext(DeckContext)
  const store = storeOf(run)
  const moment = useRunState(store, momentOf, null)
  const said = useRunState(store, (now) => noticeInWords(now, deck, words), null)
  usePlace(line, LINE, baseCss)
  return (
    <div
      ref={line}
      role="status"
      className={className === undefined ? 'evenkeel-notice' : `evenkeel-notice ${className}`}
      style={{ minBlockSize: LINE, ...style }}
      data-evenkeel-moment={moment ?? undefined}
    >
      {said}
    </div>
  )
}

function momentOf({ state }: Run) {
  return state.moment
}

'use client'

import { useState } from 'react'
import type { Run } from '../run/run.ts'
import { hasAnswer } from './has-answer.ts'
import { type RunSource, storeOf } from './run-source.ts'
import { useRunState } from './use-run-state.ts'

/** 1 up, -1 down, 0 none given or withdrawn. */
export type Thumb = 1 | -1 | 0

/** What has been said of the answer shown, and what can be. */
export interface Feedback {
  /** True where there is an answer to speak of; nothing below has an effect where it is false, but `regenerate`. */
  readonly isAvailable: boolean
  readonly thumb: Thumb
  readonly reasons: readonly string[]
  /** What was done last, to be answered in words. */
  readonly done: 'thumbs' | 'copy' | null
  /** Gives a thumb; the same one again withdraws it. */
  rate(thumb: 1 | -1): void
  /** Names a reason of a thumbs-down; the same one again takes it back. */
  toggleReason(reason: string): void
  /** Says the thumb once more with the user's own words, which are kept only where the engine's `content` allows it. */
  comment(text: string): void
  regenerate(): void
  /** The user took the answer; where it is edited first, `trackEdits` says how far as well. */
  accept(): void
  /** The user wants none of it. */
  dismiss(): void
  /** The user says that somebody should look at it. */
  report(): void
  /** Puts the answer on the clipboard; where the browser refuses, nothing is recorded. */
  copy(): Promise<void>
}

interface Said {
  readonly runId: string | null
  readonly thumb: Thumb
  readonly reasons: readonly string[]
  readonly comment: string
  readonly done: Feedback['done']
}

const NOTHING_SAID = { thumb: 0, reasons: [], comment: '', done: null } as const satisfies Omit<Said, 'runId'>

/** Feedback on a run without a look of its own; `<FeedbackBar>` is drawn on it. */
export function useFeedback(source: RunSource): Feedback {
  const run = storeOf(source)
  const isAvailable = useRunState(run, hasAnswer, false)
  const runId = useRunState(run, idOf, null)
  const [last, setLast] = useState<Said>({ runId, ...NOTHING_SAID })
  // What was said belongs to the answer it was said of.
  const said: Said = last.runId === runId ? last : { runId, ...NOTHING_SAID }

  const sendThumb = (thumb: Thumb, reasons: readonly string[], comment = said.comment): void => {
    run.signal('thumbs', { value: thumb, reasons, ...(comment && thumb && { comment }) })
    setLast({ runId, thumb, reasons, comment, done: thumb === 0 ? null : 'thumbs' })
  }
  const tell = (kind: 'accept' | 'dismiss' | 'report') => () => {
    if (isAvailable) run.signal(kind)
  }
  return {
    isAvailable,
    thumb: said.thumb,
    reasons: said.reasons,
    done: said.done,
    rate(thumb) {
      if (isAvailable) sendThumb(said.thumb === thumb ? 0 : thumb, [])
    },
    toggleReason(reason) {
      if (!isAvailable || said.thumb !== -1) return
      const without = said.reasons.filter((each) => each !== reason)
      sendThumb(-1, without.length < said.reasons.length ? without : [...said.reasons, reason])
    },
    comment(text) {
      if (isAvailable) sendThumb(said.thumb, said.reasons, text)
    },
    regenerate() {
      run.regenerate()
    },
    accept: tell('accept'),
    dismiss: tell('dismiss'),
    report: tell('report'),
    async copy() {
      if (!isAvailable) return
      try {
        await navigator.clipboard.writeText(run.text)
      } catch {
        // No permission, or no clipboard on an insecure page: the user sees that nothing was copied.
        return
      }
      run.signal('copy')
      setLast((now) => ({ ...(now.runId === runId ? now : { runId, ...NOTHING_SAID }), done: 'copy' }))
    },
  }
}

function idOf({ state }: Run): string | null {
  return state.runId
}

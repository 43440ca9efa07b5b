'use client'

import { encodeRunCode } from '@evenkeel/shared'
import { type ReactNode, useState } from 'react'
import { useSay } from './context.ts'
import { type RunSource, storeOf } from './run-source.ts'
import { useRunState } from './use-run-state.ts'
import { FEEDBACK_WORDS, MORE_FEEDBACK_WORDS, type Words } from './words.ts'

const CODE_WORDS = { ...MORE_FEEDBACK_WORDS, 'feedback.copied': FEEDBACK_WORDS['feedback.copied'] }

export interface RunCodeProps {
  readonly run: RunSource
  readonly words?: Words
  readonly className?: string
}

/**
 * The code of the answer shown, as a button that copies it: who reads it out to support, or sends a picture of the
 * screen, leads them to the run. Nothing before the first run.
 *
 * @example
 * <FeedbackBar run={run}>{() => <RunCode run={run} />}</FeedbackBar>
 */
export function RunCode({ run, words, className }: RunCodeProps): ReactNode {
  const runId = useRunState(storeOf(run), ({ state }) => state.runId, null)
  const say = useSay(CODE_WORDS, words)
  const [copied, setCopied] = useState<string | null>(null)
  if (runId === null) return null
  const code = encodeRunCode(runId)
  const says = say('feedback.code')
  const name = says === null ? undefined : `${says}: ${code}`

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code)
      setCopied(runId)
    } catch {
      // No permission, or no clipboard on an insecure page; the code can be selected and read.
    }
  }
  return (
    <>
      <button
        type="button"
        className={className === undefined ? 'evenkeel-button' : `evenkeel-button ${className}`}
        aria-label={name}
        title={name}
        style={{ opacity: 1, fontVariantNumeric: 'tabular-nums', letterSpacing: '0.02em' }}
        onClick={copy}
      >
        <span dir="ltr">{code}</span>
      </button>
      <span className="evenkeel-said" role="status">
        {copied === runId ? say('feedback.copied') : null}
      </span>
    </>
  )
}

'use client'

import { type ReactNode, useRef } from 'react'
import { speakAnswer } from '../render/speak-answer.ts'
import { type RunSource, storeOf } from './run-source.ts'
import { baseCss } from './stylesheet.ts'
import { useIsomorphicLayoutEffect, usePlace } from './use-place.ts'

export interface SpokenAnswerProps {
  readonly run: RunSource
}

/**
 * Reads the answer to screen readers while it streams, sentence by sentence. It is a choice, best the user's own: by
 * itself an answer only says that its writing has begun and that it is ready. Nothing of it is seen. A page that does
 * not use it loads nothing of it.
 *
 * @example
 * <StreamedText run={run} />
 * {settings.readAloud && <SpokenAnswer run={run} />}
 */
export function SpokenAnswer({ run }: SpokenAnswerProps): ReactNode {
  const store = storeOf(run)
  const region = useRef<HTMLDivElement>(null)
  usePlace(region, '', baseCss)
  useIsomorphicLayoutEffect(() => {
    if (region.current !== null) return speakAnswer(store, region.current)
  }, [store])
  return <div ref={region} className="evenkeel-status" role="log" />
}

'use client'

import { useMemo, useSyncExternalStore } from 'react'
import { type FrameScheduler, pageFrames } from '../render/frame-scheduler.ts'
import type { Run } from '../run/run.ts'
import { type RunSource, storeOf } from './run-source.ts'

/**
 * The visible text as React state, at most once a frame: for those who draw it themselves. The
 * component renders in every frame that brings text; `<StreamedText>` does not.
 *
 * @example
 * const text = useRunText(run)
 * return <Markdown>{text}</Markdown>
 */
export function useRunText(run: RunSource): string {
  const store = storeOf(run)
  const { subscribe, text } = useMemo(() => createFrameText(store, pageFrames), [store])
  return useSyncExternalStore(subscribe, text, noText)
}

// A server shows no answer, and the first render in the browser must be the server's.
const noText = (): string => ''

/** A run's text as it was in the last frame, so that a render in between does not see half a frame. */
function createFrameText(run: Run, frames: FrameScheduler) {
  const listeners = new Set<() => void>()
  let shown = run.text
  let unsubscribe: (() => void) | null = null
  const flush = (): void => {
    shown = run.text
    for (const listener of listeners) listener()
  }
  return {
    text: () => shown,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      if (unsubscribe === null) {
        shown = run.text
        unsubscribe = run.subscribeText(() => frames.schedule(flush))
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        unsubscribe?.()
        unsubscribe = null
        frames.cancel(flush)
      }
    },
  }
}

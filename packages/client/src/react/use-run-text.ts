'use client'

import type { Run } from '../run/run.ts'
import { type RunSource, storeOf } from './run-source.ts'
import { type FrameSource, useFrameValue } from './use-frame-value.ts'

/**
 * The visible text as React state, at most once a frame: for those who draw it themselves. The
 * component renders in every frame that brings text; `<StreamedText>` does not.
 *
 * @example
 * const text = useRunText(run)
 * return <Markdown>{text}</Markdown>
 */
export function useRunText(run: RunSource): string {
  return useFrameValue(storeOf(run), textOf, noText)
}

const textOf = (run: Run): FrameSource<string> => ({ read: () => run.text, subscribe: run.subscribeText })

// A server shows no answer, and the first render in the browser must be the server's.
const noText = (): string => ''

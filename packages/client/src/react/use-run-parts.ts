'use client'

import type { Part } from '../render/parts/part.ts'
import { readParts } from '../render/read-parts.ts'
import type { Run } from '../run/run.ts'
import { type RunSource, storeOf } from './run-source.ts'
import { type FrameSource, useFrameValue } from './use-frame-value.ts'

/**
 * The answer in parts as React state, at most once a frame: text, reasoning, tool calls with their
 * state, sources, files and data. Parts that did not change are the same objects, so memoise what draws
 * one. A page that does not use this hook loads nothing of it.
 *
 * @example
 * const parts = useRunParts(run)
 * return parts.map((part) => <PartView key={part.key} part={part} />)
 */
export function useRunParts(run: RunSource): readonly Part[] {
  return useFrameValue(storeOf(run), partsOf, noParts)
}

const partsOf = (run: Run): FrameSource<readonly Part[]> => ({
  read: () => readParts(run),
  subscribe: run.subscribeContent,
  subscribeState: run.subscribe,
})

const NO_PARTS: readonly Part[] = []
const noParts = (): readonly Part[] => NO_PARTS

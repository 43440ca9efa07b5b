'use client'

import { readObject } from '../render/read-object.ts'
import type { Run } from '../run/run.ts'
import type { DeepPartial } from '../stream/object/deep-partial.ts'
import { type RunSource, storeOf } from './run-source.ts'
import { type FrameSource, useFrameValue } from './use-frame-value.ts'

/**
 * The structured answer as React state, as far as it has arrived, at most once a frame; once settled, the
 * one that passed the feature's schema. Subtrees that did not change are the same objects, so that
 * memoised rows do not render again. A page that does not use this hook loads nothing of it.
 *
 * @example
 * const plan = useRunObject(run) // DeepPartial of the feature's output
 * return plan?.steps?.map((step, index) => <Step key={index} step={step} />)
 */
export function useRunObject<Output>(run: RunSource<Output>): DeepPartial<Output> | undefined {
  return useFrameValue<Run<unknown, Output>, DeepPartial<Output> | undefined>(storeOf(run), objectOf, nothing)
}

const objectOf = <Output>(run: Run<unknown, Output>): FrameSource<DeepPartial<Output> | undefined> => ({
  read: () => readObject(run),
  subscribe: run.subscribeContent,
  subscribeState: run.subscribe,
})

const nothing = (): undefined => undefined

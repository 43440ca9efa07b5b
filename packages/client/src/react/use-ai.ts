'use client'

import type { Feature } from '@evenkeel/shared'
import { useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { DeckContext, type RunMaker, useEngine } from './context.ts'
import { type AIRun, createRunSlot, type RunSlot } from './run-slot.ts'

interface Place<Input, Output, Capability extends string> {
  readonly engine: RunMaker
  readonly featureId: string
  readonly slot: RunSlot<Input, Output, Capability>
}

/**
 * A run of the feature for this place in the interface. The component renders when the run's state
 * changes, a handful of times however long the answer is; it never renders for a token, and once a frame only
 * where it reads `run.parts` or `run.object`. When it unmounts, a running answer is aborted or goes on, as the feature's `onUnmount` says.
 *
 * @example
 * const run = useAI(draftReply)
 * return <button onClick={() => run.start(ticket)}>Draft a reply</button>
 */
export function useAI<Input, Output, Capability extends string>(
  feature: Feature<Input, Output, Capability>,
): AIRun<Input, Output, Capability> {
  const engine = useEngine()
  const deck = useContext(DeckContext)
  const [place, setPlace] = useState<Place<Input, Output, Capability>>(() => createPlace(engine, feature))
  // By id, not by identity: a hot reload, or a feature defined inside a component, is the same feature.
  const isSame = place.engine === engine && place.featureId === feature.id
  const current = isSame ? place : createPlace(engine, feature)
  if (!isSame) setPlace(current)
  const { slot } = current

  useEffect(() => slot.define(feature), [slot, feature])
  useEffect(() => slot.mount(), [slot])
  const handle = () => slot.handle(deck)
  return useSyncExternalStore(slot.subscribe, handle, handle)
}

function createPlace<Input, Output, Capability extends string>(
  engine: RunMaker,
  feature: Feature<Input, Output, Capability>,
): Place<Input, Output, Capability> {
  return {
    engine,
    featureId: feature.id,
    slot: createRunSlot((latest) => engine.createRun(latest), feature),
  }
}

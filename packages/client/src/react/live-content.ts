import type { FrameScheduler } from '../render/frame-scheduler.ts'
import type { Part } from '../render/parts/part.ts'
import { readObject } from '../render/read-object.ts'
import { readParts } from '../render/read-parts.ts'
import type { Run, RunState } from '../run/run.ts'

/** What was made of an answer as it stood in the last frame; `renderAnew` is called in the next one that brings more. */
export interface LiveContent {
  parts(run: Run, renderAnew: () => void, frames: FrameScheduler): readonly Part[]
  object(run: Run, renderAnew: () => void, frames: FrameScheduler): unknown
}

export const liveContent: LiveContent = {
  parts: createReading(readParts),
  object: createReading(readObject),
}

interface Reading<Value> {
  shown: Value
  stateSeen: RunState | null
  isWatching: boolean
}

/** Watches for as long as it is read: a component that reads it no more, or has gone, hears of one more frame at most. */
function createReading<Value>(readNow: (run: Run) => Value) {
  const readings = new WeakMap<Run, Reading<Value>>()
  return (run: Run, renderAnew: () => void, frames: FrameScheduler): Value => {
    const reading = readings.get(run) ?? { shown: readNow(run), stateSeen: null, isWatching: false }
    readings.set(run, reading)
    // What the state says must be seen at once: the checked answer comes with it.
    if (!reading.isWatching || reading.stateSeen !== run.state) reading.shown = readNow(run)
    reading.stateSeen = run.state
    if (!reading.isWatching) watch(run, reading, renderAnew, frames)
    return reading.shown
  }
}

function watch(run: Run, reading: Reading<unknown>, renderAnew: () => void, frames: FrameScheduler): void {
  reading.isWatching = true
  const flush = (): void => {
    unsubscribe()
    reading.isWatching = false
    renderAnew()
  }
  const unsubscribe = run.subscribeContent(() => frames.schedule(flush))
}

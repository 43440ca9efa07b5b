import { useMemo, useSyncExternalStore } from 'react'
import { type FrameScheduler, pageFrames } from '../render/frame-scheduler.ts'

/** What of a run is shown, and when it changes. */
export interface FrameSource<Value> {
  /** What is to be shown now; the same value where nothing changed. */
  readonly read: () => Value
  /** Calls back on every arrival, which waits for the next frame. */
  readonly subscribe: (listener: () => void) => () => void
  /** Calls back on what must be seen at once. */
  readonly subscribeState?: (listener: () => void) => () => void
}

/**
 * A value that changes with every token, as React state that changes at most once a frame. `initially`
 * is what a server renders, and the browser at first.
 */
export function useFrameValue<Key extends object, Value>(
  key: Key,
  sourceOf: (key: Key) => FrameSource<Value>,
  initially: () => Value,
): Value {
  const { subscribe, value } = useMemo(() => createFrameValue(sourceOf(key), pageFrames), [key, sourceOf])
  return useSyncExternalStore(subscribe, value, initially)
}

/** The value as it was in the last frame, so that a render in between does not see half a frame. */
function createFrameValue<Value>(source: FrameSource<Value>, frames: FrameScheduler) {
  const listeners = new Set<() => void>()
  let shown = source.read()
  let unsubscribe: (() => void)[] = []
  const flush = (): void => {
    shown = source.read()
    for (const listener of listeners) listener()
  }
  return {
    value: () => shown,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      if (unsubscribe.length === 0) {
        shown = source.read()
        unsubscribe = [
          source.subscribe(() => frames.schedule(flush)),
          source.subscribeState?.(flush) ?? (() => {}),
          () => frames.cancel(flush),
        ]
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        for (const each of unsubscribe) each()
        unsubscribe = []
      }
    },
  }
}

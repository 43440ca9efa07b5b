import { useCallback, useSyncExternalStore } from 'react'
import type { Run } from '../run/run.ts'

/**
 * What `select` sees of the run; renders when that changes, so it must give a value that `Object.is` can
 * compare. `initially` is what it sees of a run that was never started: what a server renders.
 */
export function useRunState<T>(run: Run, select: (run: Run) => T, initially: T): T {
  const subscribe = useCallback((listener: () => void) => run.subscribe(listener), [run])
  return useSyncExternalStore(
    subscribe,
    () => select(run),
    () => initially,
  )
}

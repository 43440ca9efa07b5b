/** Times the parts of an answer before its first byte. */
export interface Stages {
  /** Starts a stage; call the result where it ends. Calling it again has no effect. */
  start(name: string): () => void
  /** Times one call, whether it succeeds or throws. */
  time<T>(name: string, work: () => T | Promise<T>): Promise<T>
  /** Milliseconds of each stage that has ended; a stage that ran twice is added up. */
  ended(): Record<string, number>
}

/** @param now milliseconds of a clock that never goes back */
export function createStages(now: () => number): Stages {
  const totals = new Map<string, number>()
  function start(name: string): () => void {
    const startedMs = now()
    let isRunning = true
    return () => {
      if (!isRunning) return
      isRunning = false
      totals.set(name, (totals.get(name) ?? 0) + now() - startedMs)
    }
  }
  return {
    start,
    async time(name, work) {
      const end = start(name)
      try {
        return await work()
      } finally {
        end()
      }
    },
    ended: () => Object.fromEntries(totals),
  }
}

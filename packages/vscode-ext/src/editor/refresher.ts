/** Asks again when told to, one question at a time. */
export interface Refresher {
  /** Asks now; while a question is open, once more after it, however often it was called. */
  refresh(): Promise<void>
}

/**
 * Changes come up to four times a second and a question may take longer than that: questions never
 * overlap, none is skipped at the end, and an older answer never overtakes a newer one.
 */
export function createRefresher(ask: () => Promise<void>): Refresher {
  let running: Promise<void> | null = null
  let again: Promise<void> | null = null
  const start = (): Promise<void> => {
    running = ask().finally(() => {
      running = null
    })
    return running
  }
  return {
    refresh() {
      if (running === null) return start()
      again ??= running
        .catch(() => undefined)
        .then(() => {
          again = null
          return start()
        })
      return again
    },
  }
}

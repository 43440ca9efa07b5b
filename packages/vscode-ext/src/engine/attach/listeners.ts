/** Those who want to hear of something. One that throws keeps nobody else from hearing. */
export interface Listeners<T> {
  /** Returns how to stop listening. */
  add(listener: (told: T) => void): () => void
  tell(told: T): void
}

export function createListeners<T>(): Listeners<T> {
  const listeners = new Set<(told: T) => void>()
  return {
    add(listener) {
      // A function of its own, so that one listener added twice is two.
      const own = (told: T) => listener(told)
      listeners.add(own)
      return () => listeners.delete(own)
    },
    tell(told) {
      for (const listener of listeners) {
        try {
          listener(told)
        } catch (error) {
          queueMicrotask(() => {
            throw error
          })
        }
      }
    },
  }
}

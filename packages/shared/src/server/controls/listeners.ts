/** Those who want to hear of changes. One that throws does not keep the others from hearing. */
export interface Listeners {
  add(listener: () => void): () => void
  notify(): void
}

export function createListeners(onError: (error: unknown) => void): Listeners {
  const listeners = new Set<() => void>()
  return {
    add(listener) {
      // A wrapper of its own, so that one function added twice is removed once.
      const own = () => listener()
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    notify() {
      for (const listener of [...listeners]) {
        try {
          listener()
        } catch (error) {
          onError(error)
        }
      }
    },
  }
}

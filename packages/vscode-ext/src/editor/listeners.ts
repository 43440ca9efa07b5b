/** Those who want to know; the same shape as VS Code's events, without VS Code. */
export interface Listeners<T> {
  /** Returns the unsubscribe. */
  add(listener: (value: T) => void): () => void
  tell(value: T): void
}

export function createListeners<T = void>(): Listeners<T> {
  const listeners = new Set<{ readonly hear: (value: T) => void }>()
  return {
    add(hear) {
      const entry = { hear }
      listeners.add(entry)
      return () => listeners.delete(entry)
    },
    tell(value) {
      for (const { hear } of [...listeners]) hear(value)
    },
  }
}

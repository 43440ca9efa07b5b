/** Where the state of health outlives a page, and how tabs hear of each other. Texts under keys. */
export interface HealthStorage {
  read(key: string): string | null
  write(key: string, text: string): void
  remove(key: string): void
  keys(): readonly string[]
  /** Called when another tab has written; returns the unsubscribe. */
  onChange(key: string, listener: () => void): () => void
}

/** Keeps nothing past the page. */
export function createMemoryHealthStorage(): HealthStorage {
  const texts = new Map<string, string>()
  return {
    read: (key) => texts.get(key) ?? null,
    write: (key, text) => void texts.set(key, text),
    remove: (key) => void texts.delete(key),
    keys: () => [...texts.keys()],
    onChange: () => () => {},
  }
}

/** The browser's own storage, whose tabs see each other's words at once; memory where it is blocked. */
export function browserHealthStorage(): HealthStorage {
  try {
    const storage = globalThis.localStorage
    const probe = 'evenkeel.probe'
    // Reading may be allowed where writing is not: in some private windows, and where the quota is spent.
    storage.setItem(probe, '')
    storage.removeItem(probe)
    return {
      read: (key) => storage.getItem(key),
      write: (key, text) => storage.setItem(key, text),
      remove: (key) => storage.removeItem(key),
      keys: () => Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? ''),
      onChange(key, listener) {
        const heard = (event: StorageEvent) => {
          if (event.storageArea === storage && (event.key === key || event.key === null)) listener()
        }
        globalThis.addEventListener('storage', heard)
        return () => globalThis.removeEventListener('storage', heard)
      },
    }
  } catch {
    return createMemoryHealthStorage()
  }
}

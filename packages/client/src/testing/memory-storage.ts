import type { Entry } from '../telemetry/entry.ts'
import type { TelemetryStorage } from '../telemetry/storage.ts'

/** What the pages of one origin share, in memory. */
export interface MemoryOrigin {
  readonly entries: ReadonlyMap<string, Entry>
  /** One page's way to it. */
  open(): TelemetryStorage
  /** As when the user blocks storage: nothing can be written or read. */
  block(isBlocked: boolean): void
  /** As in a browser without Web Locks, where nobody knows who is here. */
  setLocks(hasLocks: boolean): void
}

/** Makes an origin whose storage is this object: every engine that gets its `open()` is one of its pages. */
export function createMemoryOrigin(): MemoryOrigin {
  const entries = new Map<string, Entry>()
  const present = new Set<string>()
  const queues = new Map<string, Promise<unknown>>()
  let isBlocked = false
  let hasLocks = true

  return {
    entries,
    block(nowBlocked) {
      isBlocked = nowBlocked
    },
    setLocks(hasLocksNow) {
      hasLocks = hasLocksNow
    },
    open: () => ({
      async write(puts, removedKeys = []) {
        if (isBlocked) throw new DOMException('The user denied it.', 'SecurityError')
        for (const entry of puts) entries.set(entry.key, structuredClone(entry))
        for (const key of removedKeys) entries.delete(key)
      },
      async all() {
        if (isBlocked) throw new DOMException('The user denied it.', 'SecurityError')
        return [...entries.values()]
      },
      stay(owner) {
        present.add(owner)
        return { known: Promise.resolve(), leave: () => void present.delete(owner) }
      },
      present: async () => (hasLocks ? new Set(present) : null),
      async alone(name, work) {
        if (!hasLocks) return work()
        const before = queues.get(name) ?? Promise.resolve()
        const mine = before.then(work, work)
        queues.set(name, mine)
        return mine
      },
    }),
  }
}

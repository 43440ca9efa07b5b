import type { Entry } from './entry.ts'
import { entryDatabase } from './entry-database.ts'
import type { TelemetryStorage } from './storage.ts'

const PREFIX = 'evenkeel.'

/** A page holds a lock for as long as it is here, and the browser lets go of it however the page ends. */
const PAGE = `${PREFIX}page.`

/**
 * IndexedDB for what is kept, Web Locks for who is here. Without locks (old browsers, plain HTTP) nobody
 * waits for anybody: what is sent twice then is told from its ids.
 */
export function browserStorage(): TelemetryStorage {
  const transact = entryDatabase()
  // Both are missing in Node, and asking for either throws where the user blocks storage.
  const locks = () => globalThis.navigator?.locks
  return {
    write: (puts, removedKeys = []) =>
      transact('readwrite', (entries) => {
        for (const entry of puts) entries.put(entry)
        for (const key of removedKeys) entries.delete(key)
        return undefined
      }),
    all: () => transact<Entry[]>('readonly', (entries) => entries.getAll()).then((found) => found ?? []),
    stay(owner) {
      let leave = () => {}
      let isStaying = true
      const enter = () =>
        new Promise<void>((known) => {
          const isHere = new Promise<void>((left) => {
            leave = left
          })
          Promise.resolve()
            .then(() =>
              locks()?.request(PAGE + owner, () => {
                known()
                return isHere
              }),
            )
            .finally(known)
            .catch(() => {})
        })
      // A page that holds a lock is not kept for the way back; https://web.dev/articles/bfcache
      globalThis.addEventListener?.('pagehide', () => leave())
      globalThis.addEventListener?.('pageshow', ({ persisted }) => {
        if (persisted && isStaying) void enter()
      })
      const known = enter()
      return {
        known,
        leave() {
          isStaying = false
          leave()
        },
      }
    },
    async present() {
      try {
        const { held } = (await locks()?.query()) ?? {}
        if (held === undefined) return null
        return new Set(held.map(({ name = '' }) => name.slice(PAGE.length)))
      } catch {
        return null
      }
    },
    async alone(name, work) {
      let begun: ReturnType<typeof work> | undefined
      const once = () => {
        begun ??= work()
        return begun
      }
      try {
        await locks()?.request(PREFIX + name, once)
      } catch {
        // No locks, or the work's own failure, which it tells itself.
      }
      return once()
    },
  }
}

type Mode = 'readonly' | 'readwrite'

/** Does some work on the entries as one transaction, and resolves with what its last request found. */
export type Transact = <Found>(
  mode: Mode,
  work: (entries: IDBObjectStore) => IDBRequest<Found> | undefined,
) => Promise<Found | undefined>

const NAME = 'evenkeel'
const STORE = 'telemetry'

/**
 * The entries in IndexedDB. By hand, because it is two calls: `idb` would weigh three times as much, in
 * every page's first run.
 */
export function entryDatabase(): Transact {
  let opening: Promise<IDBDatabase | null> | null = null

  function open(): Promise<IDBDatabase | null> {
    opening ??= new Promise<IDBDatabase | null>((resolve, reject) => {
      // Only where there is no browser; one that blocks storage throws, and the run is not journaled.
      if (!('indexedDB' in globalThis)) return resolve(null)
      const request = indexedDB.open(NAME, 1)
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' })
      request.onerror = () => reject(request.error)
      request.onsuccess = () => {
        const database = request.result
        database.onclose = forget
        // A later version of this library wants to change it.
        database.onversionchange = () => {
          database.close()
          forget()
        }
        resolve(database)
      }
    }).catch((error: unknown) => {
      // It may work the next time.
      forget()
      throw error
    })
    return opening
  }

  function forget(): void {
    opening = null
  }

  return async (mode, work) => {
    const database = await open()
    if (database === null) return
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode)
      const request = work(transaction.objectStore(STORE))
      transaction.oncomplete = () => resolve(request?.result)
      transaction.onabort = () => reject(transaction.error)
    })
  }
}

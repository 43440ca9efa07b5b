import type { Page } from 'playwright-core'

/** One record of a database as it lies there. */
export interface RawRecord {
  readonly key: string
  /** Whom the record itself names, in whatever form. */
  readonly scope: string
  /** All of it. */
  readonly text: string
  /** What an entry of the queue is about: a run, a signal. Absent elsewhere. */
  readonly kind?: string
  readonly id?: string
}

/** What a browser holds of a product. */
export interface RawStorage {
  readonly queue: readonly RawRecord[]
  readonly answers: readonly RawRecord[]
  readonly local: Readonly<Record<string, string>>
}

/** Reads it by the browser's own means, from a page of the product that has none of the library. */
export function readRawStorage(page: Page): Promise<RawStorage> {
  return page.evaluate(async () => {
    const done = <Result>(request: IDBRequest<Result>) =>
      new Promise<Result>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    // One that is not there would be made by the mere look at it, and without its stores.
    const there = (await indexedDB.databases()).map(({ name }) => name)
    const recordsOf = async (name: string, store: string) => {
      if (!there.includes(name)) return []
      const database = await done(indexedDB.open(name))
      try {
        const all = await done(database.transaction(store).objectStore(store).getAll())
        return all.map((record) => ({ ...record, text: JSON.stringify(record) }))
      } finally {
        database.close()
      }
    }
    return {
      queue: await recordsOf('evenkeel', 'telemetry'),
      answers: await recordsOf('evenkeel.answers', 'answers'),
      local: { ...localStorage },
    }
  })
}

import type { AnswerStore, KeptAnswer } from './kept-answer.ts'
import { createMemoryAnswers } from './memory-answers.ts'

export interface IndexedDBAnswersOptions {
  /** How long an answer is kept at most, whatever the ladder's step allows; a day where absent. */
  readonly maxAgeMs?: number
  /** Another name for a second product on the same origin. */
  readonly name?: string
  readonly epochMs?: () => number
}

/** Answers in IndexedDB. */
export interface IndexedDBAnswers extends AnswerStore {
  /** Throws everything away, as at a sign-out on a page that shows no feature; resolves with how many there were. */
  clear(): Promise<number>
}

const DAY_MS = 24 * 3_600_000
const ANSWERS = 'answers'

/**
 * Keeps answers past the page, in this browser: what users were told stays on the computer until it is too
 * old, another user comes, or `clear` is called. In memory where the browser has no IndexedDB or forbids it.
 *
 * @example
 * const answers = keepInIndexedDB({ maxAgeMs: 3_600_000 })
 * <EvenkeelProvider cache={{ store: answers }} user={session.user}>…</EvenkeelProvider>
 */
export function keepInIndexedDB(options: IndexedDBAnswersOptions = {}): IndexedDBAnswers {
  const { maxAgeMs = DAY_MS, name = 'evenkeel.answers', epochMs = Date.now } = options
  const memory = createMemoryAnswers()
  let opening: Promise<IDBDatabase | null> | null = null

  const isOld = ({ madeAtEpochMs }: KeptAnswer) => Math.abs(epochMs() - madeAtEpochMs) > maxAgeMs

  /** Opened when it is first needed, so that it may be made on a server too. */
  function database(): Promise<IDBDatabase | null> {
    opening ??= openDatabase(name, () => {
      opening = null
    })
      .then(async (opened) => {
        await removeOld(opened)
        return opened
      })
      .catch(() => null)
    return opening
  }

  async function removeOld(opened: IDBDatabase): Promise<void> {
    const store = opened.transaction(ANSWERS, 'readwrite').objectStore(ANSWERS)
    for (const answer of await resultOf<KeptAnswer[]>(store.getAll())) {
      if (isOld(answer)) store.delete(answer.key)
    }
  }

  async function within<Result>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => Promise<Result>,
    instead: () => Promise<Result>,
  ): Promise<Result> {
    const opened = await database()
    return opened === null ? instead() : work(opened.transaction(ANSWERS, mode).objectStore(ANSWERS))
  }

  const all = () =>
    within<KeptAnswer[]>(
      'readonly',
      (store) => resultOf(store.getAll()),
      async () => [],
    )

  return {
    outlivesPage: true,
    async read(key) {
      const answer = await within<KeptAnswer | null | undefined>(
        'readonly',
        (store) => resultOf(store.get(key)),
        () => memory.read(key),
      )
      return answer === null || answer === undefined || isOld(answer) ? null : answer
    },
    async write(answer) {
      await within<unknown>(
        'readwrite',
        (store) => resultOf(store.put(answer)),
        () => memory.write(answer),
      )
    },
    async remove(keys) {
      await memory.remove(keys)
      await Promise.all(
        keys.map((key) =>
          within<unknown>(
            'readwrite',
            (store) => resultOf(store.delete(key)),
            async () => {},
          ),
        ),
      )
    },
    entries: async () => [...(await all()), ...(await memory.entries())],
    async clear() {
      const held = [...(await all()), ...(await memory.entries())]
      await this.remove(held.map(({ key }) => key))
      return held.length
    },
  }
}

function openDatabase(name: string, onLost: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(ANSWERS, { keyPath: 'key' })
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      const opened = request.result
      // The browser may close it (its data was cleared), and another tab may need a later version.
      opened.onclose = onLost
      opened.onversionchange = () => {
        opened.close()
        onLost()
      }
      resolve(opened)
    }
  })
}

function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

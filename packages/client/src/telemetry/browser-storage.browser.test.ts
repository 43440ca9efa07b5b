import { afterEach, describe, expect, it, vi } from 'vitest'
import { browserStorage } from './browser-storage.ts'
import { entryAbout } from './entry.test.kit.ts'

const owners: (() => void)[] = []

afterEach(async () => {
  for (const leave of owners.splice(0)) leave()
  const storage = open()
  await storage.write(
    [],
    (await storage.all()).map(({ key }) => key),
  )
  vi.restoreAllMocks()
})

/** Other tests run in other pages of this origin; what is theirs is left out. */
function open() {
  const storage = browserStorage()
  return {
    ...storage,
    all: async () => (await storage.all()).filter(({ owner }) => owner === 'page'),
    async present() {
      const present = await storage.present()
      return present === null ? null : [...present].filter((owner) => owner.startsWith('test ')).sort()
    },
    stay(owner: string) {
      const here = storage.stay(owner)
      owners.push(here.leave)
      return here
    },
  }
}

describe('what is kept in IndexedDB', () => {
  it('is seen by every page of the origin, until one lets go of it', async () => {
    const [one, other] = [open(), open()]
    await one.write([entryAbout('a'), entryAbout('b')])
    expect(await other.all()).toEqual([entryAbout('a'), entryAbout('b')])
    await other.write([entryAbout('c')], ['page run a', 'page run b'])
    expect(await one.all()).toEqual([entryAbout('c')])
  })

  it('takes the place of what was kept under its key', async () => {
    const storage = open()
    await storage.write([entryAbout('a', { text: 'up' })])
    await storage.write([entryAbout('a', { text: 'down' })])
    expect((await storage.all()).map(({ body }) => body)).toEqual(['{"id":"a","text":"down"}'])
  })

  it('is changed in the order of the calls, though the database was not open yet', async () => {
    const storage = open()
    void storage.write([entryAbout('a')])
    void storage.write([], ['page run a'])
    expect(await storage.all()).toEqual([])
  })

  it('comes back after another version has closed the database', async () => {
    const storage = open()
    await storage.write([entryAbout('a')])
    await new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase('evenkeel')
      request.onsuccess = resolve
      request.onerror = reject
      request.onblocked = reject
    })
    await storage.write([entryAbout('b')])
    expect(await storage.all()).toEqual([entryAbout('b')])
  })

  it.each([
    [
      'throws',
      () => {
        throw new DOMException('denied', 'SecurityError')
      },
    ],
    [
      'cannot be opened',
      () => {
        const request = { error: new DOMException('no room', 'QuotaExceededError') }
        setTimeout(() => (request as unknown as IDBOpenDBRequest).onerror?.(new Event('error') as never))
        return request as unknown as IDBOpenDBRequest
      },
    ],
  ])('rejects where the browser %s, and works again when it does', async (_what, broken) => {
    const storage = open()
    const spy = vi.spyOn(indexedDB, 'open').mockImplementation(broken)
    await expect(storage.write([entryAbout('a')])).rejects.toThrow()
    await expect(storage.all()).rejects.toThrow()
    spy.mockRestore()
    await storage.write([entryAbout('a')])
    expect(await storage.all()).toHaveLength(1)
  })
})

describe('who is here', () => {
  it('is known to every page, until they leave', async () => {
    const storage = open()
    const { known, leave } = storage.stay('test one')
    await Promise.all([known, storage.stay('test two').known])
    expect(await open().present()).toEqual(['test one', 'test two'])
    leave()
    await vi.waitFor(async () => expect(await storage.present()).toEqual(['test two']))
  })

  it('is not who was put away for the way back, until they come back', async () => {
    const storage = open()
    await storage.stay('test one').known
    storage.stay('test gone').leave()
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    await vi.waitFor(async () => expect(await storage.present()).toEqual([]))
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    await vi.waitFor(async () => expect(await storage.present()).toEqual(['test one']))
  })

  it('is not known without Web Locks, and nobody waits for it', async () => {
    vi.spyOn(navigator, 'locks', 'get').mockReturnValue(undefined as unknown as LockManager)
    const storage = open()
    await storage.stay('test one').known
    expect(await storage.present()).toBeNull()
    expect(await storage.alone('work', async () => 'done')).toBe('done')
  })

  it('is not known where asking throws, and nobody waits for it', async () => {
    vi.spyOn(navigator, 'locks', 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    const storage = open()
    await storage.stay('test one').known
    expect(await storage.present()).toBeNull()
    expect(await storage.alone('work', async () => 'done')).toBe('done')
  })
})

describe('work that is done alone', () => {
  it('is never done by two at once, and done once by each', async () => {
    let busy = 0
    let most = 0
    let done = 0
    const work = async () => {
      busy += 1
      most = Math.max(most, busy)
      await new Promise((resolve) => setTimeout(resolve, 5))
      busy -= 1
      done += 1
    }
    await Promise.all([open(), open(), open()].map((page) => page.alone('work', work)))
    expect([most, done]).toEqual([1, 3])
  })

  it('fails as it fails, and is not done again', async () => {
    let count = 0
    const failing = async () => {
      count += 1
      throw new Error('no')
    }
    await expect(open().alone('work', failing)).rejects.toThrow('no')
    expect(count).toBe(1)
    expect(await open().alone('work', async () => 'next')).toBe('next')
  })
})

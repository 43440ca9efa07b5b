import { afterEach, describe, expect, it } from 'vitest'
import { describeAnswerStore, keptAnswer } from './answer-store.test.kit.ts'
import { keepInIndexedDB } from './indexed-db-answers.ts'

let count = 0
const names: string[] = []

function freshName(): string {
  count += 1
  const name = `answers-${count}-${Math.random()}`
  names.push(name)
  return name
}

afterEach(() => {
  for (const name of names.splice(0)) indexedDB.deleteDatabase(name)
})

describeAnswerStore('answers in IndexedDB', () => keepInIndexedDB({ name: freshName() }))

describe('answers in IndexedDB', () => {
  it('are there for the next page', async () => {
    const name = freshName()
    const answer = keptAnswer()
    await keepInIndexedDB({ name }).write(answer)
    expect(await keepInIndexedDB({ name }).read('k1')).toEqual(answer)
  })

  it('are not given when they are too old, and not kept on the computer by whoever opens it next', async () => {
    const name = freshName()
    let nowMs = Date.now()
    const open = () => keepInIndexedDB({ name, maxAgeMs: 1_000, epochMs: () => nowMs })
    const store = open()
    await store.write(keptAnswer({ madeAtEpochMs: nowMs }))
    nowMs += 1_000
    expect(await store.read('k1')).not.toBeNull()
    nowMs += 1
    expect(await store.read('k1')).toBeNull()
    expect(await open().entries()).toEqual([])
    nowMs -= 1_001
    expect(await open().read('k1')).toBeNull()
  })

  it('are all thrown away when the app says so, and counted', async () => {
    const store = keepInIndexedDB({ name: freshName() })
    await store.write(keptAnswer())
    await store.write(keptAnswer({ key: 'k2', scope: 's2' }))
    expect(await store.clear()).toBe(2)
    expect(await store.entries()).toEqual([])
    expect(await store.clear()).toBe(0)
  })

  it('are opened anew after the database was taken away', async () => {
    const name = freshName()
    const store = keepInIndexedDB({ name })
    await store.write(keptAnswer())
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(name).onsuccess = resolve
    })
    await store.write(keptAnswer({ key: 'k2' }))
    expect((await store.entries()).map(({ key }) => key)).toEqual(['k2'])
  })

  it('are in memory where the browser forbids it', async () => {
    const open = indexedDB.open
    indexedDB.open = () => {
      throw new DOMException('no', 'SecurityError')
    }
    try {
      const store = keepInIndexedDB({ name: freshName() })
      await store.write(keptAnswer())
      expect((await store.read('k1'))?.text).toBe('Hello')
      expect(await store.entries()).toHaveLength(1)
      expect(await store.clear()).toBe(1)
      expect(await store.read('k1')).toBeNull()
    } finally {
      indexedDB.open = open
    }
  })
})

import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryResumeStore, type MemoryResumeStoreOptions } from './memory-store.ts'
import type { AnswerKey } from './resume-store.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (event: Uint8Array) => new TextDecoder().decode(event)
const key = (answer: string, scope = 'ann'): AnswerKey => ({ scope, answer })

function create(options: MemoryResumeStoreOptions = {}) {
  let nowMs = 0
  const store = createMemoryResumeStore({ now: () => nowMs, ...options })
  const dropped: string[] = []
  return {
    store,
    dropped,
    advance(ms: number) {
      nowMs += ms
    },
    begin: (of: AnswerKey) => store.begin(of, { 'content-type': 'x' }, () => dropped.push(of.answer)),
  }
}

async function readAll(
  store: ReturnType<typeof createMemoryResumeStore>,
  of: AnswerKey,
  after = 0,
  signal = new AbortController().signal,
): Promise<string[] | null> {
  const kept = await store.read(of, after, signal)
  if (kept === null) return null
  const events: string[] = []
  for await (const event of kept.events) events.push(text(event))
  return events
}

afterEach(() => vi.useRealTimers())

describe('createMemoryResumeStore', () => {
  it('gives what came after a position, then what comes, to each of two readers', async () => {
    const { store, begin } = create()
    begin(key('a'))
    store.append(key('a'), [bytes('1'), bytes('2')])
    const readers = [readAll(store, key('a'), 1), readAll(store, key('a'))]
    await Promise.resolve()
    store.append(key('a'), [bytes('3')])
    store.end(key('a'), 'complete')
    expect(await Promise.all(readers)).toEqual([
      ['2', '3'],
      ['1', '2', '3'],
    ])
  })

  it('has nothing for an answer that is unknown, of another scope, ahead of itself, or read to its end', async () => {
    const { store, begin } = create()
    begin(key('a'))
    store.append(key('a'), [bytes('1')])
    expect(await readAll(store, key('b'))).toBeNull()
    expect(await readAll(store, key('a', 'bob'))).toBeNull()
    expect(await readAll(store, key('a'), 2)).toBeNull()
    store.end(key('a'), 'complete')
    expect(await readAll(store, key('a'), 1)).toBeNull()
    expect(await readAll(store, key('a'), 0)).toEqual(['1'])
  })

  it('cannot be made to mix scopes by what they are called', async () => {
    const { store, begin } = create()
    begin({ scope: 'a","b', answer: 'c' })
    expect(await readAll(store, { scope: 'a', answer: 'b","c' })).toBeNull()
  })

  it('breaks off for a reader where the answer broke off, after all that was there', async () => {
    const { store, begin } = create()
    begin(key('a'))
    store.append(key('a'), [bytes('1')])
    store.end(key('a'), 'broken')
    const kept = await store.read(key('a'), 0, new AbortController().signal)
    const iterator = kept?.events[Symbol.asyncIterator]()
    expect(text((await iterator?.next())?.value ?? bytes(''))).toBe('1')
    await expect(iterator?.next()).rejects.toThrow('broke off')
    expect(await readAll(store, key('a'), 1)).toBeNull()
  })

  it('lets a waiting reader go when its signal fires', async () => {
    const { store, begin, advance } = create()
    begin(key('a'))
    const left = new AbortController()
    const reading = readAll(store, key('a'), 0, left.signal)
    await Promise.resolve()
    expect(store.idleMs(key('a'))).toBe(0)
    left.abort()
    expect(await reading).toEqual([])
    advance(7)
    expect(store.idleMs(key('a'))).toBe(7)
  })

  it('keeps no answer twice under one name', () => {
    const { begin } = create()
    expect([begin(key('a')), begin(key('a'))]).toEqual([true, false])
  })

  it('takes nothing after the end', () => {
    const { store, begin } = create()
    begin(key('a'))
    store.end(key('a'), 'complete')
    expect(store.append(key('a'), [bytes('1')])).toBe(false)
    expect(store.bytes).toBe(0)
  })

  it('is bounded in answers: the oldest that has ended makes way, and none that is still written', () => {
    const { store, begin, dropped } = create({ maxAnswers: 2 })
    begin(key('a'))
    begin(key('b'))
    expect(begin(key('c'))).toBe(false)
    store.end(key('b'), 'complete')
    expect(begin(key('c'))).toBe(true)
    expect(store.answers).toBe(2)
    expect(store.append(key('a'), [bytes('1')])).toBe(true)
    expect(dropped).toEqual([])
  })

  it('is bounded in the bytes of one answer, and says so to whoever writes it', async () => {
    const { store, begin, dropped } = create({ maxAnswerBytes: 4 })
    begin(key('a'))
    expect(store.append(key('a'), [bytes('123')])).toBe(true)
    const reading = readAll(store, key('a'))
    expect(store.append(key('a'), [bytes('45')])).toBe(false)
    await expect(reading).rejects.toThrow('broke off')
    expect([dropped, store.bytes, store.answers]).toEqual([['a'], 0, 0])
  })

  it('is bounded in the bytes of all', () => {
    const { store, begin, dropped } = create({ maxBytes: 4 })
    for (const name of ['a', 'b', 'c']) begin(key(name))
    store.append(key('a'), [bytes('12')])
    store.end(key('a'), 'complete')
    store.append(key('b'), [bytes('34')])
    expect(store.append(key('b'), [bytes('56')])).toBe(true)
    expect([store.answers, store.bytes]).toEqual([2, 4])
    expect(store.append(key('c'), [bytes('7')])).toBe(false)
    expect(dropped).toEqual(['c'])
  })

  it('forgets what was not written for a while, at the next call', async () => {
    const { store, begin, advance, dropped } = create({ keepMs: 100 })
    begin(key('a'))
    begin(key('b'))
    store.end(key('b'), 'complete')
    advance(60)
    store.append(key('a'), [bytes('1')])
    advance(60)
    expect(await readAll(store, key('b'))).toBeNull()
    expect(store.answers).toBe(1)
    advance(60)
    expect(store.append(key('a'), [bytes('2')])).toBe(false)
    expect([store.answers, store.bytes, dropped]).toEqual([0, 0, ['a']])
  })

  it('forgets without a call too, and leaves no timer when it is empty', () => {
    vi.useFakeTimers()
    const store = createMemoryResumeStore({ keepMs: 100 })
    store.begin(key('a'), {}, () => {})
    store.append(key('a'), [bytes('1')])
    expect(vi.getTimerCount()).toBe(1)
    vi.advanceTimersByTime(250)
    expect([store.answers, store.bytes, vi.getTimerCount()]).toEqual([0, 0, 0])
    store.begin(key('b'), {}, () => {})
    store.clear()
    expect([store.answers, vi.getTimerCount()]).toEqual([0, 0])
  })

  it('drops by name, and knows nobody else by that name', () => {
    const { store, begin, dropped } = create()
    begin(key('a'))
    store.drop(key('a', 'bob'))
    expect(store.answers).toBe(1)
    store.drop(key('a'))
    store.drop(key('a'))
    expect([store.answers, dropped]).toEqual([0, ['a']])
  })
})

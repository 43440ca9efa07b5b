import { describe, expect, it } from 'vitest'
import { createMemoryOrigin } from '../testing/memory-storage.ts'
import { entryAbout } from './entry.test.kit.ts'
import type { Entry } from './entry.ts'
import { judge, type SweepFacts, sweep, type Verdict } from './sweep.ts'

const MINE = '["acme","u1"]'
const DAY_MS = 24 * 3600_000
const NOW = 1_790_000_000_000

const facts: SweepFacts = {
  owner: 'me',
  scope: MINE,
  nowEpochMs: NOW,
  present: new Set(['me', 'other']),
  isUnderWay: () => false,
}

const left = (change: Partial<Entry> = {}) => entryAbout('r', { owner: 'gone', atEpochMs: NOW, ...change })

describe('judge', () => {
  const rows: [string, Partial<Entry>, Partial<SweepFacts>, Verdict][] = [
    ['an entry of its own', { owner: 'me' }, {}, 'leave'],
    ['one of a page that is here', { owner: 'other' }, {}, 'leave'],
    ['one of a page that is gone', {}, {}, 'adopt'],
    ['a signal of a page that is gone', { kind: 'signal', hasContent: true }, {}, 'adopt'],
    ['the run that goes on in this page', {}, { isUnderWay: (id) => id === 'r' }, 'forget'],
    ['its signal', { kind: 'signal' }, { isUnderWay: (id) => id === 'r' }, 'adopt'],
    ['one that has waited for six days', { atEpochMs: NOW - 6 * DAY_MS }, {}, 'adopt'],
    ['one that has waited for eight', { atEpochMs: NOW - 8 * DAY_MS }, {}, 'expired'],
    ['one of another session', { scope: '["acme","u2"]' }, {}, 'leave'],
    ['one of another tenant', { scope: '["other","u1"]' }, {}, 'leave'],
    ["words of another session's user", { scope: '["acme","u2"]', hasContent: true }, {}, 'scope'],
    ['one of another session after eight days', { scope: 'x', atEpochMs: NOW - 8 * DAY_MS }, {}, 'expired'],
    ['what another session gave up', { kind: 'dropped', scope: 'x' }, {}, 'adopt'],
    ['what was given up long ago', { kind: 'dropped', atEpochMs: NOW - 80 * DAY_MS }, {}, 'adopt'],
    ['where nobody knows who is here', {}, { present: null }, 'leave'],
    ['and an hour later', { atEpochMs: NOW - DAY_MS / 24 - 1 }, { present: null }, 'adopt'],
  ]

  it.each(rows)('%s', (_what, change, also, verdict) => {
    expect(judge(left(change), { ...facts, ...also })).toBe(verdict)
  })
})

/** A page `me` with this in its storage, swept. */
async function swept(entries: readonly Entry[], change: Partial<SweepFacts> = {}) {
  const origin = createMemoryOrigin()
  const storage = origin.open()
  storage.stay('me')
  await storage.write(entries)
  const added: Entry[] = []
  const dropped: string[] = []
  const queue = {
    add(entry: Entry, isKept?: boolean) {
      expect(isKept).toBe(true)
      added.push(entry)
    },
    drop: (reason: string) => void dropped.push(reason),
  }
  const { present: _present, ...rest } = { ...facts, ...change }
  await sweep({ ...rest, storage, queue })
  return { added, dropped, kept: [...origin.entries.values()], storage, queue }
}

describe('sweep', () => {
  it('takes over what is left, the oldest first, under its own name', async () => {
    const { added, kept } = await swept([
      left({ id: 'b', key: 'gone b', atEpochMs: NOW }),
      left({ id: 'a', key: 'gone a', atEpochMs: NOW - 5 }),
    ])
    expect(added).toMatchObject([
      { key: 'me run a', id: 'a', owner: 'me' },
      { key: 'me run b', id: 'b', owner: 'me' },
    ])
    expect(kept.map(({ key }) => key).sort()).toEqual(['me run a', 'me run b'])
  })

  it('counts each thing that it gives up, and keeps none of it', async () => {
    const { added, dropped, kept } = await swept([
      left({ key: 'gone old', atEpochMs: NOW - 9 * DAY_MS }),
      left({ key: 'gone words', scope: 'x', kind: 'signal', hasContent: true }),
    ])
    expect(added).toEqual([])
    expect(dropped.sort()).toEqual(['expired', 'scope'])
    expect(kept).toEqual([])
  })

  it('holds no more than a thousand things for other sessions: the oldest go, and are counted', async () => {
    const held = Array.from({ length: 1_003 }, (_, index) =>
      left({ key: `gone ${index}`, scope: 'x', atEpochMs: NOW + index }),
    )
    const { dropped, kept } = await swept(held)
    expect(dropped).toEqual(['full', 'full', 'full'])
    expect(kept).toHaveLength(1_000)
    expect(kept.some(({ key }) => key === 'gone 2')).toBe(false)
  })

  it('is done by one of two pages that come at once', async () => {
    const origin = createMemoryOrigin()
    const storage = origin.open()
    await storage.write([left()])
    const added: string[] = []
    const queue = { add: ({ owner }: Entry) => void added.push(owner), drop: () => {} }
    for (const owner of ['me', 'you']) storage.stay(owner)
    await Promise.all(['me', 'you'].map((owner) => sweep({ ...facts, owner, storage, queue })))
    expect(added).toEqual(['me'])
  })

  it('leaves everything as it is where its own copy cannot be written', async () => {
    const origin = createMemoryOrigin()
    const storage = origin.open()
    await storage.write([left()])
    const added: Entry[] = []
    const failing = { ...storage, write: () => Promise.reject(new Error('full')) }
    const queue = { add: (entry: Entry) => void added.push(entry), drop: () => {} }
    await expect(sweep({ ...facts, storage: failing, queue })).rejects.toThrow('full')
    expect(added).toEqual([])
    expect(origin.entries.size).toBe(1)
  })
})

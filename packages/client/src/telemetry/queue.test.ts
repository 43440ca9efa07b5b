import { DROP_REASONS } from '@evenkeel/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMemoryOrigin } from '../testing/memory-storage.ts'
import type { Dropped } from './dropped.ts'
import { entryAbout, idsIn } from './entry.test.kit.ts'
import type { EntryKind } from './entry.ts'
import { createPatientClock } from './patient-clock.test.kit.ts'
import { backoffMs, createQueue } from './queue.ts'

type Answer =
  | number
  | 'unreachable'
  | { readonly status: number; readonly retryAfter?: string; readonly body?: string }

interface Post {
  readonly path: string
  readonly ids: readonly string[]
  readonly keepalive: boolean
  readonly credentials: string | undefined
  readonly atMs: number
  readonly bytes: number
}

const NOTHING_DROPPED = Object.fromEntries(DROP_REASONS.map((reason) => [reason, 0]))

/** Every queue of one kit is a page of one origin. */
function createKit(answers: readonly Answer[] = []) {
  const clock = createPatientClock()
  const origin = createMemoryOrigin()
  const posts: Post[] = []
  const beacons: { path: string; ids: string[] }[] = []
  const waiting = [...answers]
  let isVisible = true
  let beaconRoom = 65_536
  let inFlight = 0
  let mostInFlight = 0
  const fetch = (async (url: string, init: RequestInit) => {
    expect(init.method).toBe('POST')
    expect(new Headers(init.headers).get('content-type')).toBe('application/json')
    const text = String(init.body)
    const { keepalive = false, credentials } = init
    const path = url.replace('/evenkeel', '')
    posts.push({ path, ids: idsIn(text), keepalive, credentials, atMs: clock.nowMs(), bytes: text.length })
    inFlight += 1
    mostInFlight = Math.max(mostInFlight, inFlight)
    await new Promise<void>((resolve) => clock.setTimeout(resolve, 1))
    inFlight -= 1
    const answer = waiting.shift() ?? 200
    if (answer === 'unreachable') throw new TypeError('Failed to fetch')
    if (typeof answer === 'number') return new Response(answer === 204 ? null : '{}', { status: answer })
    const headers = answer.retryAfter === undefined ? {} : { 'retry-after': answer.retryAfter }
    return new Response(answer.body ?? '{}', { status: answer.status, headers })
  }) as typeof globalThis.fetch

  const openPage = (owner = 'page') =>
    createQueue(
      {
        url: '/evenkeel',
        storage: origin.open(),
        report: (dropped: Dropped) =>
          entryAbout(`report ${owner}`, { owner, kind: 'dropped', text: JSON.stringify(dropped) }),
      },
      {
        fetch,
        epochMs: clock.epochMs,
        setTimeout: clock.setTimeout,
        random: () => 0.5,
        isVisible: () => isVisible,
        beacon(url, body) {
          if (body.length > beaconRoom) return false
          beaconRoom -= body.length
          beacons.push({ path: url.replace('/evenkeel', ''), ids: idsIn(body) })
          return true
        },
      },
    )
  const queue = openPage()
  return {
    clock,
    origin,
    posts,
    beacons,
    queue,
    openPage,
    add: (id: string, text = '', kind: EntryKind = 'run') => queue.add(entryAbout(id, { text, kind })),
    flush: async () => {
      const sent = queue.flush()
      await clock.advance(500)
      await sent
    },
    runs: () => posts.filter(({ path }) => path === '/v1/traces'),
    setBeaconRoom: (bytes: number) => {
      beaconRoom = bytes
    },
    hide: () => {
      isVisible = false
    },
    mostInFlight: () => mostInFlight,
  }
}

describe('createQueue', () => {
  it('sends what came within a second as one batch', async () => {
    const { add, clock, posts, queue } = createKit()
    add('a')
    await clock.advance(600)
    add('b')
    await clock.advance(399)
    expect(posts).toEqual([])
    await clock.advance(2)
    expect(posts).toMatchObject([{ ids: ['a', 'b'], keepalive: true, atMs: 1_000 }])
    expect(queue.size).toBe(0)
    expect(clock.pendingTimers).toBe(0)
  })

  it('sends runs as traces, signals and what was given up as logs', async () => {
    const { add, flush, posts } = createKit()
    add('thumb', '', 'signal')
    add('run')
    add('report', '', 'dropped')
    await flush()
    expect(posts).toMatchObject([
      { path: '/v1/traces', ids: ['run'] },
      { path: '/v1/logs', ids: ['thumb', 'report'] },
    ])
  })

  it('gives cookies to its own origin only', async () => {
    const { add, flush, posts } = createKit()
    add('a')
    await flush()
    expect(posts[0]?.credentials).toBe('same-origin')
  })

  it('waits for nothing where the page is hidden', async () => {
    const { add, hide, clock, posts } = createKit()
    hide()
    add('a')
    await clock.advance(0)
    expect(posts).toMatchObject([{ ids: ['a'], atMs: 0 }])
  })

  it('leaves a server that has just failed alone, also where the page is hidden', async () => {
    const { add, hide, clock, posts, queue } = createKit([{ status: 503, retryAfter: '20' }, 200])
    hide()
    add('a')
    await clock.advance(1)
    add('b')
    queue.onHide()
    await clock.advance(30_000)
    expect(posts.map(({ atMs }) => atMs)).toEqual([0, 20_001])
  })

  it('sends at once when flushed, and resolves when it was tried', async () => {
    const { add, posts, flush, clock } = createKit()
    add('a')
    await flush()
    expect(posts).toHaveLength(1)
    expect(clock.pendingTimers).toBe(0)
    await flush()
    expect(posts).toHaveLength(1)
  })

  it('sends the later of two entries of the same key', async () => {
    const { add, flush, posts, clock } = createKit()
    add('a', 'up')
    add('a', 'down')
    await flush()
    expect(posts.map(({ ids }) => ids)).toEqual([['a']])
    expect(clock.pendingTimers).toBe(0)
  })

  it('loses no entry whose key was taken anew while the first was on its way', async () => {
    const { add, queue, posts, clock, origin } = createKit()
    add('a', 'up')
    const sent = queue.flush()
    await clock.advance(0)
    add('a', 'down')
    await clock.advance(1)
    expect([...origin.entries.values()]).toMatchObject([{ body: '{"id":"a","text":"down"}' }])
    await clock.advance(1_000)
    await sent
    expect(posts.map(({ ids }) => ids)).toEqual([['a'], ['a']])
    expect(queue.size).toBe(0)
    expect(origin.entries.size).toBe(0)
  })

  it.each([429, 500, 502, 503, 504, 408, 'unreachable'] as const)('tries again after %s', async (answer) => {
    const { add, clock, posts, queue } = createKit([answer, 200])
    add('a')
    await clock.advance(10_000)
    expect(posts.map(({ ids }) => ids)).toEqual([['a'], ['a']])
    expect(queue.size).toBe(0)
    expect(queue.dropped).toEqual(NOTHING_DROPPED)
  })

  it.each([
    ['a page', '<!doctype html><title>Log in</title>'],
    ['nothing', ''],
    ['the half of an answer', '{"partialSuccess":'],
    ['something else', '[]'],
    ['no value', 'null'],
  ])('does not take %s for the word of a server that has it', async (_what, body) => {
    const { add, clock, posts, queue } = createKit([{ status: 200, body }, 200])
    add('a')
    await clock.advance(10_000)
    expect(posts.map(({ ids }) => ids)).toEqual([['a'], ['a']])
    expect(queue.dropped).toEqual(NOTHING_DROPPED)
  })

  it('takes 204 for it, which can have no body', async () => {
    const { add, clock, posts } = createKit([204])
    add('a')
    await clock.advance(10_000)
    expect(posts).toHaveLength(1)
  })

  it('waits longer after each failure, and not after a success', async () => {
    const { add, clock, posts } = createKit([500, 500, 500, 200, 200])
    add('a')
    await clock.advance(60_000)
    add('b')
    await clock.advance(60_000)
    expect(posts.map(({ atMs }) => atMs)).toEqual([1_000, 1_751, 3_252, 6_253, 61_000])
  })

  it('does not come back before the server wants it', async () => {
    const { add, clock, posts } = createKit([{ status: 503, retryAfter: '20' }, 200])
    add('a')
    await clock.advance(30_000)
    expect(posts.map(({ atMs }) => atMs)).toEqual([1_000, 21_001])
  })

  it('is not made impatient by new entries while it waits', async () => {
    const { add, clock, posts } = createKit([{ status: 429, retryAfter: '20' }, 200])
    add('a')
    await clock.advance(2_000)
    add('b')
    await clock.advance(30_000)
    expect(posts).toMatchObject([{ ids: ['a'] }, { ids: ['a', 'b'], atMs: 21_001 }])
  })

  it('is bounded: the oldest go, and are counted, here and in the storage', async () => {
    const { add, queue, flush, runs, origin, clock } = createKit()
    for (let index = 0; index < 1_003; index += 1) add(String(index))
    await clock.advance(0)
    expect(queue.size).toBe(1_000)
    expect(origin.entries.size).toBe(1_000)
    // The report takes a place too.
    expect(queue.dropped.full).toBe(4)
    await flush()
    expect(runs()[0]?.ids[0]).toBe('4')
  })

  it('is bounded in bytes too', () => {
    const { add, queue } = createKit()
    for (let index = 0; index < 25; index += 1) add(String(index), 'x'.repeat(100_000))
    expect(queue.size).toBeLessThan(22)
    expect(queue.dropped.full).toBeGreaterThan(4)
  })

  it('sets no timer once it is disposed', async () => {
    const { add, queue, clock, posts } = createKit([500])
    add('a')
    queue.dispose()
    add('b')
    await clock.advance(60_000)
    expect(posts).toEqual([])
    expect(clock.pendingTimers).toBe(0)
  })

  it('sends nothing more once it is disposed, also not what is in the midst of it', async () => {
    const { add, queue, clock, posts } = createKit()
    for (let index = 0; index < 3; index += 1) add(String(index), 'x'.repeat(50_000))
    void queue.flush()
    await clock.advance(0)
    expect(posts).toHaveLength(1)
    queue.dispose()
    await clock.advance(60_000)
    expect(posts).toHaveLength(1)
    expect(queue.size).toBeGreaterThan(0)
  })

  it('delivers everything in the end, in its order, whatever the server does meanwhile', async () => {
    const answer = fc.constantFrom<Answer>(200, 500, 503, 'unreachable', { status: 200, body: '<html>' })
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { maxLength: 6 }), fc.nat(5), async (answers, count) => {
        const { add, clock, posts, queue, origin } = createKit(answers)
        const ids = Array.from({ length: count }, (_, index) => String(index))
        for (const id of ids) {
          add(id)
          await clock.advance(700)
        }
        await clock.advance(600_000)
        expect(queue.size).toBe(0)
        expect(origin.entries.size).toBe(0)
        expect([...new Set(posts.flatMap((post) => post.ids))]).toEqual(ids)
      }),
      { numRuns: 20 },
    )
  })
})

describe('what the server refuses', () => {
  it.each([400, 401, 403, 404, 425])('with %i is given up and counted', async (status) => {
    const { add, clock, runs, queue, origin } = createKit([status])
    add('a')
    add('b')
    await clock.advance(60_000)
    expect(runs()).toHaveLength(1)
    expect(queue.size).toBe(0)
    expect(origin.entries.size).toBe(0)
    expect(queue.dropped).toEqual({ ...NOTHING_DROPPED, refused: 2 })
  })

  it('is told with the next batch', async () => {
    const { add, clock, posts } = createKit([403])
    add('a')
    await clock.advance(10_000)
    expect(posts).toMatchObject([{ ids: ['a'] }, { path: '/v1/logs', ids: ['report page'] }])
  })

  it('of the telling itself is not given up: it comes again with what follows', async () => {
    const { add, clock, posts, queue, origin } = createKit([403, 403, 403, 200])
    add('a')
    await clock.advance(60_000)
    expect(posts).toHaveLength(3)
    expect(queue.size).toBe(1)
    expect([...origin.entries.values()]).toMatchObject([{ kind: 'dropped' }])
    add('b')
    await clock.advance(10_000)
    expect(posts.slice(3)).toMatchObject([{ ids: ['b'] }, { ids: ['report page'] }])
    expect(queue.size).toBe(0)
  })

  it('in part is counted too, as the server counts it', async () => {
    const body = JSON.stringify({ partialSuccess: { rejectedSpans: '1', errorMessage: 'no' } })
    const { add, clock, queue } = createKit([{ status: 200, body }])
    add('a')
    add('b')
    await clock.advance(10_000)
    expect(queue.dropped).toEqual({ ...NOTHING_DROPPED, refused: 1 })
    expect(queue.size).toBe(0)
  })

  it('because it is too much at once is halved until it is taken', async () => {
    const { add, clock, runs, queue } = createKit([413, 413, 200, 200, 200])
    for (const id of ['a', 'b', 'c', 'd']) add(id)
    await clock.advance(10_000)
    expect(runs().map(({ ids }) => ids.join(''))).toEqual(['abcd', 'ab', 'a', 'b', 'cd'])
    expect(queue.dropped).toEqual(NOTHING_DROPPED)
  })

  it('though it is alone is given up', async () => {
    const { add, clock, queue } = createKit([413, 413, 200])
    add('a')
    add('b')
    await clock.advance(10_000)
    expect(queue.dropped).toEqual({ ...NOTHING_DROPPED, refused: 1 })
    expect(queue.size).toBe(0)
  })

  it('later than the first half of it waits, and nothing is sent twice', async () => {
    const { add, clock, runs } = createKit([413, 200, 503, 200])
    for (const id of ['a', 'b']) add(id)
    await clock.advance(10_000)
    expect(runs().map(({ ids }) => ids.join(''))).toEqual(['ab', 'a', 'b', 'b'])
  })
})

describe("the browsers' limits", () => {
  it('hold for every batch', async () => {
    const { add, flush, posts } = createKit()
    for (let index = 0; index < 40; index += 1) add(String(index), 'x'.repeat(5_000))
    await flush()
    expect(posts.every(({ keepalive, bytes }) => keepalive && bytes <= 60_000)).toBe(true)
    expect(posts.flatMap(({ ids }) => ids)).toEqual(Array.from({ length: 40 }, (_, index) => String(index)))
  })

  it('hold for the sum of what the queues of a page have in flight', async () => {
    const { clock, openPage, posts, origin } = createKit()
    origin.setLocks(false)
    for (const owner of ['one', 'other']) {
      const queue = openPage(owner)
      queue.add(entryAbout('a', { owner, text: 'x'.repeat(40_000) }))
      void queue.flush()
    }
    await clock.advance(10)
    expect(posts.map(({ keepalive }) => keepalive)).toEqual([true, false])
  })

  it('are no promise for a single entry that is larger', async () => {
    const { add, flush, posts } = createKit()
    add('big', 'x'.repeat(70_000))
    await flush()
    expect(posts).toMatchObject([{ ids: ['big'], keepalive: false }])
  })

  it('count bytes, not characters', async () => {
    const { add, flush, posts } = createKit()
    for (const id of ['a', 'b']) add(id, 'ж'.repeat(20_000))
    await flush()
    expect(posts.map(({ ids }) => ids)).toEqual([['a'], ['b']])
  })
})

describe('a page on its way out', () => {
  it('hands everything to the browser, and keeps it until somebody is told that it arrived', async () => {
    const { add, queue, beacons, origin, clock } = createKit()
    add('a')
    add('thumb', '', 'signal')
    await clock.advance(0)
    queue.onLeave()
    expect(beacons).toEqual([
      { path: '/v1/traces', ids: ['a'] },
      { path: '/v1/logs', ids: ['thumb'] },
    ])
    expect(origin.entries.size).toBe(2)
  })

  it('hands over what the browser will take, the oldest first', async () => {
    const { add, queue, beacons, setBeaconRoom } = createKit()
    for (const id of ['a', 'b', 'c', 'd']) add(id, 'x'.repeat(1_000))
    setBeaconRoom(2_500)
    queue.onLeave()
    expect(beacons).toEqual([{ path: '/v1/traces', ids: ['a', 'b'] }])
  })

  it('does not hand over what is on its way already', async () => {
    const { add, queue, beacons, clock } = createKit()
    add('a')
    void queue.flush()
    await clock.advance(0)
    add('b')
    queue.onLeave()
    expect(beacons).toEqual([{ path: '/v1/traces', ids: ['b'] }])
  })

  it('hands over what the browser has failed because its page is left: no server asked for patience', async () => {
    const { add, queue, beacons, clock } = createKit(['unreachable'])
    add('a')
    await clock.advance(1_100)
    queue.onLeave()
    expect(beacons).toEqual([{ path: '/v1/traces', ids: ['a'] }])
  })

  it('honours the patience that a server asked for, where another page can come back', async () => {
    const { add, queue, beacons, clock, origin } = createKit([{ status: 503, retryAfter: '20' }])
    add('a')
    await clock.advance(2_000)
    queue.onLeave()
    expect(beacons).toEqual([])
    expect(origin.entries.size).toBe(1)
  })

  it('tries nevertheless where nothing could be kept', async () => {
    const { add, queue, beacons, clock, origin } = createKit([{ status: 503, retryAfter: '20' }])
    origin.block(true)
    add('a')
    await clock.advance(2_000)
    queue.onLeave()
    expect(beacons).toMatchObject([{ ids: ['a'] }])
  })
})

describe('the pages of one origin', () => {
  it('send one at a time, and each only for one request', async () => {
    const { clock, openPage, posts, mostInFlight } = createKit()
    for (const owner of ['one', 'other']) {
      const queue = openPage(owner)
      for (const id of ['a', 'b']) queue.add(entryAbout(owner + id, { owner, text: 'x'.repeat(40_000) }))
      void queue.flush()
    }
    await clock.advance(100)
    expect(mostInFlight()).toBe(1)
    expect(posts.map(({ ids }) => ids.join())).toEqual(['onea', 'othera', 'oneb', 'otherb'])
  })
})

describe('backoffMs', () => {
  it('grows to a minute, is spread out, and is never nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, random) => {
          const ms = backoffMs(n, random)
          expect(ms).toBeGreaterThanOrEqual(500)
          expect(ms).toBeLessThanOrEqual(60_000)
        },
      ),
    )
    expect(backoffMs(1, 0)).not.toBe(backoffMs(1, 1))
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../testing/virtual-clock.ts'
import { backoffMs, createQueue } from './queue.ts'
import { createMemoryStore } from './queue-store.ts'

interface Item {
  readonly id: string
  readonly text: string
}

type Answer = number | 'unreachable' | { readonly status: number; readonly retryAfter: string }

interface Post {
  readonly ids: readonly string[]
  readonly keepalive: boolean
  readonly atMs: number
  readonly bytes: number
}

function createKit(answers: readonly Answer[] = []) {
  const clock = createVirtualClock()
  const posts: Post[] = []
  const waiting = [...answers]
  let isVisible = true
  const fetch = (async (url: string, init: RequestInit) => {
    expect(url).toBe('/evenkeel/v1/traces')
    expect(init.method).toBe('POST')
    expect(new Headers(init.headers).get('content-type')).toBe('application/json')
    const text = new TextDecoder().decode(init.body as Uint8Array)
    const ids = (JSON.parse(text) as Item[]).map(({ id }) => id)
    posts.push({ ids, keepalive: init.keepalive ?? false, atMs: clock.nowMs(), bytes: text.length })
    const answer = waiting.shift() ?? 200
    if (answer === 'unreachable') throw new TypeError('Failed to fetch')
    if (typeof answer === 'number') return new Response('{}', { status: answer })
    return new Response(null, { status: answer.status, headers: { 'retry-after': answer.retryAfter } })
  }) as typeof globalThis.fetch
  const queue = createQueue<Item>(
    {
      url: '/evenkeel/v1/traces',
      store: createMemoryStore(),
      keyOf: ({ id }) => id,
      encode: (items) => items,
    },
    {
      fetch,
      epochMs: clock.epochMs,
      setTimeout: clock.setTimeout,
      random: () => 0.5,
      isVisible: () => isVisible,
    },
  )
  return {
    clock,
    posts,
    queue,
    add: (id: string, text = '') => queue.add({ id, text }),
    hide: () => {
      isVisible = false
    },
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
    await clock.advance(1)
    expect(posts).toMatchObject([{ ids: ['a', 'b'], keepalive: true, atMs: 1_000 }])
    expect(queue.size).toBe(0)
    expect(clock.pendingTimers).toBe(0)
  })

  it('waits for nothing where the page is hidden', async () => {
    const { add, hide, clock, posts } = createKit()
    hide()
    add('a')
    await clock.advance(0)
    expect(posts).toMatchObject([{ ids: ['a'], atMs: 0 }])
  })

  it('leaves a server that has just failed alone, also where the page is hidden', async () => {
    const { add, hide, clock, posts } = createKit([{ status: 503, retryAfter: '20' }, 200])
    hide()
    add('a')
    await clock.advance(1)
    add('b')
    await clock.advance(30_000)
    expect(posts.map(({ atMs }) => atMs)).toEqual([0, 20_000])
  })

  it('sends at once when flushed, and resolves when it was tried', async () => {
    const { add, posts, queue, clock } = createKit()
    add('a')
    await queue.flush()
    expect(posts).toHaveLength(1)
    expect(clock.pendingTimers).toBe(0)
    await queue.flush()
    expect(posts).toHaveLength(1)
  })

  it('sends the later of two items of the same key', async () => {
    const { add, queue, posts, clock } = createKit()
    add('a', 'up')
    add('a', 'down')
    await queue.flush()
    expect(posts.map(({ ids }) => ids)).toEqual([['a']])
    expect(clock.pendingTimers).toBe(0)
  })

  it('loses no item whose key was taken anew while the first was on its way', async () => {
    const { add, queue, posts, clock } = createKit()
    add('a', 'up')
    const sent = queue.flush()
    add('a', 'down')
    await sent
    await clock.advance(1_000)
    expect(posts.map(({ ids }) => ids)).toEqual([['a'], ['a']])
    expect(queue.size).toBe(0)
  })

  it.each([429, 500, 502, 503, 504, 408, 'unreachable'] as const)('tries again after %s', async (answer) => {
    const { add, clock, posts, queue } = createKit([answer, 200])
    add('a')
    await clock.advance(10_000)
    expect(posts.map(({ ids }) => ids)).toEqual([['a'], ['a']])
    expect(queue.size).toBe(0)
    expect(queue.dropped).toEqual({ full: 0, refused: 0 })
  })

  it('waits longer after each failure, and not after a success', async () => {
    const { add, clock, posts } = createKit([500, 500, 500, 200, 200])
    add('a')
    await clock.advance(60_000)
    add('b')
    await clock.advance(60_000)
    expect(posts.map(({ atMs }) => atMs)).toEqual([1_000, 1_750, 3_250, 6_250, 61_000])
  })

  it('does not come back before the server wants it', async () => {
    const { add, clock, posts } = createKit([{ status: 503, retryAfter: '20' }, 200])
    add('a')
    await clock.advance(30_000)
    expect(posts.map(({ atMs }) => atMs)).toEqual([1_000, 21_000])
  })

  it('is not made impatient by new items while it waits', async () => {
    const { add, clock, posts } = createKit([{ status: 429, retryAfter: '20' }, 200])
    add('a')
    await clock.advance(2_000)
    add('b')
    await clock.advance(30_000)
    expect(posts).toMatchObject([{ ids: ['a'] }, { ids: ['a', 'b'], atMs: 21_000 }])
  })

  it.each([400, 401, 403, 404, 413])(
    'gives up what the server refuses with %i, and counts it',
    async (status) => {
      const { add, clock, posts, queue } = createKit([status])
      add('a')
      add('b')
      await clock.advance(60_000)
      expect(posts).toHaveLength(1)
      expect(queue.size).toBe(0)
      expect(queue.dropped).toEqual({ full: 0, refused: 2 })
    },
  )

  it('keeps every batch beneath what may outlive its page', async () => {
    const { add, queue, posts } = createKit()
    for (let index = 0; index < 40; index += 1) add(String(index), 'x'.repeat(5_000))
    await queue.flush()
    expect(posts.every(({ keepalive, bytes }) => keepalive && bytes <= 60_000)).toBe(true)
    expect(posts.flatMap(({ ids }) => ids)).toEqual(Array.from({ length: 40 }, (_, index) => String(index)))
  })

  it('sends a single item that is larger without that promise', async () => {
    const { add, queue, posts } = createKit()
    add('big', 'x'.repeat(70_000))
    await queue.flush()
    expect(posts).toMatchObject([{ ids: ['big'], keepalive: false }])
  })

  it('is bounded: the oldest go, and are counted', async () => {
    const { add, queue, posts } = createKit()
    for (let index = 0; index < 1_003; index += 1) add(String(index))
    expect(queue.size).toBe(1_000)
    expect(queue.dropped.full).toBe(3)
    await queue.flush()
    expect(posts[0]?.ids[0]).toBe('3')
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

  it('delivers everything in the end, in its order, whatever the server does meanwhile', async () => {
    const answer = fc.constantFrom<Answer>(200, 500, 503, 'unreachable')
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { maxLength: 6 }), fc.nat(5), async (answers, count) => {
        const { add, clock, posts, queue } = createKit(answers)
        const ids = Array.from({ length: count }, (_, index) => String(index))
        for (const id of ids) {
          add(id)
          await clock.advance(700)
        }
        await clock.advance(600_000)
        expect(queue.size).toBe(0)
        expect([...new Set(posts.flatMap((post) => post.ids))]).toEqual(ids)
      }),
      { numRuns: 20 },
    )
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

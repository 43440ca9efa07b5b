import { describe, expect, it, vi } from 'vitest'
import { createFlagFeed, type FlagFeed } from './flag-feed.ts'
import { createTestBrowser, type TestBrowser, type TestTab } from './outside.test.kit.ts'

const BASE = 'https://app.example/evenkeel'
const STREAM = 'https://app.example/evenkeel/ofrep/v1/events'

/** The server's flags: one value, whose etag follows from it. */
function serverOf() {
  let value: unknown = true
  let evaluatedAt = 1
  const etag = () => `"${String(value)}"`
  return {
    etag,
    flags: () => [{ key: 'a.enabled', value }],
    set(next: unknown) {
      value = next
      evaluatedAt += 1
    },
    answer(request: Request) {
      if (request.headers.get('if-none-match') === etag())
        return new Response(null, { status: 304, headers: { etag: etag() } })
      const eventStreams = [{ type: 'sse', endpoint: { requestUri: '/evenkeel/ofrep/v1/events' } }]
      return Response.json({ flags: this.flags(), eventStreams, evaluatedAt }, { headers: { etag: etag() } })
    },
    pushed() {
      return {
        type: 'refetchEvaluation',
        etag: 'v',
        evaluation: { etag: etag(), flags: this.flags(), evaluatedAt },
      }
    },
    alive: () => ({ type: 'keepAlive', evaluation: { etag: etag() } }),
  }
}

interface Provider {
  readonly tab: TestTab
  readonly feed: FlagFeed
  /** What a provider would go by now. */
  value(): unknown
  readonly refreshes: () => number
}

/** A provider of flags as simple as can be: it fetches when it is told to, and keeps what it got. */
async function openProvider(
  browser: TestBrowser,
  server: ReturnType<typeof serverOf>,
  scope = 'me',
): Promise<Provider> {
  const tab = browser.openTab()
  tab.answer = (request) => server.answer(request)
  let etag: string | null = null
  let flags: { value: unknown }[] = []
  const load = async () => {
    const headers = etag === null ? {} : { 'if-none-match': etag }
    const response = await feed.fetch(
      new Request(`${BASE}/ofrep/v1/evaluate/flags`, { method: 'POST', headers }),
    )
    if (response.status !== 200) return
    etag = response.headers.get('etag')
    flags = ((await response.json()) as { flags: { value: unknown }[] }).flags
  }
  const refresh = vi.fn(() => void load().catch(() => {}))
  const feed = createFlagFeed({ baseUrl: BASE, scope, pollEveryMs: 4_000, refresh }, tab)
  await load().catch(() => {})
  await browser.clock.advance(0)
  return { tab, feed, value: () => flags[0]?.value, refreshes: () => refresh.mock.calls.length }
}

describe('one tab holds the stream', () => {
  it('and the others hear what it hears, without a request of their own', async () => {
    const browser = createTestBrowser()
    const server = serverOf()
    const tabs = [
      await openProvider(browser, server),
      await openProvider(browser, server),
      await openProvider(browser, server),
    ]
    expect(browser.streams.map(({ tab, url }) => [tab, url])).toEqual([[tabs[0]?.tab, STREAM]])
    const asked = tabs.map(({ tab }) => tab.requests.length)
    server.set(false)
    browser.streams[0]?.send(server.pushed())
    await browser.clock.advance(1)
    expect(tabs.map(({ value }) => value())).toEqual([false, false, false])
    expect(tabs.map(({ tab }) => tab.requests.length)).toEqual(asked)
  })

  it('and another one takes over when it is left', async () => {
    const browser = createTestBrowser()
    const server = serverOf()
    const [first, second] = [await openProvider(browser, server), await openProvider(browser, server)]
    first.tab.leave()
    await browser.clock.advance(1)
    expect(browser.streams.map(({ tab }) => tab)).toEqual([second.tab])
  })

  it('and gives it to one that somebody looks at', async () => {
    const browser = createTestBrowser()
    const server = serverOf()
    const first = await openProvider(browser, server)
    first.tab.hide()
    await browser.clock.advance(1)
    expect(browser.streams.map(({ tab }) => tab)).toEqual([first.tab])
    const second = await openProvider(browser, server)
    await browser.clock.advance(1)
    expect(browser.streams.map(({ tab }) => tab)).toEqual([second.tab])
  })

  it('but a hidden tab does not wait for it', async () => {
    const browser = createTestBrowser()
    const server = serverOf()
    const [first, second, third] = [
      await openProvider(browser, server),
      await openProvider(browser, server),
      await openProvider(browser, server),
    ]
    second.tab.hide()
    first.tab.leave()
    await browser.clock.advance(1)
    expect(browser.streams.map(({ tab }) => tab)).toEqual([third.tab])
  })

  it('and tries it again where the browser gave it up', async () => {
    const browser = createTestBrowser()
    await openProvider(browser, serverOf())
    browser.streams[0]?.giveUp()
    expect(browser.streams).toEqual([])
    await browser.clock.advance(5_000)
    expect(browser.streams).toHaveLength(1)
  })

  it('for each scope, and scopes share nothing', async () => {
    const browser = createTestBrowser()
    const [mine, yours] = [serverOf(), serverOf()]
    const me = await openProvider(browser, mine, 'me')
    const you = await openProvider(browser, yours, 'you')
    expect(browser.streams).toHaveLength(2)
    mine.set(false)
    browser.streams.find(({ tab }) => tab === me.tab)?.send(mine.pushed())
    await browser.clock.advance(1)
    expect([me.value(), you.value()]).toEqual([false, true])
  })

  it('no longer once its controls are closed', async () => {
    const browser = createTestBrowser()
    const { feed, tab } = await openProvider(browser, serverOf())
    feed.close()
    const asked = tab.requests.length
    await browser.clock.advance(60_000)
    expect([browser.streams.length, tab.requests.length, browser.clock.pendingTimers]).toEqual([0, asked, 0])
  })
})

describe('news', () => {
  it('are asked for where none come in time, by one tab for all', async () => {
    const browser = createTestBrowser()
    const server = serverOf()
    const tabs = [await openProvider(browser, server), await openProvider(browser, server)]
    const asked = () => tabs.reduce((sum, { tab }) => sum + tab.requests.length, 0)
    const before = asked()
    server.set(false)
    await browser.clock.advance(4_001)
    expect(tabs.map(({ value }) => value())).toEqual([false, false])
    expect(asked() - before).toBeLessThanOrEqual(2)
  })

  it('are not asked for while the stream gives signs of life', async () => {
    const browser = createTestBrowser()
    const server = serverOf()
    const tabs = [await openProvider(browser, server), await openProvider(browser, server)]
    // The second one started with what the first had kept, and asks once.
    await browser.clock.advance(100)
    const asked = tabs.map(({ tab }) => tab.requests.length)
    for (let count = 0; count < 10; count += 1) {
      await browser.clock.advance(2_000)
      browser.streams[0]?.send(server.alive())
    }
    expect(tabs.map(({ tab }) => tab.requests.length)).toEqual(asked)
  })

  it('that were missed show in the next sign of life', async () => {
    const browser = createTestBrowser()
    const server = serverOf()
    const tabs = [await openProvider(browser, server), await openProvider(browser, server)]
    server.set(false)
    browser.streams[0]?.send(server.alive())
    await browser.clock.advance(1)
    expect(tabs.map(({ value }) => value())).toEqual([false, false])
  })

  it('without values, as plain OFREP has them, are fetched', async () => {
    const browser = createTestBrowser()
    const server = serverOf()
    const { value } = await openProvider(browser, server)
    server.set(false)
    browser.streams[0]?.send({ type: 'refetchEvaluation', etag: 'v2' })
    await browser.clock.advance(1)
    expect(value()).toBe(false)
  })

  it('that are old do not take the place of newer ones', async () => {
    const browser = createTestBrowser()
    const server = serverOf()
    const { value } = await openProvider(browser, server)
    const old = server.pushed()
    server.set(false)
    browser.streams[0]?.send(server.pushed())
    await browser.clock.advance(1)
    browser.streams[0]?.send({ ...old, evaluation: { ...old.evaluation, evaluatedAt: 0 } })
    await browser.clock.advance(1)
    expect(value()).toBe(false)
  })

  it('are looked for when a tab is shown again after a while', async () => {
    const browser = createTestBrowser()
    const server = serverOf()
    const { tab, value } = await openProvider(browser, server)
    tab.hide()
    tab.answer = () => Promise.reject(new TypeError('asleep'))
    await browser.clock.advance(3_000)
    server.set(false)
    tab.answer = (request) => server.answer(request)
    tab.show()
    await browser.clock.advance(0)
    expect(value()).toBe(true)
    await browser.clock.advance(1_001)
    expect(value()).toBe(false)
  })

  it.each([
    ['text that is no JSON', '{'],
    ['an event of another kind', { type: 'somethingElse', evaluation: { etag: 'x', flags: [] } }],
    ['flags that are no list', { type: 'keepAlive', evaluation: { etag: '"true"', flags: 'all' } }],
    ['nothing', null],
  ])('that are nonsense change nothing: %s', async (_what, event) => {
    const browser = createTestBrowser()
    const { value, refreshes } = await openProvider(browser, serverOf())
    const before = refreshes()
    browser.streams[0]?.send(event)
    await browser.clock.advance(1)
    expect([value(), refreshes()]).toEqual([true, before])
  })

  it('keep being asked for while the server is away, and the last values hold', async () => {
    const browser = createTestBrowser()
    const server = serverOf()
    const { tab, value } = await openProvider(browser, server)
    tab.answer = () => Promise.reject(new TypeError('Failed to fetch'))
    const asked = tab.requests.length
    await browser.clock.advance(20_500)
    expect([value(), tab.requests.length - asked]).toEqual([true, 5])
    server.set(false)
    tab.answer = (request) => server.answer(request)
    await browser.clock.advance(4_000)
    expect(value()).toBe(false)
  })
})

describe('a page load', () => {
  it('starts with the flags of the page before, and asks for new ones once its provider has read them', async () => {
    const browser = createTestBrowser()
    const server = serverOf()
    server.set(false)
    const first = await openProvider(browser, server)
    first.feed.close()
    server.set(true)
    const { tab, value } = await openProvider(browser, server)
    expect(value()).toBe(false)
    // A provider that is told to fetch again while it still reads what it was given never has that.
    await browser.clock.advance(50)
    expect(tab.requests).toHaveLength(0)
    await browser.clock.advance(50)
    expect(value()).toBe(true)
    expect(tab.requests).toHaveLength(1)
  })

  it('keeps them while the server is away', async () => {
    const browser = createTestBrowser()
    const server = serverOf()
    server.set(false)
    ;(await openProvider(browser, server)).feed.close()
    server.answer = () => new Response(null, { status: 503 })
    const { value } = await openProvider(browser, server)
    await browser.clock.advance(10_000)
    expect(value()).toBe(false)
  })

  it('does not start with those of another user, nor with nonsense', async () => {
    const browser = createTestBrowser()
    const server = serverOf()
    server.set(false)
    ;(await openProvider(browser, server, 'me')).feed.close()
    server.answer = () => new Response(null, { status: 503 })
    expect((await openProvider(browser, server, 'you')).value()).toBeUndefined()
    for (const stored of ['{', '7', '{"of":"x"}']) {
      browser.stored = stored
      expect((await openProvider(browser, server, 'me')).value()).toBeUndefined()
    }
  })

  it('works without channels, locks and streams: each tab asks for itself', async () => {
    const browser = createTestBrowser()
    const server = serverOf()
    const tab = browser.openTab({ openChannel: () => null, queue: () => null, openStream: () => null })
    tab.answer = (request) => server.answer(request)
    let asked = 0
    const feed = createFlagFeed(
      {
        baseUrl: BASE,
        scope: 'me',
        pollEveryMs: 4_000,
        refresh: () =>
          void feed.fetch(`${BASE}/x`).then(() => {
            asked += 1
          }),
      },
      tab,
    )
    await browser.clock.advance(12_500)
    expect([asked, browser.streams.length]).toEqual([3, 0])
    feed.close()
  })
})

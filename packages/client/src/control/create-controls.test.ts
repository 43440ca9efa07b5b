import { describe, expect, it, vi } from 'vitest'
import { assembleControls, createControls } from './create-controls.ts'
import { createTestBrowser } from './outside.test.kit.ts'

const URL = 'https://app.example/evenkeel'

function setUp() {
  const browser = createTestBrowser()
  const tab = browser.openTab()
  let flags: unknown = [{ key: 'a.enabled', value: false, variant: 'off', reason: 'STATIC' }]
  let etag = 1
  tab.answer = (request) => {
    if (request.headers.get('if-none-match') === String(etag)) return new Response(null, { status: 304 })
    return Response.json({ flags, evaluatedAt: etag }, { headers: { etag: String(etag) } })
  }
  return {
    browser,
    tab,
    set(next: unknown) {
      flags = next
      etag += 1
    },
  }
}

describe('controls from the product’s own server', () => {
  it('are the defaults until the server has answered, and then what it said', async () => {
    const { tab } = setUp()
    const controls = assembleControls({ url: URL }, tab)
    expect(controls.of('a').enabled).toBe(true)
    const heard = vi.fn()
    controls.onChange(heard)
    await vi.waitFor(() => expect(controls.of('a').enabled).toBe(false))
    expect(heard).toHaveBeenCalled()
    expect(controls.of('a').flags).toEqual([{ key: 'a.enabled', variant: 'off', reason: 'STATIC' }])
    expect(tab.requests[0]?.url).toBe(`${URL}/ofrep/v1/evaluate/flags`)
    controls.close()
  })

  it.each([
    ['by its variant', { variant: 'purge' }],
    ['by its metadata', { variant: 'off', metadata: { purge: true } }],
  ])('tell of a kill for bad answers %s, and of its end', async (_how, said) => {
    const { browser, tab, set } = setUp()
    set([{ key: 'a.enabled', value: false, reason: 'STATIC', ...said }])
    const controls = assembleControls({ url: URL }, tab)
    await vi.waitFor(() => expect(controls.of('a')).toMatchObject({ enabled: false, purge: true }))
    const metadata = { purgedAt: '2026-01-01T00:00:00.000Z' }
    set([{ key: 'a.enabled', value: true, variant: 'on', reason: 'STATIC', metadata }])
    await browser.clock.advance(4_001)
    const purgedAtEpochMs = Date.UTC(2026, 0, 1)
    await vi.waitFor(() =>
      expect(controls.of('a')).toMatchObject({ enabled: true, purge: false, purgedAtEpochMs }),
    )
    controls.close()
  })

  it('send nothing of the user: the server knows its session', async () => {
    const { tab } = setUp()
    const controls = assembleControls({ url: `${URL}/`, user: 'u1', tenant: 'acme' }, tab)
    await vi.waitFor(() => expect(tab.requests).toHaveLength(1))
    expect(await tab.requests[0]?.text()).toBe('{"context":{}}')
    controls.close()
  })

  it('change when the server says something else at the next poll', async () => {
    const { browser, tab, set } = setUp()
    const controls = assembleControls({ url: URL }, tab)
    await vi.waitFor(() => expect(controls.of('a').enabled).toBe(false))
    set([{ key: 'a.enabled', value: true, variant: 'on', reason: 'STATIC' }])
    await browser.clock.advance(4_001)
    await vi.waitFor(() => expect(controls.of('a').enabled).toBe(true))
    controls.close()
  })

  it.each([
    ['is away', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['fails', () => new Response('oh', { status: 500 })],
    ['forbids', () => new Response('no', { status: 403 })],
    [
      'says something that is no evaluation',
      () => Response.json({ flags: 'all' }, { headers: { etag: '9' } }),
    ],
    [
      'gives a page of HTML',
      () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
    ],
  ])('keep the last good values while the server %s, and come back with it', async (_what, bad) => {
    const { browser, tab, set } = setUp()
    const controls = assembleControls({ url: URL }, tab)
    await vi.waitFor(() => expect(controls.of('a').enabled).toBe(false))
    const good = tab.answer
    tab.answer = bad
    await browser.clock.advance(8_100)
    expect(controls.of('a').enabled).toBe(false)
    tab.answer = good
    set([])
    await browser.clock.advance(4_100)
    await vi.waitFor(() => expect(controls.of('a').enabled).toBe(true))
    controls.close()
  })

  it('come as soon as a server that was away at first is there', async () => {
    const { browser, tab } = setUp()
    const good = tab.answer
    tab.answer = () => new Response(null, { status: 503 })
    const quiet = vi.spyOn(console, 'error')
    const controls = assembleControls({ url: URL }, tab)
    await browser.clock.advance(10)
    expect(controls.of('a').enabled).toBe(true)
    tab.answer = good
    await browser.clock.advance(4_001)
    await vi.waitFor(() => expect(controls.of('a').enabled).toBe(false))
    expect(quiet).not.toHaveBeenCalled()
    controls.close()
  })

  it('are the defaults on a server, where there is no page', () => {
    const controls = createControls()
    expect(controls.of('a')).toMatchObject({ enabled: true, maxLevel: 5 })
    controls.onChange(() => {})()
    controls.close()
  })
})

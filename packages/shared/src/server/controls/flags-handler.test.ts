import { describe, expect, it } from 'vitest'
import type { Identity } from '../identity.ts'
import { createControls } from './controls.ts'
import { type FlagsHandlerOptions, flagsHandler } from './flags-handler.ts'
import { testFlags } from './test-flags.test.kit.ts'

const BASE = 'http://shop.example/evenkeel/ofrep/v1'

function setUp(flags: Readonly<Record<string, unknown>>, options: Partial<FlagsHandlerOptions> = {}) {
  const source = testFlags(flags)
  const errors: unknown[] = []
  const handler = flagsHandler({
    controls: createControls(source, { keys: { 'a.notice': 'my-old-flag', 'a.prompt': 'pointer' } }),
    features: ['a'],
    identify: (request): Identity => ({ tenant: null, user: request.headers.get('cookie') }),
    onError: (error) => errors.push(error),
    ...options,
  })
  const ask = (path: string, init: RequestInit = {}) => handler(new Request(`${BASE}${path}`, init))
  const post = (path = '/evaluate/flags', headers: Record<string, string> = {}, body: unknown = {}) =>
    ask(path, { method: 'POST', headers, body: JSON.stringify(body) })
  return { source, errors, ask, post }
}

/** The events of a stream, one at a time. */
function eventsOf(response: Response) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  return {
    async next(): Promise<Record<string, unknown>> {
      for (;;) {
        const end = rest.indexOf('\n\n')
        if (end >= 0) {
          const event = rest.slice(0, end)
          rest = rest.slice(end + 2)
          if (event.startsWith('data: ')) return JSON.parse(event.slice(6))
          continue
        }
        const part = await reader?.read()
        if (part === undefined || part.done) throw new Error('The stream has ended.')
        rest += part.value
      }
    },
    leave: () => reader?.cancel(),
  }
}

describe('flags by OFREP', () => {
  it('are the public ones, under the controls’ own names, with the way to hear of changes', async () => {
    const { post } = setUp({ 'a.enabled': true, 'my-old-flag': 'Slow today.', pointer: '2', 'a.model': 'x' })
    const response = await post()
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      flags: [
        { key: 'a.enabled', value: true, reason: 'STATIC', variant: 'true' },
        { key: 'a.notice', value: 'Slow today.', reason: 'STATIC' },
      ],
      eventStreams: [{ type: 'sse', endpoint: { requestUri: '/evenkeel/ofrep/v1/events' } }],
    })
  })

  it('are those of the session, whatever context the browser sends', async () => {
    const { post } = setUp({ 'a.enabled': ({ user }: Identity) => user === 'insider' })
    const enabledFor = async (headers: Record<string, string>, context: object) => {
      const body = (await (await post('/evaluate/flags', headers, { context })).json()) as {
        flags: { value: unknown }[]
      }
      return body.flags[0]?.value
    }
    expect(await enabledFor({}, { targetingKey: 'insider', user: 'insider', cohort: 'internal' })).toBe(false)
    expect(await enabledFor({ cookie: 'insider' }, {})).toBe(true)
  })

  it('are not sent again where the browser has them', async () => {
    const { post, source } = setUp({ 'a.enabled': true })
    const etag = (await post()).headers.get('etag') ?? ''
    const same = await post('/evaluate/flags', { 'if-none-match': etag })
    expect([same.status, same.headers.get('etag'), await same.text()]).toEqual([304, etag, ''])
    source.set({ 'a.enabled': false })
    expect((await post('/evaluate/flags', { 'if-none-match': etag })).status).toBe(200)
  })

  it('can be asked for one by one', async () => {
    const { post } = setUp({ 'a.enabled': true, pointer: '2' })
    expect(await (await post('/evaluate/flags/a.enabled')).json()).toMatchObject({
      key: 'a.enabled',
      value: true,
    })
    for (const hidden of ['a.prompt', 'pointer', 'nothing', '%E0%A4%A']) {
      expect((await post(`/evaluate/flags/${hidden}`)).status).toBe(404)
    }
  })

  it('of which one flag may stand behind several controls', async () => {
    const source = testFlags({ assistant: false })
    const keys = { 'a.enabled': 'assistant', 'b.enabled': 'assistant' }
    const handler = flagsHandler({ controls: createControls(source, { keys }), features: ['a', 'b'] })
    const response = await handler(new Request(`${BASE}/evaluate/flags`, { method: 'POST' }))
    const { flags } = (await response.json()) as { flags: { key: string; value: unknown }[] }
    expect(flags.map(({ key, value }) => [key, value])).toEqual([
      ['a.enabled', false],
      ['b.enabled', false],
    ])
  })

  it('are told to this site’s own pages only', async () => {
    const { post } = setUp({ 'a.enabled': true })
    expect((await post('/evaluate/flags', { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await post('/evaluate/flags', { origin: 'https://evil.example' })).status).toBe(403)
  })

  it('are 503 where the session cannot be known, and the team hears of it', async () => {
    const { post, errors } = setUp({}, { identify: () => Promise.reject(new Error('no session store')) })
    expect([(await post()).status, errors.length]).toEqual([503, 1])
  })

  it('have their paths and methods', async () => {
    const { ask } = setUp({})
    expect((await ask('/evaluate/flags')).status).toBe(405)
    expect((await ask('/events', { method: 'POST' })).status).toBe(405)
    expect((await ask('/elsewhere')).status).toBe(404)
  })
})

describe('the event stream', () => {
  it('says at once which flags hold, and pushes new ones with their values', async () => {
    const { ask, post, source } = setUp({ 'a.enabled': true })
    const events = eventsOf(await ask('/events'))
    const etag = (await post()).headers.get('etag')
    expect(await events.next()).toEqual({ type: 'keepAlive', evaluation: { etag } })
    source.set({ 'a.enabled': false })
    const pushed = await events.next()
    expect(pushed).toMatchObject({
      type: 'refetchEvaluation',
      etag: source.version,
      evaluation: { flags: [{ key: 'a.enabled', value: false }] },
    })
    expect((pushed.evaluation as { etag: string }).etag).toBe((await post()).headers.get('etag'))
    await events.leave()
    expect(source.listeners).toBe(0)
  })

  it('says nothing of a flip that changes nothing for this session', async () => {
    const { ask, source } = setUp({ 'a.enabled': true })
    const events = eventsOf(await ask('/events'))
    await events.next()
    source.set({ 'a.enabled': ({ user }: Identity) => user !== 'somebody else' })
    source.set({ 'a.enabled': true, pointer: '9' })
    source.set({ 'a.enabled': false })
    expect(await events.next()).toMatchObject({ evaluation: { flags: [{ value: false }] } })
    await events.leave()
  })

  it('ends in the last of many flips in a row', async () => {
    const { ask, source } = setUp({ 'a.max-level': 5 })
    const events = eventsOf(await ask('/events'))
    await events.next()
    for (const level of [4, 3, 2, 1, 2]) source.set({ 'a.max-level': level })
    let last: unknown
    do last = (await events.next()).evaluation
    while (JSON.stringify(last).includes('"value":2') === false)
    await events.leave()
  })

  it('gives signs of life', async () => {
    const { ask } = setUp({ 'a.enabled': true }, { aliveEveryMs: 10 })
    const events = eventsOf(await ask('/events'))
    const first = await events.next()
    expect(await events.next()).toEqual(first)
    await events.leave()
  })

  it('is bounded in number, and a place that is left can be taken', async () => {
    const { ask } = setUp({}, { maxStreams: 1 })
    const first = await ask('/events')
    expect((await ask('/events')).status).toBe(503)
    await first.body?.cancel()
    expect((await ask('/events')).status).toBe(200)
  })
})

import { describe, expect, it, vi } from 'vitest'
import { parseMetadata } from '../../evenkeel-header.ts'
import type { EvenkeelContext } from '../context.ts'
import { type WithEvenkeelOptions, withEvenkeel } from '../with-evenkeel.ts'
import { createControls } from './controls.ts'
import { testFlags } from './test-flags.test.kit.ts'

const SESSION = { tenant: 'acme', user: 'u1', cohort: 'external' }
const encoder = new TextEncoder()

/** A stream that a test feeds. */
function fed(type = 'text/event-stream') {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const cancelled = vi.fn()
  const stream = new ReadableStream<Uint8Array>({
    start(own) {
      controller = own
    },
    cancel: cancelled,
  })
  return {
    response: () => new Response(stream, { headers: { 'content-type': type } }),
    send: (text: string) => controller?.enqueue(encoder.encode(text)),
    end: () => controller?.close(),
    cancelled,
  }
}

function setUp(
  flags: Readonly<Record<string, unknown>>,
  handler: (context: EvenkeelContext) => Response | Promise<Response> = () => new Response('ok'),
  options: WithEvenkeelOptions = {},
) {
  const source = testFlags(flags)
  const heard: unknown[] = []
  const contexts: EvenkeelContext[] = []
  const answer = withEvenkeel(
    'a',
    (_request, context) => {
      contexts.push(context)
      return handler(context)
    },
    {
      controls: createControls(source),
      identify: () => SESSION,
      onError: (error) => heard.push(error),
      ...options,
    },
  )
  const ask = (headers: Record<string, string> = {}, path = '/a') =>
    answer(new Request(`http://shop.example${path}`, { method: 'POST', headers }))
  return { source, ask, contexts, heard }
}

describe('a feature that is off', () => {
  it('is refused before the handler hears of it, in a way that the client understands', async () => {
    const { ask, contexts, source } = setUp({ 'a.enabled': false })
    const response = await ask()
    expect(response.status).toBe(403)
    expect(parseMetadata(response.headers.get('evenkeel'))).toEqual({ failed: 'disabled' })
    expect(await response.json()).toMatchObject({ title: 'This feature is switched off.' })
    expect([contexts.length, source.listeners]).toEqual([0, 0])
  })

  it('is off for those whom the session names, whatever the browser claims', async () => {
    const onlyInternal = { 'a.enabled': ({ cohort }: { cohort: string }) => cohort === 'internal' }
    const claims = { 'evenkeel-cohort': 'internal', baggage: 'cohort=internal', cookie: 'cohort=internal' }
    expect((await setUp(onlyInternal).ask(claims, '/a?cohort=internal')).status).toBe(403)
    const identify = () => ({ ...SESSION, cohort: 'internal' })
    expect((await setUp(onlyInternal, undefined, { identify }).ask()).status).toBe(200)
  })

  it('is evaluated anew for each request', async () => {
    const { ask, source } = setUp({})
    expect((await ask()).status).toBe(200)
    source.set({ 'a.enabled': false })
    expect((await ask()).status).toBe(403)
    source.set({})
    expect((await ask()).status).toBe(200)
  })
})

describe('the handler', () => {
  it('is given the prompt and the model in force, and who asks', async () => {
    const { ask, contexts } = setUp({ 'a.prompt': '1', 'a.model': 'small-1' })
    await ask()
    expect(contexts[0]?.controls).toMatchObject({ prompt: '1', model: 'small-1', enabled: true })
    expect(contexts[0]?.identity).toEqual(SESSION)
  })

  it('has no say in the level: a cap is told to the client', async () => {
    const response = await setUp({ 'a.max-level': 3 }).ask()
    expect(parseMetadata(response.headers.get('evenkeel'))).toEqual({ level: 3 })
  })

  it.each([
    ['1', { prompt: 'a', version: '1' }, false],
    ['1', { prompt: 'a', version: '2' }, true],
    ['a@1', { prompt: 'a', version: '1' }, false],
    ['a@1', { prompt: 'b', version: '1' }, true],
    ['a@1#9f2c', { prompt: 'a', version: '1' }, false],
    ['1', {}, false],
  ])('that was told to send %s and says %j is reported: %s', async (prompt, said, isReported) => {
    const { ask, heard } = setUp({ 'a.prompt': prompt }, (context) => {
      context.describe(said)
      return new Response('ok')
    })
    await ask()
    expect(heard.length > 0).toBe(isReported)
  })

  it('without controls is given the defaults', async () => {
    let seen: EvenkeelContext | undefined
    const answer = withEvenkeel('a', (_request, context) => {
      seen = context
      return new Response('ok')
    })
    await answer(new Request('http://shop.example/', { method: 'POST' }))
    expect(seen?.controls).toMatchObject({ enabled: true, maxLevel: 5, prompt: null, model: null })
    expect(seen?.identity).toEqual({ tenant: null, user: null })
  })

  it('that cannot know who asks is not asked: the session failed', async () => {
    const { ask, heard, contexts } = setUp({}, undefined, {
      identify: () => Promise.reject(new Error('no session store')),
    })
    expect((await ask()).status).toBe(500)
    expect([contexts.length, heard.length]).toEqual([0, 1])
  })
})

describe('the switch thrown while an answer is under way', () => {
  it('ends a stream of events with a word that the client knows, and stops the model', async () => {
    const body = fed()
    const { ask, source, contexts, heard } = setUp({}, body.response)
    const response = await ask()
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    body.send('data: {"type":"start"}\n\n')
    expect((await reader?.read())?.value).toBe('data: {"type":"start"}\n\n')
    source.set({ 'a.enabled': false })
    expect((await reader?.read())?.value).toBe('\n\nevent: evenkeel\ndata: {"failed":"disabled"}\n\n')
    expect((await reader?.read())?.done).toBe(true)
    expect(contexts[0]?.signal.aborted).toBe(true)
    await vi.waitFor(() => expect(body.cancelled).toHaveBeenCalled())
    expect([source.listeners, heard.length]).toEqual([0, 0])
  })

  it('ends lines of JSON with a line of its own', async () => {
    const body = fed('application/x-ndjson')
    const { ask, source } = setUp({}, body.response)
    const text = (await ask()).text()
    source.set({ 'a.enabled': false })
    expect(await text).toBe('\n{"evenkeel":{"failed":"disabled"}}\n')
  })

  it('cuts any other format off, so that half an answer never looks whole', async () => {
    const body = fed('text/plain')
    const { ask, source } = setUp({}, body.response)
    const text = (await ask()).text()
    body.send('half an ')
    source.set({ 'a.enabled': false })
    await expect(text).rejects.toThrow()
  })

  it('lets the answer end where that was chosen', async () => {
    const body = fed('text/plain')
    const { ask, source } = setUp({}, body.response, { whenKilled: 'finish' })
    const text = (await ask()).text()
    source.set({ 'a.enabled': false })
    body.send('whole')
    body.end()
    expect(await text).toBe('whole')
  })

  it('stops it all the same where it was thrown for what was said, be that added later', async () => {
    for (const steps of [[{ purge: true }], [{}, { purge: true }]]) {
      const body = fed('text/plain')
      const { ask, source } = setUp({}, body.response, { whenKilled: 'finish' })
      const text = (await ask()).text()
      body.send('half an ')
      for (const metadata of steps) source.set({ 'a.enabled': false }, metadata)
      await expect(text).rejects.toThrow()
      expect(body.cancelled).toHaveBeenCalled()
      expect(source.listeners).toBe(0)
    }
  })

  it('lets it end or stops it as the feature says, where the handler says nothing of its own', async () => {
    const source = testFlags({})
    const body = fed('text/plain')
    const feature = { id: 'a', whenKilled: 'finish' } as const
    const answer = withEvenkeel(feature, body.response, { controls: createControls(source) })
    const text = (await answer(new Request('http://shop.example/a', { method: 'POST' }))).text()
    source.set({ 'a.enabled': false })
    body.send('whole')
    body.end()
    expect(await text).toBe('whole')
    const other = fed('text/plain')
    const options = { controls: createControls(testFlags({})), whenKilled: 'stop' } as const
    const stopped = testFlags({})
    const strict = withEvenkeel(feature, other.response, { ...options, controls: createControls(stopped) })
    const broken = (await strict(new Request('http://shop.example/a', { method: 'POST' }))).text()
    stopped.set({ 'a.enabled': false })
    await expect(broken).rejects.toThrow()
  })

  it('before the head is out refuses the request', async () => {
    const { ask, source } = setUp({}, ({ signal }) => {
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    })
    const response = ask()
    await vi.waitFor(() => expect(source.listeners).toBe(1))
    await new Promise((resolve) => setTimeout(resolve, 5))
    source.set({ 'a.enabled': false })
    expect((await response).status).toBe(403)
    expect(parseMetadata((await response).headers.get('evenkeel')).failed).toBe('disabled')
  })

  it('before the head is out refuses it also where the handler takes no notice', async () => {
    let give = (_response: Response) => {}
    const { ask, source } = setUp(
      {},
      () =>
        new Promise<Response>((resolve) => {
          give = resolve
        }),
    )
    const response = ask()
    await new Promise((resolve) => setTimeout(resolve, 5))
    source.set({ 'a.enabled': false })
    await new Promise((resolve) => setTimeout(resolve, 5))
    give(new Response('late'))
    expect((await response).status).toBe(403)
  })

  it('for somebody else leaves this one alone', async () => {
    const body = fed('text/plain')
    const { ask, source } = setUp({}, body.response)
    const text = (await ask()).text()
    source.set({ 'a.enabled': ({ user }: { user: string }) => user !== 'u2' })
    await new Promise((resolve) => setTimeout(resolve, 5))
    body.send('whole')
    body.end()
    expect(await text).toBe('whole')
    expect(source.listeners).toBe(0)
  })

  it('is watched for no longer than the answer lasts', async () => {
    const { ask, source } = setUp({}, () => new Response(null, { status: 204 }))
    await ask()
    expect(source.listeners).toBe(0)
    const body = fed()
    const second = setUp({}, body.response)
    const response = await second.ask()
    expect(second.source.listeners).toBe(1)
    await response.body?.cancel()
    expect(second.source.listeners).toBe(0)
  })
})

import { describe, expect, it } from 'vitest'
import { parseMetadata } from '../../evenkeel-header.ts'
import { createControls } from '../controls/controls.ts'
import type { FlagSource } from '../controls/flag-source.ts'
import type { WhenKilled } from '../controls/kill-switch.ts'
import { testFlags } from '../controls/test-flags.test.kit.ts'
import type { Identity } from '../identity.ts'
import { withEvenkeel } from '../with-evenkeel.ts'
import { createMemoryResumeStore } from './memory-store.ts'
import { resumeHandler } from './resume-handler.ts'

const OFF = { 'a.enabled': false }

interface Setup {
  readonly whenKilled?: WhenKilled
  /** The flag says that what was said is bad. */
  readonly purge?: boolean
  readonly purgedAt?: string
  /** Whether the handler of resumed answers is given the controls too. */
  readonly isTold?: boolean
}

/** A feature whose answers are kept, and whose model says what the test says. */
function setUp({ whenKilled = 'stop', purge = false, purgedAt = '', isTold = true }: Setup = {}) {
  const flags = testFlags()
  const source: FlagSource = {
    ...flags,
    evaluate: (...asked) => ({ ...flags.evaluate(...asked), metadata: { purge, purgedAt } }) as never,
  }
  const controls = createControls(source)
  const identify = (request: Request): Identity => ({ tenant: null, user: request.headers.get('x-user') })
  const store = createMemoryResumeStore()
  let model: ReadableStreamDefaultController<Uint8Array> | undefined
  const answer = withEvenkeel(
    'a',
    () => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          model = controller
        },
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    },
    { controls, identify, whenKilled, onError: () => {}, resume: { store, url: (id) => `/again/${id}` } },
  )
  const again = resumeHandler({ store, ...(isTold ? { controls, identify } : {}) })
  const headers = { 'x-user': 'ann' }
  return {
    flags,
    store,
    async ask() {
      const response = await answer(new Request('http://shop.example/a', { method: 'POST', headers }))
      const url = parseMetadata(response.headers.get('evenkeel')).resume ?? ''
      const reader = response.body?.getReader()
      return { url, reader, text: async () => new TextDecoder().decode((await reader?.read())?.value) }
    },
    resume: (url: string) => again(new Request(`http://shop.example${url}`, { headers })),
    say: (word: string) => model?.enqueue(new TextEncoder().encode(`data: ${word}\n\n`)),
    end: () => model?.close(),
  }
}

describe('an answer that the kill switch stopped', () => {
  it('is not to be had again, while the browser that has it hears why', async () => {
    const { flags, store, ask, resume, say } = setUp({ isTold: false })
    const { url, text } = await ask()
    say('half')
    expect(await text()).toContain('data: half')
    expect(store.answers).toBe(1)
    flags.set(OFF)
    expect(await text()).toContain('{"failed":"disabled"}')
    expect(store.answers).toBe(0)
    expect((await resume(url)).status).toBe(204)
  })

  it('is not written on for a browser that has left and might come back', async () => {
    const { flags, store, ask, resume, say } = setUp({ isTold: false })
    const { url, reader, text } = await ask()
    say('half')
    await text()
    await reader?.cancel()
    flags.set(OFF)
    await expect.poll(() => store.answers).toBe(0)
    expect((await resume(url)).status).toBe(204)
  })

  it('breaks off for whoever resumed it', async () => {
    const { flags, ask, resume, say } = setUp()
    const { url, text } = await ask()
    say('half')
    await text()
    const reading = (await resume(url)).text()
    flags.set(OFF)
    await expect(reading).rejects.toThrow('broke off')
  })
})

describe('an answer from before the kill switch was thrown', () => {
  async function whole(setup: Setup) {
    const feature = setUp(setup)
    const { url, reader, text } = await feature.ask()
    feature.say('whole')
    await text()
    feature.end()
    await reader?.read()
    return { ...feature, url }
  }

  it('is to be had while the feature is on, without what only the server has to know', async () => {
    const { url, resume } = await whole({})
    const response = await resume(url)
    expect(await response.text()).toContain('data: whole')
    expect([...response.headers.keys()].sort()).toEqual(
      ['cache-control', 'content-type', 'evenkeel', 'traceparent'].sort(),
    )
  })

  it('is not to be had after it, and forgotten', async () => {
    const { url, resume, flags, store } = await whole({})
    flags.set(OFF)
    expect((await resume(url)).status).toBe(204)
    expect(store.answers).toBe(0)
  })

  it('is to be had where answers may end, but not where they were bad', async () => {
    const mayEnd = await whole({ whenKilled: 'finish' })
    mayEnd.flags.set(OFF)
    expect((await mayEnd.resume(mayEnd.url)).status).toBe(200)
    const bad = await whole({ whenKilled: 'finish', purge: true })
    bad.flags.set(OFF)
    expect((await bad.resume(bad.url)).status).toBe(204)
  })

  it('is not to be had where answers were bad until after it began, although the feature is on again', async () => {
    const later = await whole({ purgedAt: '2100-01-01T00:00:00Z' })
    later.flags.set({ 'a.enabled': true })
    expect((await later.resume(later.url)).status).toBe(204)
    const earlier = await whole({ purgedAt: '2001-01-01T00:00:00Z' })
    earlier.flags.set({ 'a.enabled': true })
    expect((await earlier.resume(earlier.url)).status).toBe(200)
  })

  it('is still to be had by those for whom the feature is on', async () => {
    const { url, resume, flags } = await whole({})
    flags.set({ 'a.enabled': ({ user }: Identity) => user === 'ann' })
    expect((await resume(url)).status).toBe(200)
  })
})

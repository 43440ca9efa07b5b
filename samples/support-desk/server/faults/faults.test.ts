import { request as nodeRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { classification } from '../../src/classification.ts'
import { FAULTS, type Weather } from '../../src/faults.ts'
import { type ProductServer, startServer } from '../server.ts'

const INPUT = { customer: 'Example Ltd', subject: 'Invoice', body: 'I was charged twice.' }
/** Those that hold a connection open for as long as somebody listens. */
const ENDLESS = new Set<Weather>(['stall', 'pings'])

let server: ProductServer
beforeAll(async () => {
  server = await startServer({
    port: 0,
    collectorUrl: () => null,
    environment: 'test',
    pages: 'none',
    simulation: { seed: 1, speed: 50 },
  })
})
afterAll(() => server.close())

interface Ask {
  readonly feature?: 'draft-reply' | 'classify-ticket'
  readonly tiers?: 'all' | 'primary'
  readonly tier?: string
  readonly violations?: readonly string[]
}

function ask(weather: Weather, { feature = 'draft-reply', tiers = 'all', tier, violations }: Ask = {}) {
  return fetch(`${server.url}/api/ai/${feature}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-weather': weather,
      'x-weather-tiers': tiers,
      ...(tier === undefined
        ? {}
        : { 'evenkeel-attempt': `run="${'a'.repeat(32)}", step="model", tier="${tier}"` }),
    },
    body: JSON.stringify({ input: INPUT, violations }),
  })
}

const events = (stream: string): Record<string, unknown>[] =>
  [...stream.matchAll(/^data: (\{.*\})$/gm)].map(([, json = '']) => JSON.parse(json))
const words = (stream: string) => events(stream).reduce((all, { delta }) => all + (delta ?? ''), '')

describe('every fault of the drawer', () => {
  it.each(FAULTS.filter(({ id }) => id !== 'calm').map(({ id }) => id))(
    '%s spoils the answer of every tier, and none of another where only the first model is meant',
    async (weather) => {
      expect(await wholeDraft(weather, {})).toBe(weather === 'slow' || weather.startsWith('schema'))
      expect(await wholeDraft(weather, { tiers: 'primary', tier: 'fast' })).toBe(true)
    },
  )

  /** Whether a draft came whole and in its own words, in time. */
  async function wholeDraft(weather: Weather, how: Ask): Promise<boolean> {
    if (ENDLESS.has(weather) && how.tier === undefined) return false
    if (weather === 'slow-headers' && how.tier === undefined) return false
    const response = await ask(weather, how).catch(() => null)
    const stream = await response?.text().catch(() => '')
    if (response?.ok !== true || stream === undefined) return false
    if (response.headers.get('content-type') !== 'text/event-stream') return false
    const finish = events(stream).at(-1)?.finishReason === 'stop' && /^data: \[DONE\]$/m.test(stream)
    return finish && (weather.startsWith('schema') || words(stream).length > 100)
  }
})

describe('by status', () => {
  it.each([
    ['status-400', 400],
    ['status-401', 401],
    ['status-404', 404],
    ['status-429', 429],
    ['retry-after', 429],
    ['status-500', 500],
    ['down', 503],
    ['status-529', 529],
  ] as const)('%s is %d, and not said to be the model’s', async (weather, status) => {
    const response = await ask(weather)
    expect(response.status).toBe(status)
    expect(response.headers.get('evenkeel')).toBeNull()
    expect(response.headers.get('retry-after')).toBe(weather === 'retry-after' ? '10' : null)
  })

  it('where only the first model is meant, its provider has failed: marked, and without a word on the console', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    for (const [weather, status] of [
      ['down', 503],
      ['retry-after', 429],
      ['status-401', 502],
    ] as const) {
      const response = await ask(weather, { tiers: 'primary' })
      expect([response.status, response.headers.get('evenkeel')]).toEqual([status, 'failed="model"'])
    }
    expect(told).not.toHaveBeenCalled()
    told.mockRestore()
  })
})

describe('by connection', () => {
  it('reset at once: no status at all', async () => {
    const { port } = new URL(server.url)
    const code = await new Promise((resolve) => {
      const asking = nodeRequest({
        port,
        path: '/api/ai/draft-reply',
        method: 'POST',
        headers: { 'x-weather': 'reset-early' },
      })
      asking.on('response', () => resolve('answered'))
      asking.on('error', (error) => resolve(Reflect.get(error, 'code')))
      asking.end('{}')
    })
    expect(code).toBe('ECONNRESET')
  })

  it('reset in the middle: the body breaks, and the URL to pick it up was named', async () => {
    const response = await ask('reset')
    expect(response.headers.get('evenkeel')).toContain('resume="/api/ai/resume/')
    await expect(response.text()).rejects.toThrow()
  })

  it('slow headers: two seconds before the status', async () => {
    const startedMs = performance.now()
    await (await ask('slow-headers')).text()
    expect(performance.now() - startedMs).toBeGreaterThan(2_000 / 50 - 5)
  })
})

describe('by the model', () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => {})
  afterAll(() => told.mockRestore())

  it('a provider’s error stands in the stream, without its words', async () => {
    const all = events(await (await ask('provider-error')).text())
    expect(all.find(({ type }) => type === 'error')).toEqual({
      type: 'error',
      errorText: 'An error occurred.',
    })
    expect(told).not.toHaveBeenCalled()
  })

  it.each([
    ['refusal', 0],
    ['content-filter', 6],
  ] as const)('%s ends with the protocol’s own word for it', async (weather, deltas) => {
    const all = events(await (await ask(weather)).text())
    expect(all.filter(({ type }) => type === 'text-delta')).toHaveLength(deltas)
    expect(all.at(-1)).toMatchObject({ type: 'finish', finishReason: 'content-filter' })
  })

  it('an empty answer ends well', async () => {
    const stream = await (await ask('empty-answer')).text()
    expect(words(stream)).toBe('')
    expect(events(stream).at(-1)).toMatchObject({ type: 'finish', finishReason: 'stop' })
  })

  it('the form is wrong once, and right when asked again with the paths', async () => {
    const passes = async (weather: Weather, violations?: readonly string[]) => {
      const stream = await (
        await ask(weather, { feature: 'classify-ticket', ...(violations && { violations }) })
      ).text()
      return classification.safeParse(JSON.parse(words(stream))).success
    }
    expect(await passes('schema-once')).toBe(false)
    expect(await passes('schema-once', ['urgency'])).toBe(true)
    expect(await passes('schema-always', ['urgency'])).toBe(false)
  })
})

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { classification } from '../src/classification.ts'
import {
  anthropicWords,
  type FakeProvider,
  openAIWords,
  type ProviderRequest,
  startFakeProvider,
} from './provider-wire.test.kit.ts'
import { providerIn } from './providers.ts'
import { type ProductServer, startServer } from './server.ts'

const KEY = 'sk-a-key-that-nobody-may-see'
const INPUT = { customer: 'Example Ltd', subject: 'Invoice', body: 'I was charged twice.' }
const OBJECT = '{"topic":"billing","urgency":"high","language":"en"}'
const REPLY = 'Hello from a real provider’s wire.'

describe('providerIn', () => {
  it('gives none without a key, so that the simulated model answers', async () => {
    expect(await providerIn({})).toBeNull()
    expect(await providerIn({ OPENAI_API_KEY: '', OPENAI_MODEL: 'x' })).toBeNull()
  })

  it('takes OpenAI’s before Anthropic’s, each with models of exact versions', async () => {
    const openai = await providerIn({ OPENAI_API_KEY: KEY, ANTHROPIC_API_KEY: KEY })
    const anthropic = await providerIn({ ANTHROPIC_API_KEY: KEY })
    expect([openai?.name, anthropic?.name]).toEqual(['openai', 'anthropic'])
    for (const name of [...Object.values(openai?.models ?? {}), ...Object.values(anthropic?.models ?? {})]) {
      expect(name).toMatch(/-\d{4}-?\d{2}-?\d{2}$/)
    }
  })

  it('takes the models that the environment names, and refuses one that changes by itself', async () => {
    const provider = await providerIn({ OPENAI_API_KEY: KEY, OPENAI_FAST_MODEL: 'local-7b-v3' })
    expect(provider?.models.fast).toBe('local-7b-v3')
    await expect(
      providerIn({ ANTHROPIC_API_KEY: KEY, ANTHROPIC_MODEL: 'claude-3-7-sonnet-latest' }),
    ).rejects.toThrow('ANTHROPIC_MODEL must name an exact version')
  })
})

/** What a feature would answer, by what it asked for. */
const textFor = ({ body }: ProviderRequest) => (JSON.stringify(body).includes('topic') ? OBJECT : REPLY)

const WIRES = [
  {
    name: 'OpenAI',
    environment: (url: string) => ({ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: url }),
    answer: (response, request) => openAIWords(response, textFor(request), request.body.model),
    path: '/v1/chat/completions',
    key: ({ headers }: ProviderRequest) => headers.authorization,
    sent: `Bearer ${KEY}`,
    primary: 'gpt-4.1-2025-04-14',
    fast: 'gpt-4.1-mini-2025-04-14',
  },
  {
    name: 'Anthropic',
    environment: (url: string) => ({ ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: url }),
    answer: (response, request) => anthropicWords(response, textFor(request), request),
    path: '/v1/messages',
    key: ({ headers }: ProviderRequest) => headers['x-api-key'],
    sent: KEY,
    primary: 'claude-sonnet-4-5-20250929',
    fast: 'claude-haiku-4-5-20251001',
  },
] as const satisfies readonly {
  readonly answer: Parameters<typeof startFakeProvider>[0]
  readonly [more: string]: unknown
}[]

describe.each(WIRES)('by $name’s wire', ({ environment, answer, path, key, sent, primary, fast }) => {
  let provider: FakeProvider
  let server: ProductServer
  const told: string[] = []
  beforeAll(async () => {
    vi.spyOn(console, 'error').mockImplementation((...words) => {
      told.push(words.map(String).join(' '))
    })
    provider = await startFakeProvider(answer)
    server = await startServer({
      port: 0,
      collectorUrl: () => null,
      environment: 'test',
      pages: 'none',
      simulation: { seed: null, speed: 50 },
      provider: await providerIn(environment(provider.url)),
    })
  })
  afterEach(() => {
    for (const line of told) {
      expect(line).not.toContain(KEY)
      expect(line).not.toContain(INPUT.body)
    }
  })
  afterAll(async () => {
    await server.close()
    await provider.close()
    vi.restoreAllMocks()
  })

  const ask = (feature: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/api/ai/${feature}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ input: feature === 'weekly-digest' ? { language: 'en' } : INPUT }),
    })
  const attempt = (tier: string) => ({
    'evenkeel-attempt': `run="${'a'.repeat(32)}", step="model", tier="${tier}"`,
  })
  const words = (stream: string) =>
    [...stream.matchAll(/^data: (\{.*\})$/gm)]
      .map(([, json = '']) => JSON.parse(json) as { type: string; delta?: string })
      .reduce((all, { type, delta }) => all + (type === 'text-delta' ? (delta ?? '') : ''), '')

  it('a draft comes through, from the pinned model, with its usage, and the key goes to the provider alone', async () => {
    const response = await ask('draft-reply')
    const stream = await response.text()
    expect(words(stream)).toBe(REPLY)
    expect(stream).toContain('"inputTokens":21')
    expect(response.headers.get('evenkeel')).toContain(`model="${primary}"`)
    const asked = provider.requests.at(-1)
    expect(asked?.path).toBe(path)
    expect(asked?.body.model).toBe(primary)
    expect(asked === undefined ? null : key(asked)).toBe(sent)
    expect(JSON.stringify(asked?.body)).toContain('You draft replies')
    expect(stream + JSON.stringify([...response.headers])).not.toContain(KEY)
  })

  it('the fast tier is the fast model', async () => {
    await (await ask('draft-reply', attempt('fast'))).text()
    expect(provider.requests.at(-1)?.body.model).toBe(fast)
  })

  it('a classification is asked for by its schema, and passes it', async () => {
    const stream = await (await ask('classify-ticket')).text()
    expect(classification.safeParse(JSON.parse(words(stream))).success).toBe(true)
    expect(JSON.stringify(provider.requests.at(-1)?.body)).toContain('"urgency"')
    expect(JSON.stringify(provider.requests.at(-1)?.body)).toContain('"additionalProperties":false')
  })

  it('a digest comes through behind its progress', async () => {
    const stream = await (await ask('weekly-digest')).text()
    expect(stream).toContain('"stage":"writing"')
    expect(words(stream).length).toBeGreaterThan(10)
  })

  it('a provider that is over its limit is a 429 that another tier may follow, with its time to wait', async () => {
    provider.next((response) =>
      response
        .writeHead(429, { 'content-type': 'application/json', 'retry-after': '7' })
        .end(JSON.stringify({ error: { type: 'rate_limit', message: `Slow down, ${INPUT.body}` } })),
    )
    const before = provider.requests.length
    const response = await ask('draft-reply')
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7'])
    expect(response.headers.get('evenkeel')).toContain('failed="model"')
    expect(await response.text()).not.toContain(INPUT.body)
    // The ladder decides what comes next, not a retry in between.
    expect(provider.requests).toHaveLength(before + 1)
  })

  it('a wrong key is ours to mend, and says nothing of it to the browser', async () => {
    provider.next((response) =>
      response
        .writeHead(401, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: { type: 'auth', message: `Incorrect API key provided: ${KEY}` } })),
    )
    const response = await ask('draft-reply')
    expect(response.status).toBe(502)
    expect((await response.text()) + JSON.stringify([...response.headers])).not.toContain(KEY)
    expect(told.join('\n')).toMatch(/draft-reply: the model failed: AI_APICallError 401/)
  })

  it('a provider that is gone leaves a failure of the model', async () => {
    provider.next((response) => response.socket?.destroy())
    const response = await ask('draft-reply')
    expect([response.status, response.headers.get('evenkeel')?.includes('failed="model"')]).toEqual([
      503,
      true,
    ])
  })

  it('the weather spoils a real model’s answer as well', async () => {
    const stream = await (await ask('draft-reply', { 'x-weather': 'refusal' })).text()
    expect(stream).toContain('"finishReason":"content-filter"')
    expect(words(stream)).toBe('')
    expect((await ask('draft-reply', { 'x-weather': 'down' })).status).toBe(503)
  })
})

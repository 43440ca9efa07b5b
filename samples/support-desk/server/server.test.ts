import { request as nodeRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type ProductServer, startServer } from './server.ts'

const INPUT = { customer: 'Example Ltd', subject: 'Invoice', body: 'I was charged twice.' }

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

function draft(headers: Record<string, string> = {}, body: unknown = { input: INPUT }): Promise<Response> {
  return fetch(`${server.url}/api/ai/draft-reply`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** The events of a UI message stream, `[DONE]` and the ids left out. */
const events = (stream: string): Record<string, unknown>[] =>
  stream
    .split('\n\n')
    .map((frame) => frame.replace(/^id: \d+\n/, '').replace(/^data: /, ''))
    .filter((data) => data !== '' && data !== '[DONE]')
    .map((data) => JSON.parse(data))

const words = (stream: string) => events(stream).reduce((text, { delta }) => text + (delta ?? ''), '')

describe('POST /api/ai/draft-reply', () => {
  it('streams the UI message stream with its header, to its own end', async () => {
    const response = await draft()
    expect(response.status).toBe(200)
    expect(response.headers.get('x-vercel-ai-ui-message-stream')).toBe('v1')
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const stream = await response.text()
    expect(stream.endsWith('data: [DONE]\n\n')).toBe(true)
    expect(words(stream)).toMatch(/^\w+ Example Ltd team,/)
  })

  it('sends each token as it comes, not the whole at the end', async () => {
    const response = await draft({ 'x-simulated-speed': '2' })
    let reads = 0
    for await (const _ of response.body ?? []) reads += 1
    expect(reads).toBeGreaterThan(10)
  })

  it('names prompt, version, hash and model before the first byte', async () => {
    const response = await draft()
    expect(response.headers.get('evenkeel')).toMatch(
      /prompt="draft-reply", version="3", hash="[0-9a-f]{64}", model="simulated-1"/,
    )
    expect(response.headers.get('server-timing')).toMatch(/^prompt;dur=[\d.]+$/)
    await response.body?.cancel()
  })

  it('closes with the model that answered, its usage and its time', async () => {
    const finish = events(await (await draft()).text()).at(-1)
    expect(finish).toMatchObject({
      type: 'finish',
      messageMetadata: {
        model: 'simulated-1',
        evenkeel: {
          model: 'simulated-1',
          stages: { prompt: expect.any(Number), model: expect.any(Number) },
          usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number) },
        },
      },
    })
  })

  it('answers the fast tier with the quicker, shorter model', async () => {
    const attempt = `run="${'a'.repeat(32)}", step="model", tier="fast"`
    const fast = await draft({ 'evenkeel-attempt': attempt })
    expect(fast.headers.get('evenkeel')).toContain('model="simulated-fast-1"')
    expect(words(await fast.text()).length).toBeLessThan(words(await (await draft()).text()).length)
  })

  it('repeats a draft by its seed', async () => {
    const [one, again, other] = await Promise.all(
      ['5', '5', '6'].map(async (seed) => words(await (await draft({ 'x-simulated-seed': seed })).text())),
    )
    expect(one).toBe(again)
    expect(one).not.toBe(other)
  })

  it.each([
    ['no JSON', '{', 400],
    ['no input', { customer: 'x' }, 400],
    ['an empty customer', { input: { ...INPUT, customer: '  ' } }, 400],
    ['a body that is no text', { input: { ...INPUT, body: 7 } }, 400],
    ['a body too long', { input: { ...INPUT, body: 'x'.repeat(20_001) } }, 400],
    ['more than a megabyte', { input: { ...INPUT, body: 'x'.repeat(1_100_000) } }, 413],
  ])('refuses %s with a reason in JSON', async (_, body, status) => {
    const response = await draft({}, body)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ status, title: expect.stringMatching(/\w/) })
  })

  it('names the fields that are wrong', async () => {
    expect(await (await draft({}, { input: { customer: 'x' } })).json()).toMatchObject({
      paths: ['subject', 'body'],
    })
  })

  it('says how to ask where it is asked by GET', async () => {
    const response = await fetch(`${server.url}/api/ai/draft-reply`)
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  })
})

describe('the weather', () => {
  it('cut off: the body ends in the middle, without the protocol’s end', async () => {
    const stream = await (await draft({ 'x-weather': 'cut-off' })).text()
    expect(stream).toContain('text-delta')
    expect(stream).not.toContain('[DONE]')
    expect(stream).not.toContain('"finish"')
    expect(stream.endsWith('\n\n')).toBe(false)
  })

  it('down: 503, not marked as the model’s failure', async () => {
    const response = await draft({ 'x-weather': 'down' })
    expect(response.status).toBe(503)
    expect(response.headers.get('evenkeel')).toBeNull()
  })

  it('slow: the first token comes past its budget', async () => {
    const startedMs = performance.now()
    const response = await draft({ 'x-weather': 'slow', 'x-simulated-speed': '2' })
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += new TextDecoder().decode(chunk)
      if (text.includes('text-delta')) break
    }
    expect(performance.now() - startedMs).toBeGreaterThan(790)
  })

  it('is changed for everybody by POST and read by GET', async () => {
    const change = (body: string) => fetch(`${server.url}/demo/weather`, { method: 'POST', body })
    expect(await (await change('{"weather":"down"}')).json()).toEqual({ weather: 'down', tiers: 'all' })
    expect(await (await fetch(`${server.url}/demo/weather`)).json()).toEqual({
      weather: 'down',
      tiers: 'all',
    })
    expect((await draft()).status).toBe(503)
    expect((await draft({ 'x-weather': 'calm' })).status).toBe(200)
    await change('{"weather":"calm"}')
    expect((await draft()).status).toBe(200)
  })

  it.each(['{"weather":"hail"}', '{"weather":"down","tiers":"some"}', '{}', 'null', ''])(
    'refuses %s and names the choices',
    async (body) => {
      const response = await fetch(`${server.url}/demo/weather`, { method: 'POST', body })
      expect(response.status).toBe(400)
      expect((await response.json()).detail).toContain('calm, slow, cut-off, down')
    },
  )
})

describe('the rest of the server', () => {
  it('gives the desk’s tickets, each with the customer’s latest message', async () => {
    const tickets = await (await fetch(`${server.url}/api/tickets`)).json()
    expect(tickets).toHaveLength(12)
    for (const ticket of tickets) {
      expect(ticket.body).not.toBe('')
      expect(ticket.email).toMatch(/@example\.com$/)
    }
  })

  it('says 503 to telemetry while there is no collector, so that the client keeps it', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    const response = await fetch(`${server.url}/evenkeel/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"resourceSpans":[]}',
    })
    expect(response.status).toBe(503)
    expect(told).toHaveBeenCalledOnce()
    told.mockRestore()
  })

  it('refuses a foreign host', async () => {
    const { port } = new URL(server.url)
    const status = await new Promise((resolve) => {
      nodeRequest({ port, path: '/api/tickets', headers: { host: 'evil.example' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).end()
    })
    expect(status).toBe(403)
  })

  it('refuses a post from another site’s page', async () => {
    const response = await fetch(`${server.url}/demo/weather`, {
      method: 'POST',
      headers: { origin: 'http://evil.example' },
      body: '{"weather":"down"}',
    })
    expect(response.status).toBe(403)
  })

  it('has nothing at an unknown path of the API', async () => {
    expect((await fetch(`${server.url}/api/nothing`)).status).toBe(404)
  })

  it('names a port that is taken', async () => {
    const port = Number(new URL(server.url).port)
    await expect(
      startServer({
        port,
        collectorUrl: () => null,
        environment: 'test',
        pages: 'none',
        simulation: { seed: null, speed: 1 },
      }),
    ).rejects.toThrow(`Port ${port} is already taken. Set PORT`)
  })
})

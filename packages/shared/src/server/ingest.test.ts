import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { readLogsRequest } from '../otlp/read-logs-request.ts'
import { readTraceRequest } from '../otlp/read-trace-request.ts'
import { exportTraceRequest } from '../otlp/run-to-otlp.ts'
import { exportLogsRequest } from '../otlp/signal-to-otlp.ts'
import type { RunRecord } from '../run-record.ts'
import { runRecords, signals } from '../testing/index.ts'
import { type Claims, type Identity, withIdentity } from './identity.ts'
import { type IngestOptions, ingestHandler } from './ingest.ts'
import { toNodeListener } from './node-listener.ts'

const [sampled] = fc.sample(runRecords, { numRuns: 1, seed: 7 })
// Of nobody, as a page sends it that does not say who is signed in.
const record = sampled === undefined ? undefined : { ...sampled, tenant: null, user: null }
const [signal] = fc.sample(signals, { numRuns: 1, seed: 7 })
const traces = JSON.stringify(exportTraceRequest(record === undefined ? [] : [record]))
const logs = JSON.stringify(exportLogsRequest(signal === undefined ? [] : [signal]))

const servers: Server[] = []

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    }),
  )
})

async function listen(handler: (request: Request) => Response | Promise<Response>): Promise<string> {
  const server = createServer(toNodeListener(handler))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A product's server in front of a collector that answers so. */
async function setUp(
  collector: (request: Request) => Response | Promise<Response> = () => Response.json({}),
  options: Partial<IngestOptions> = {},
) {
  const stored: { path: string; body: unknown; headers: Headers }[] = []
  const heard: unknown[] = []
  const collectorUrl = await listen(async (request) => {
    stored.push({
      path: new URL(request.url).pathname,
      body: await request.clone().json(),
      headers: request.headers,
    })
    return collector(request)
  })
  const base = await listen(
    ingestHandler({ collectorUrl, onError: (error) => heard.push(error), ...options }),
  )
  const send = (path: string, init: RequestInit = {}) =>
    fetch(`${base}/evenkeel${path}`, {
      method: 'POST',
      body: traces,
      ...init,
      headers: { 'content-type': 'application/json', ...init.headers },
    })
  return { base, send, stored, heard }
}

describe("telemetry from a product's own pages", () => {
  it('reaches the collector as it was sent, and the answer says so', async () => {
    const { send, stored, heard, base } = await setUp()
    const first = await send('/v1/traces', { headers: { origin: base, cookie: 'session=1' } })
    const second = await send('/v1/logs', { body: logs, headers: { 'sec-fetch-site': 'same-origin' } })
    expect([first.status, second.status]).toEqual([202, 202])
    expect(await first.json()).toEqual({})
    expect(stored.map(({ path }) => path)).toEqual(['/v1/traces', '/v1/logs'])
    expect(readTraceRequest(stored[0]?.body).runs).toEqual([record])
    expect(readLogsRequest(stored[1]?.body).signals).toEqual([signal])
    expect(stored[0]?.headers.has('cookie')).toBe(false)
    expect(stored[0]?.headers.has('origin')).toBe(false)
    expect(heard).toEqual([])
  })

  const bodyOf = (claims: object) =>
    JSON.stringify(exportTraceRequest(record === undefined ? [] : [{ ...record, ...claims }]))
  const identify = async (request: Request) => ({ tenant: 'acme', user: request.headers.get('x-user') })

  it('carries the identity of the session in place of what the browser claims', async () => {
    const { send, stored, heard } = await setUp(undefined, { identify })
    for (const claims of [{}, { tenant: 'rival', user: 'boss' }]) {
      const sent = await send('/v1/traces', { headers: { 'x-user': 'u1' }, body: bodyOf(claims) })
      expect(sent.status).toBe(202)
    }
    const ofSession = { ...record, tenant: 'acme', user: 'u1' }
    expect(stored.map(({ body }) => readTraceRequest(body).runs)).toEqual([[ofSession], [ofSession]])
    expect(heard).toEqual([])
  })

  it('is nobody’s where it names another than the session and both must agree, and the team hears of it', async () => {
    const { send, stored, heard } = await setUp(undefined, { identify, claims: 'must-agree' })
    // A tab of whoever was signed in before.
    const late = { headers: { 'x-user': 'u2' }, body: bodyOf({ tenant: 'acme', user: 'u1' }) }
    expect((await send('/v1/traces', late)).status).toBe(202)
    expect(readTraceRequest(stored[0]?.body).runs).toEqual([{ ...record, tenant: 'acme', user: null }])
    expect(heard.map(String)).toEqual(["Error: 1 runs name another tenant or user than the session's."])
  })
})

describe('telemetry that is refused', () => {
  it.each([
    [404, 'at another path', '/v1/metrics', {}],
    [405, 'not sent by POST', '/v1/traces', { method: 'PUT' }],
    [403, 'from another site by Origin', '/v1/traces', { headers: { origin: 'https://evil.example' } }],
    [403, 'from a sandboxed page', '/v1/traces', { headers: { origin: 'null' } }],
    [
      403,
      'from another site by Sec-Fetch-Site',
      '/v1/traces',
      { headers: { 'sec-fetch-site': 'cross-site' } },
    ],
    [403, 'from a sister site', '/v1/traces', { headers: { 'sec-fetch-site': 'same-site' } }],
    [415, 'a form', '/v1/traces', { headers: { 'content-type': 'text/plain' } }],
    [415, 'protobuf', '/v1/traces', { headers: { 'content-type': 'application/x-protobuf' } }],
    [415, 'compressed', '/v1/traces', { headers: { 'content-encoding': 'gzip' } }],
    [400, 'no JSON', '/v1/traces', { body: '{' }],
    [400, 'no object', '/v1/traces', { body: '[]' }],
    [400, 'logs sent as traces', '/v1/traces', { body: logs }],
    [400, 'traces sent as logs', '/v1/logs', { body: traces }],
    [413, 'too large', '/v1/traces', { body: `{"resourceSpans":[${' '.repeat(2_000_000)}]}` }],
  ])('gets a %d where it is %s, and the collector never sees it', async (status, _what, path, init) => {
    const { send, stored, heard } = await setUp()
    const response = await send(path, init as RequestInit)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ status, title: expect.stringMatching(/./) })
    expect(stored).toEqual([])
    expect(heard).toEqual([])
  })

  it('is bounded while it streams, without a declared length', async () => {
    const { send, stored } = await setUp(undefined, { maxBytes: 1_000 })
    let left = 10
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        left -= 1
        if (left < 0) controller.close()
        else controller.enqueue(new Uint8Array(500))
      },
    })
    const response = await send('/v1/traces', { body, duplex: 'half' } as RequestInit)
    expect(response.status).toBe(413)
    expect(stored).toEqual([])
  })
})

describe('a sender', () => {
  const traced = { headers: { 'x-user': 'u1' } }
  const identify = (request: Request) => {
    const user = request.headers.get('x-user')
    return user === null ? null : { tenant: 'acme', user }
  }

  it('gets a 401 where nobody is signed in, and its body is not read', async () => {
    const { send, stored, heard } = await setUp(undefined, { identify })
    expect((await send('/v1/traces')).status).toBe(401)
    expect((await send('/v1/traces', { body: '{' })).status).toBe(401)
    expect((await send('/v1/traces', traced)).status).toBe(202)
    expect(stored).toHaveLength(1)
    expect(heard).toEqual([])
  })

  it('gets a 429 past its limit and is told when to come back, and no other pays for it', async () => {
    const { send, stored, heard } = await setUp(undefined, { identify, limit: { burst: 2, perSecond: 0.1 } })
    const statuses = []
    for (let index = 0; index < 3; index += 1) statuses.push((await send('/v1/traces', traced)).status)
    expect(statuses).toEqual([202, 202, 429])
    const refused = await send('/v1/logs', { ...traced, body: logs })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(5)
    expect((await send('/v1/traces', { headers: { 'x-user': 'u2' } })).status).toBe(202)
    expect(stored).toHaveLength(3)
    expect(heard).toEqual([])
  })

  it('shares one limit with everybody where nobody is identified', async () => {
    const { send } = await setUp(undefined, { limit: { burst: 1, perSecond: 0.1 } })
    expect((await send('/v1/traces')).status).toBe(202)
    expect((await send('/v1/traces', traced)).status).toBe(429)
  })

  it('is limited by itself, and by nothing where that is wanted', async () => {
    const statusesOf = async (options: Partial<IngestOptions>) => {
      const { send } = await setUp(undefined, { identify, ...options })
      const answers = await Promise.all(Array.from({ length: 80 }, () => send('/v1/traces', traced)))
      return new Set(answers.map(({ status }) => status))
    }
    expect(await statusesOf({})).toEqual(new Set([202, 429]))
    expect(await statusesOf({ limit: false })).toEqual(new Set([202]))
  })
})

describe('a collector that does not take a batch', () => {
  it.each([
    [400, 400],
    [413, 413],
    [429, 429],
    [503, 503],
    [500, 502],
    [401, 502],
    [404, 502],
    [304, 502],
  ])('and answers %d makes a %d, and the team hears it', async (answered, status) => {
    const { send, heard } = await setUp(
      () =>
        new Response(answered === 304 ? null : 'secret', {
          status: answered,
          headers: { 'retry-after': '7' },
        }),
    )
    const response = await send('/v1/traces')
    expect(response.status).toBe(status)
    expect(await response.text()).not.toContain('secret')
    expect(response.headers.get('retry-after')).toBe(status === 400 || status === 413 ? null : '7')
    expect(heard).toHaveLength(1)
  })

  it.each([
    ['a page', '<!doctype html><title>It works!</title>'],
    ['nothing', ''],
    ['the half of an answer', '{"partialSuccess":'],
    ['a list', '[]'],
  ])('because it is none, and answers %s, makes a 502', async (_what, body) => {
    const { send, heard } = await setUp(() => new Response(body))
    expect((await send('/v1/traces')).status).toBe(502)
    expect(heard).toHaveLength(1)
  })

  it('in whole says how much of it was rejected', async () => {
    const partialSuccess = { rejectedSpans: '1', errorMessage: 'a span without a valid trace id' }
    const { send, heard } = await setUp(() => Response.json({ partialSuccess }))
    const response = await send('/v1/traces')
    expect(response.status).toBe(202)
    expect(await response.json()).toEqual({ partialSuccess })
    expect(heard).toHaveLength(1)
  })

  it('because it redirects is not followed', async () => {
    const { send } = await setUp(() => Response.redirect('http://127.0.0.1:9/v1/traces', 307))
    expect((await send('/v1/traces')).status).toBe(502)
  })

  it('because it is away makes a 502', async () => {
    const gone = await listen(() => new Response())
    servers.pop()?.close()
    const { send, heard } = await setUp(undefined, { collectorUrl: gone })
    expect((await send('/v1/traces')).status).toBe(502)
    expect(heard).toHaveLength(1)
  })

  it('because none runs just now makes a 503', async () => {
    const { send } = await setUp(undefined, { collectorUrl: () => null })
    expect((await send('/v1/traces')).status).toBe(503)
  })

  it('because it hangs makes a 503 once the time is up', async () => {
    const { send } = await setUp(() => new Promise<Response>(() => {}), { timeoutMs: 100 })
    expect((await send('/v1/traces')).status).toBe(503)
  })
})

describe('what hangs before the collector', () => {
  it('is given up: a body that never ends', async () => {
    const { send, stored } = await setUp(undefined, { timeoutMs: 100 })
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(10)),
    })
    const response = await send('/v1/traces', { body, duplex: 'half' } as RequestInit)
    expect(response.status).toBe(408)
    expect(stored).toEqual([])
  })

  it('is given up: a session store that never answers, and one that throws', async () => {
    const hanging = await setUp(undefined, { timeoutMs: 100, identify: () => new Promise(() => {}) })
    expect((await hanging.send('/v1/traces')).status).toBe(500)
    expect(hanging.heard).toHaveLength(1)
    const throwing = await setUp(undefined, { identify: () => Promise.reject(new Error('secret')) })
    const response = await throwing.send('/v1/traces')
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('secret')
    expect(throwing.stored).toEqual([])
  })
})

describe('the identity in a batch', () => {
  const SESSION = { tenant: 'acme', user: 'u1' }

  /** The runs as they come out, in the order of their ids. */
  const passed = (sent: readonly RunRecord[], identity: Identity, claims: Claims = 'must-agree') => {
    const { batch, ofOthers } = withIdentity({ ...exportTraceRequest(sent) }, identity, claims)
    const runs = readTraceRequest(batch).runs.toSorted((one, other) => (one.runId < other.runId ? -1 : 1))
    return { runs, ofOthers, text: JSON.stringify(batch) }
  }

  /** A run with two attempts, whose root says this of its scope. */
  function runOf(claims: { tenant: string | null; user: string | null }): RunRecord {
    const found = fc.sample(
      runRecords.filter(({ attempts }) => attempts.length > 1),
      { numRuns: 1, seed: 5 },
    )
    return { ...(found[0] as RunRecord), cohort: null, ...claims }
  }

  it('is the session’s on every run that says nothing of its own, and nothing else changes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(runRecords, { selector: ({ runId }) => runId, maxLength: 3 }), (records) => {
        const sent = records
          .map((run) => ({ ...run, tenant: null, user: null }))
          .toSorted((one, other) => (one.runId < other.runId ? -1 : 1))
        const { runs, ofOthers } = passed(sent, { tenant: 'acme', user: null })
        expect(runs).toStrictEqual(sent.map((run) => ({ ...run, tenant: 'acme' })))
        expect(ofOthers).toBe(0)
      }),
    )
  })

  it.each([
    ['says nothing of it', { tenant: null, user: null }, SESSION],
    ['says nothing that is a name', { tenant: '', user: '' }, SESSION],
    ['says the same', SESSION, SESSION],
    ['knows less than the session', { tenant: null, user: 'u1' }, SESSION],
  ])('is the session’s where the page %s', (_what, claims, expected) => {
    expect(passed([runOf(claims)], SESSION)).toMatchObject({ runs: [expected], ofOthers: 0 })
  })

  it.each([
    ['another user', { tenant: 'acme', user: 'u2' }, { tenant: 'acme', user: null }],
    ['another user, and no tenant', { tenant: null, user: 'u2' }, { tenant: null, user: null }],
    // One name may be two people's in two tenants.
    ['the same user of another tenant', { tenant: 'rival', user: 'u1' }, { tenant: null, user: null }],
    ['another tenant, and no user', { tenant: 'rival', user: null }, { tenant: null, user: null }],
    ['somebody else altogether', { tenant: 'rival', user: 'boss' }, { tenant: null, user: null }],
  ])('is nobody’s where the page names %s', (_what, claims, expected) => {
    const { runs, ofOthers, text } = passed([runOf(claims)], { ...SESSION, cohort: 'staff' })
    expect(runs).toMatchObject([{ ...expected, cohort: null }])
    expect(ofOthers).toBe(1)
    // Neither on the root nor on an attempt.
    for (const word of ['u1', 'u2', 'boss', 'rival', 'staff']) expect(text).not.toContain(`"${word}"`)
  })

  it('is the session’s on every run and attempt, whomever the page names, unless they must agree', () => {
    fc.assert(
      fc.property(fc.uniqueArray(runRecords, { selector: ({ runId }) => runId, maxLength: 3 }), (records) => {
        const sent = records.toSorted((one, other) => (one.runId < other.runId ? -1 : 1))
        const { runs, ofOthers } = passed(sent, SESSION, 'overwrite')
        expect(runs).toStrictEqual(sent.map((run) => ({ ...run, ...SESSION })))
        expect(ofOthers).toBe(0)
      }),
    )
  })

  it('keeps to the session where that knows of nobody in particular', () => {
    const nobody = { tenant: null, user: null }
    expect(passed([runOf({ tenant: 'acme', user: 'u1' })], nobody)).toMatchObject({
      runs: [nobody],
      ofOthers: 0,
    })
  })

  it('of one run is no matter of another’s in the same batch', () => {
    const mine = { ...runOf(SESSION), runId: 'a'.repeat(32) }
    const theirs = { ...runOf({ tenant: 'acme', user: 'u2' }), runId: 'b'.repeat(32) }
    expect(passed([theirs, mine], SESSION)).toMatchObject({
      runs: [SESSION, { tenant: 'acme', user: null }],
      ofOthers: 1,
    })
  })

  it('stands on signals too, and is taken from resources and from spans that are of no feature', () => {
    const claim = { key: 'evenkeel.tenant', value: { stringValue: 'forged' } }
    const feature = { key: 'evenkeel.feature', value: { stringValue: 'f' } }
    const proven = { key: 'evenkeel.tenant', value: { stringValue: 'acme' } }
    const { batch } = withIdentity(
      {
        resourceLogs: [
          {
            resource: { attributes: [claim] },
            scopeLogs: [
              {
                logRecords: [
                  { traceId: 'a', attributes: [feature] },
                  { traceId: 'b', attributes: [feature, claim] },
                  { attributes: [claim] },
                  7,
                ],
              },
              null,
            ],
          },
        ],
      },
      { tenant: 'acme', user: null },
    )
    expect(batch).toEqual({
      resourceLogs: [
        {
          resource: { attributes: [] },
          scopeLogs: [
            {
              logRecords: [
                { traceId: 'a', attributes: [feature, proven] },
                { traceId: 'b', attributes: [feature, proven] },
                { attributes: [] },
                7,
              ],
            },
            null,
          ],
        },
      ],
    })
  })
})

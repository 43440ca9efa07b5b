import { gzipSync } from 'node:zlib'
import { exportLogsRequest, exportTraceRequest } from '@evenkeel/shared'
import { describe, expect, it, vi } from 'vitest'
import type { Change, ErrorAnswer } from '../contract.ts'
import { anId, aRun, aSignal } from '../testing/run.ts'
import { dump, openMemoryStore } from '../testing/store.ts'
import { createApp } from './app.ts'
import { createAttachments } from './attachments.ts'
import { createChanges } from './changes.ts'
import { MAX_BODY_BYTES } from './read-body.ts'

// Whole stores are filled here, on machines that do other things too.
vi.setConfig({ testTimeout: 60_000 })

const PORT = 4555
const TOKEN = 'the-token'

function open() {
  const { store, database } = openMemoryStore(() => 1_700_000_060_000)
  const changes = createChanges()
  const heard: Change[] = []
  changes.listen((change) => heard.push(change))
  const attachments = createAttachments(() => {})
  const stop = vi.fn()
  const onIngest = vi.fn()
  const onError = vi.fn()
  const app = createApp({
    store,
    changes,
    attachments,
    token: TOKEN,
    port: () => PORT,
    health: () => ({ pid: 1, version: '0', startedAtEpochMs: 0, workspace: '/w' }),
    onIngest,
    stop,
    onError,
  })
  const ask = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
    Promise.resolve(
      app.request(path, { ...init, headers: { host: `127.0.0.1:${PORT}`, ...init.headers } } as RequestInit),
    )
  const askWithToken = (path: string, init: RequestInit = {}) =>
    ask(path, { ...init, headers: { authorization: `Bearer ${TOKEN}` } })
  const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body:
        typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
    })
  const isEmpty = () => Object.values(dump(database)).every((rows) => rows.length === 0)
  return {
    ask,
    askWithToken,
    send,
    dump: () => dump(database),
    isEmpty,
    heard,
    stop,
    onIngest,
    onError,
    store,
    attachments,
  }
}

const traces = exportTraceRequest([aRun()])
const logs = exportLogsRequest([aSignal()])

describe('who may ask', () => {
  it.each([
    ['127.0.0.1:4555', 200],
    ['localhost:4555', 200],
    ['LOCALHOST:4555', 200],
    ['[::1]:4555', 200],
    ['127.0.0.1', 403],
    ['127.0.0.1:4556', 403],
    ['evil.example:4555', 403],
    ['evil.example', 403],
    ['localhost.evil.example:4555', 403],
    ['127.0.0.1:4555.evil.example', 403],
    ['0.0.0.0:4555', 403],
    ['', 403],
  ])('host "%s" gets %i', async (host, status) => {
    const { ask, send, isEmpty } = open()
    expect((await ask('/healthz', { headers: { host } })).status).toBe(status)
    const response = await send('/v1/traces', traces, { host })
    expect(response.status).toBe(status)
    expect(isEmpty()).toBe(status === 403)
  })

  it.each([
    ['http://localhost:5173', 200],
    ['http://127.0.0.1:4555', 200],
    ['https://localhost', 200],
    ['http://[::1]:8080', 200],
    ['https://evil.example', 403],
    ['http://localhost.evil.example', 403],
    ['http://evil.example:4555', 403],
    ['http://127.0.0.1.evil.example', 403],
    ['http://localhost@evil.example', 403],
    ['http://127.0.0.2', 403],
    ['file://localhost', 403],
    ['vscode-webview://abc', 403],
    ['null', 403],
    ['', 403],
  ])('a page of origin "%s" that posts telemetry gets %i', async (origin, status) => {
    const { send, isEmpty } = open()
    const response = await send('/v1/traces', traces, { origin })
    expect(response.status).toBe(status)
    expect(response.headers.get('access-control-allow-origin')).toBe(status === 200 ? origin : null)
    expect(isEmpty()).toBe(status === 403)
  })

  it('no page may ask questions, not even with the token', async () => {
    const { ask } = open()
    const headers = { authorization: `Bearer ${TOKEN}`, origin: 'http://localhost:5173' }
    expect((await ask('/v1/questions/runs', { headers })).status).toBe(403)
    expect((await ask('/v1/shutdown', { method: 'POST', headers })).status).toBe(403)
    expect((await ask('/healthz', { headers })).status).toBe(403)
  })

  it('a page on loopback may find out that it may post, a foreign one that it may not', async () => {
    const { ask } = open()
    const preflight = (origin: string) => ask('/v1/traces', { method: 'OPTIONS', headers: { origin } })
    const allowed = await preflight('http://localhost:5173')
    expect(allowed.status).toBe(204)
    expect(allowed.headers.get('access-control-allow-headers')).toContain('content-type')
    expect((await preflight('https://evil.example')).status).toBe(403)
  })

  it.each([undefined, '', 'Bearer', 'Bearer wrong', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, TOKEN])(
    'a question with authorization %j gets 401',
    async (authorization) => {
      const { ask, stop } = open()
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
      for (const path of ['/v1/questions/environments', '/v1/questions/runs', '/v1/changes'])
        expect((await ask(path, { headers })).status).toBe(401)
      expect((await ask('/v1/shutdown', { method: 'POST', headers })).status).toBe(401)
      expect(stop).not.toHaveBeenCalled()
    },
  )
})

describe('telemetry', () => {
  it.each([
    ['/v1/traces', traces],
    ['/v1/logs', logs],
  ])('at %s is stored, answered with {} and told', async (path, body) => {
    const { send, isEmpty, heard, onIngest } = open()
    const response = await send(path, body)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('application/json')
    expect(await response.json()).toEqual({})
    expect(isEmpty()).toBe(false)
    expect(heard).toHaveLength(1)
    expect(heard[0]?.features).toEqual(['draft-reply'])
    expect(onIngest).toHaveBeenCalledOnce()
  })

  it('sent twice is told once', async () => {
    const { send, heard, onIngest } = open()
    await send('/v1/traces', traces)
    await send('/v1/traces', traces)
    expect(heard).toHaveLength(1)
    expect(onIngest).toHaveBeenCalledTimes(2)
  })

  it('may be gzipped', async () => {
    const { send, dump } = open()
    const body = gzipSync(JSON.stringify(traces))
    expect((await send('/v1/traces', body, { 'content-encoding': 'gzip' })).status).toBe(200)
    expect(dump().runs).toHaveLength(1)
  })

  it('may be empty', async () => {
    const { send, isEmpty } = open()
    for (const body of [
      {},
      { resourceSpans: [] },
      { resourceSpans: [{ scopeSpans: [] }] },
      { resourceSpans: [{}] },
    ]) {
      const response = await send('/v1/traces', body)
      expect([response.status, await response.json()]).toEqual([200, {}])
    }
    expect(isEmpty()).toBe(true)
  })

  it('with content-type parameters is telemetry all the same', async () => {
    const { send } = open()
    const type = 'Application/JSON; charset=utf-8'
    expect((await send('/v1/traces', traces, { 'content-type': type })).status).toBe(200)
  })

  it('that is good in part is stored in part, and says how much was not', async () => {
    const { send, dump } = open()
    const [resourceSpans] = traces.resourceSpans
    const body = {
      resourceSpans: [resourceSpans, { scopeSpans: [{ spans: [{ name: 'no ids' }, { spanId: 'x' }] }] }],
    }
    const response = await send('/v1/traces', body)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      partialSuccess: { rejectedSpans: '2', errorMessage: expect.stringContaining('valid trace id') },
    })
    expect(dump().runs).toHaveLength(1)
  })

  it('of signals says how many log records were not stored', async () => {
    const { send, isEmpty } = open()
    const body = JSON.parse(JSON.stringify(logs).replaceAll('"thumbs"', '"applause"'))
    expect(await (await send('/v1/logs', body)).json()).toEqual({
      partialSuccess: { rejectedLogRecords: '1', errorMessage: expect.any(String) },
    })
    expect(isEmpty()).toBe(true)
  })

  it.each([
    ['/v1/traces', 'not JSON', 'hello', 400],
    ['/v1/traces', 'an empty body', '', 400],
    ['/v1/traces', 'cut JSON', JSON.stringify(traces).slice(0, -5), 400],
    ['/v1/traces', 'JSON that is not OTLP', { hello: 'world' }, 400],
    ['/v1/traces', 'a list', [], 400],
    ['/v1/traces', 'null', null, 400],
    ['/v1/traces', 'a number', 7, 400],
    ['/v1/traces', 'spans that are no list', { resourceSpans: {} }, 400],
    ['/v1/traces', 'entries that are no objects', { resourceSpans: [1] }, 400],
    ['/v1/traces', 'scopes that are no list', { resourceSpans: [{ scopeSpans: 'x' }] }, 400],
    [
      '/v1/traces',
      'spans of a scope that are texts',
      { resourceSpans: [{ scopeSpans: [{ spans: ['x'] }] }] },
      400,
    ],
    ['/v1/traces', 'logs', logs, 400],
    ['/v1/logs', 'traces', traces, 400],
    ['/v1/logs', 'records that are no list', { resourceLogs: [{ scopeLogs: [{ logRecords: 1 }] }] }, 400],
    ['/v1/traces', 'invalid UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 400],
  ])('to %s that is %s is refused with a reason and not stored', async (path, _, body, status) => {
    const { send, isEmpty, heard, onError } = open()
    const response = await send(path, body)
    expect(response.status).toBe(status)
    const answer = (await response.json()) as ErrorAnswer
    expect(answer.error).toMatch(/\S/)
    expect(answer.hint).toMatch(/\S/)
    expect(isEmpty()).toBe(true)
    expect(heard).toEqual([])
    expect(onError).not.toHaveBeenCalled()
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])(
    'of content type "%s" gets 415',
    async (type) => {
      const { send, isEmpty } = open()
      expect((await send('/v1/traces', traces, { 'content-type': type })).status).toBe(415)
      expect(isEmpty()).toBe(true)
    },
  )

  it('in an unknown content encoding gets 415, and gzip that is none gets 400', async () => {
    const { send } = open()
    expect((await send('/v1/traces', traces, { 'content-encoding': 'br' })).status).toBe(415)
    expect((await send('/v1/traces', traces, { 'content-encoding': 'gzip' })).status).toBe(400)
    const cut = gzipSync(JSON.stringify(traces)).subarray(0, -9)
    expect((await send('/v1/traces', cut, { 'content-encoding': 'gzip' })).status).toBe(400)
  })

  it('up to 16 MiB is read, one byte more is not', async () => {
    const { send, isEmpty } = open()
    const padded = (bytes: number) => {
      const start = '{"resourceSpans":[],"pad":"'
      return `${start}${'x'.repeat(bytes - start.length - 2)}"}`
    }
    expect((await send('/v1/traces', padded(MAX_BODY_BYTES))).status).toBe(200)
    const response = await send('/v1/traces', padded(MAX_BODY_BYTES + 1))
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ error: expect.stringContaining('16 MiB') })
    expect(isEmpty()).toBe(true)
  })

  it('that grows past 16 MiB when it is inflated gets 413', async () => {
    const { send } = open()
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '))
    expect(bomb.byteLength).toBeLessThan(1024 * 1024)
    expect((await send('/v1/traces', bomb, { 'content-encoding': 'gzip' })).status).toBe(413)
  })

  it('nested without end does not bring the collector down', async () => {
    const { send, ask } = open()
    const depth = 200_000
    const deep = `${'{"arrayValue":{"values":['.repeat(depth)}{}${']}}'.repeat(depth)}`
    const span = `{"traceId":"${anId(1)}","spanId":"00000000000000aa","attributes":[{"key":"k","value":${deep}}]}`
    const response = await send('/v1/traces', `{"resourceSpans":[{"scopeSpans":[{"spans":[${span}]}]}]}`)
    expect(response.status).toBe(400)
    expect((await ask('/healthz')).status).toBe(200)
  })
})

describe('questions', () => {
  it('are answered', async () => {
    const { send, askWithToken } = open()
    await send('/v1/traces', traces)
    await send('/v1/logs', logs)
    const answer = async (path: string) => await (await askWithToken(path)).json()
    expect(await answer('/v1/questions/environments')).toMatchObject({
      environments: [{ name: 'production' }],
    })
    expect(await answer('/v1/questions/features')).toMatchObject({
      features: [{ feature: 'draft-reply', runs: 1, thumbsDownRate: 1 }],
    })
    expect(await answer('/v1/questions/features?environment=staging')).toEqual({ features: [] })
    expect(await answer('/v1/questions/features?windowMs=1000')).toEqual({ features: [] })
    expect(await answer('/v1/questions/runs?outcome=answered&limit=1')).toMatchObject({
      runs: [{ runId: anId(1), thumbs: -1 }],
      nextBefore: null,
    })
    expect(await answer(`/v1/questions/run?runId=${anId(1).toUpperCase()}`)).toEqual({
      run: aRun(),
      signals: [aSignal()],
    })
  })

  it.each([
    ['/v1/questions/runs?outcome=splendid', 400],
    ['/v1/questions/runs?limit=0', 400],
    ['/v1/questions/runs?limit=501', 400],
    ['/v1/questions/runs?limit=ten', 400],
    ['/v1/questions/runs?before=-1', 400],
    ['/v1/questions/runs?before=1e3', 400],
    ['/v1/questions/features?windowMs=0', 400],
    ['/v1/questions/features?windowMs=99999999999999', 400],
    ['/v1/questions/run', 400],
    ['/v1/questions/run?runId=abc', 400],
    [`/v1/questions/run?runId=${anId(99)}`, 404],
    ['/v1/questions/everything', 404],
    ['/', 404],
  ])('%s gets %i with a hint', async (path, status) => {
    const { askWithToken } = open()
    const response = await askWithToken(path)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: expect.any(String), hint: expect.any(String) })
  })

  it('that fail inside get 503 and a line in the log, not the reason', async () => {
    const { askWithToken, store, onError } = open()
    store.close()
    const response = await askWithToken('/v1/questions/runs')
    expect(response.status).toBe(503)
    expect(JSON.stringify(await response.json())).not.toContain('database')
    expect(onError).toHaveBeenCalledOnce()
  })
})

describe('a shutdown', () => {
  const shutdown = (body?: unknown) => ({
    method: 'POST',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

  it('stops when nobody is attached, or without asking who is', async () => {
    const { askWithToken, stop } = open()
    expect(await (await askWithToken('/v1/shutdown', shutdown())).json()).toEqual({
      stopping: true,
      attached: 0,
    })
    await vi.waitFor(() => expect(stop).toHaveBeenCalledOnce())
  })

  it('leaves an attached editor its collector, but does not count the asker itself', async () => {
    const { askWithToken, stop, attachments } = open()
    const body = { unlessAttached: true, attachment: 'me' }
    attachments.add('me')
    const detach = attachments.add('editor')
    const stays = await askWithToken('/v1/shutdown', shutdown(body))
    expect(await stays.json()).toEqual({ stopping: false, attached: 1 })
    detach()
    const stops = await askWithToken('/v1/shutdown', shutdown(body))
    expect(await stops.json()).toEqual({ stopping: true, attached: 0 })
    await vi.waitFor(() => expect(stop).toHaveBeenCalledOnce())
  })
})

import { readLogsRequest, readTraceRequest } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { assembleEngine, type EngineOptions } from '../run/engine.ts'
import { A, featureForTests } from '../run/feature.test.kit.ts'
import { answerReply, statusReply } from '../testing/replies.ts'
import { createScriptedServer, type ScriptedRequest } from '../testing/scripted-server.ts'
import { staticParts } from '../testing/static-parts.ts'
import { createCountingBytes, createTestPage } from '../testing/test-engine.ts'
import { createVirtualClock } from '../testing/virtual-clock.ts'

function createKit(options: EngineOptions = {}, origin: string | null = 'https://desk.example') {
  const clock = createVirtualClock()
  const server = createScriptedServer(clock)
  const page = createTestPage(origin)
  server.on(A, answerReply(['Hello']))
  for (const path of ['/evenkeel/v1/traces', '/evenkeel/v1/logs']) server.on(path, { status: 200 })
  const engine = assembleEngine(
    {
      environment: 'test',
      clock,
      page,
      fetch: server.fetch,
      randomBytes: createCountingBytes(),
      ...options,
    },
    staticParts,
  )
  const sent = (path: string) => server.requests.filter(({ url }) => url.endsWith(path))
  return { clock, server, page, engine, traces: () => sent('/v1/traces'), logs: () => sent('/v1/logs') }
}

const bodyOf = (request: ScriptedRequest | undefined): unknown => JSON.parse(request?.body ?? 'null')

describe('the way of a run record', () => {
  it('is one OTLP request to the own origin, a second after the run has settled', async () => {
    const { engine, clock, traces } = createKit()
    const settled = engine.createRun(featureForTests()).start('x')
    await clock.advance(999)
    expect(traces()).toEqual([])
    await clock.advance(2)
    expect(traces().map(({ url }) => url)).toEqual(['/evenkeel/v1/traces'])
    expect(readTraceRequest(bodyOf(traces()[0]))).toMatchObject({ problem: null, runs: [await settled] })
    expect(clock.pendingTimers).toBe(0)
  })

  it('is at once when the page is hidden, for what was waiting too', async () => {
    const { engine, clock, page, traces } = createKit()
    void engine.createRun(featureForTests()).start('x')
    await clock.advance(100)
    page.setVisible(false)
    await clock.advance(0)
    expect(traces()).toHaveLength(1)
    void engine.createRun(featureForTests()).start('y')
    await clock.advance(0)
    expect(traces()).toHaveLength(2)
  })

  it('is the URL that the app names', async () => {
    const { engine, clock, server } = createKit({ telemetry: { url: 'https://ingest.example/otel/' } })
    void engine.createRun(featureForTests()).start('x')
    await clock.advance(1_000)
    expect(server.requests.at(-1)?.url).toBe('https://ingest.example/otel/v1/traces')
  })

  it.each([
    ['where the app turned it off', { telemetry: false as const }, 'https://desk.example'],
    ['in a sandbox', { sandbox: true }, 'https://desk.example'],
    ['where there is no page whose path it could be', {}, null],
  ])('is none %s', async (_name, options, origin) => {
    const { engine, clock, server } = createKit(options, origin)
    const run = engine.createRun(featureForTests())
    void run.start('x')
    await clock.advance(5_000)
    run.signal('thumbs', { value: 1 })
    await engine.flush()
    expect(server.requests.map(({ url }) => url)).toEqual([A])
  })

  it('is not taken by a record that settled after the engine was disposed', async () => {
    const { engine, clock, traces } = createKit()
    const run = engine.createRun(featureForTests())
    void run.start('x')
    await clock.advance(10)
    await engine.dispose()
    expect(traces()).toHaveLength(1)
    void run.start('y')
    await clock.advance(5_000)
    expect(traces()).toHaveLength(1)
    expect(clock.pendingTimers).toBe(0)
  })

  it('counts what the server refused', async () => {
    const { engine, clock, server } = createKit()
    server.on('/evenkeel/v1/traces', statusReply(403))
    void engine.createRun(featureForTests()).start('x')
    await clock.advance(1_100)
    expect(engine.dropped()).toEqual({ full: 0, refused: 1 })
  })

  it('never keeps the user waiting: a server that does not answer changes no run', async () => {
    const { engine, clock, server } = createKit()
    server.on('/evenkeel/v1/traces', { headAfterMs: 1e9 })
    const run = engine.createRun(featureForTests())
    void run.start('x')
    await clock.advance(2_000)
    const settled = run.start('y')
    await clock.advance(10)
    expect((await settled).outcome).toBe('answered')
  })
})

describe('a sample of the runs', () => {
  it('leaves by its rate, and with it every run that a user speaks of', async () => {
    const { engine, clock, traces } = createKit({ telemetry: { sampleRate: 0.5 } })
    const run = engine.createRun(featureForTests())
    void run.start('x')
    await clock.advance(2_000)
    // The ids of these tests begin with zeros only: none of them is among the half that is kept.
    expect(traces()).toEqual([])
    run.signal('thumbs', { value: 1 })
    await clock.advance(2_000)
    expect(readTraceRequest(bodyOf(traces()[0])).runs).toMatchObject([{ weight: 0 }])
  })

  it('has every run that failed', async () => {
    const { engine, clock, traces, server } = createKit({ telemetry: { sampleRate: 0.5 } })
    server.on(A, statusReply(500))
    void engine.createRun(featureForTests()).start('x')
    await clock.advance(2_000)
    expect(readTraceRequest(bodyOf(traces()[0])).runs).toMatchObject([{ weight: 1 }])
  })
})

describe('the way of a signal', () => {
  it('is an OTLP log of the run, with service and build in its resource', async () => {
    const { engine, clock, logs } = createKit({ service: 'desk', build: 'b1' })
    const run = engine.createRun(featureForTests())
    void run.start('x')
    await clock.advance(10)
    const signal = run.signal('thumbs', { value: -1, reasons: ['latency'] })
    await clock.advance(1_000)
    expect(readLogsRequest(bodyOf(logs()[0]))).toMatchObject({ problem: null, signals: [signal] })
    expect(logs()[0]?.body).toContain('"desk"')
  })

  it('takes one made elsewhere too', async () => {
    const { engine, clock, logs } = createKit()
    const run = engine.createRun(featureForTests())
    void run.start('x')
    await clock.advance(10)
    const signal = run.signal('thumbs', { value: 1 })
    await clock.advance(1_000)
    if (signal !== null) engine.recordSignal({ ...signal, value: 0 })
    await engine.flush()
    expect(readLogsRequest(bodyOf(logs()[1])).signals).toEqual([{ ...signal, value: 0 }])
  })

  it('is one for thumbs that changed within a second', async () => {
    const { engine, clock, logs } = createKit()
    const run = engine.createRun(featureForTests())
    void run.start('x')
    await clock.advance(10)
    run.signal('thumbs', { value: 1 })
    run.signal('thumbs', { value: -1 })
    await clock.advance(1_000)
    expect(readLogsRequest(bodyOf(logs()[0])).signals).toMatchObject([{ value: -1 }])
  })
})

import { DROP_REASONS, type RunRecord, readLogsRequest, readTraceRequest } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { assembleEngine, type EngineOptions } from '../run/engine.ts'
import { A, featureForTests } from '../run/feature.test.kit.ts'
import { createMemoryOrigin } from '../testing/memory-storage.ts'
import { answerReply, statusReply } from '../testing/replies.ts'
import { createScriptedServer, type ScriptedRequest } from '../testing/scripted-server.ts'
import { staticParts } from '../testing/static-parts.ts'
import { createCountingBytes, createTestPage } from '../testing/test-engine.ts'
import { createPatientClock } from './patient-clock.test.kit.ts'

const TAKEN = { status: 200, body: [{ afterMs: 0, text: '{}' }] }
const NOTHING_DROPPED = Object.fromEntries(DROP_REASONS.map((reason) => [reason, 0]))

/** One server and one storage, and as many pages as are opened. */
function createOrigin() {
  const clock = createPatientClock()
  const server = createScriptedServer(clock)
  const storage = createMemoryOrigin()
  const randomBytes = createCountingBytes()
  server.on(A, answerReply(['Hello']))
  for (const path of ['/evenkeel/v1/traces', '/evenkeel/v1/logs']) server.on(path, TAKEN)
  const sent = (path: string) => server.requests.filter(({ url }) => url.endsWith(path))
  const traces = () => sent('/v1/traces')
  const logs = () => sent('/v1/logs')
  return {
    clock,
    server,
    storage,
    traces,
    logs,
    /** What the collector has by now, each as it came last. */
    stored: () => traces().flatMap((request) => readTraceRequest(bodyOf(request)).runs),
    reports: () => logs().flatMap((request) => readLogsRequest(bodyOf(request)).dropReports),
    openPage(options: EngineOptions = {}, origin: string | null = 'https://desk.example') {
      const page = createTestPage(origin)
      const own = storage.open()
      const locks: (() => void)[] = []
      let isDead = false
      const alive = <Result>(work: () => Promise<Result>) => (isDead ? new Promise<Result>(() => {}) : work())
      const engine = assembleEngine(
        {
          environment: 'test',
          clock: {
            ...clock,
            setTimeout: (callback, delayMs) => clock.setTimeout(() => isDead || callback(), delayMs),
          },
          page,
          fetch: (...request) => alive(() => server.fetch(...request)),
          randomBytes,
          storage: {
            ...own,
            write: (...change) => alive(() => own.write(...change)),
            stay(owner) {
              const here = own.stay(owner)
              locks.push(here.leave)
              return here
            },
          },
          ...options,
        },
        staticParts,
      )
      /** It is put away for the way back: its lock is let go, and it may come back. */
      const freeze = () => {
        for (const leave of locks) leave()
      }
      return {
        engine,
        page,
        freeze,
        /** Its process dies: nothing of it runs any more. */
        crash() {
          isDead = true
          freeze()
        },
      }
    },
  }
}

function createKit(options: EngineOptions = {}, of: string | null = 'https://desk.example') {
  const origin = createOrigin()
  return { ...origin, ...origin.openPage(options, of) }
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
    server.on('https://ingest.example/otel/v1/traces', TAKEN)
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

  it('waits for its own user where the session was over before it could be sent', async () => {
    const { openPage, clock, traces, logs, stored, reports } = createOrigin()
    const of = (user: string) => openPage({ user, content: 'full' })
    const { engine } = of('anna')
    const run = engine.createRun(featureForTests())
    void run.start('x')
    await clock.advance(500)
    run.signal('thumbs', { value: -1, comment: 'words of hers' })
    await engine.dispose(false)
    await clock.advance(60_000)
    expect([traces(), logs()]).toEqual([[], []])

    // Somebody else is signed in, in the same open tab: her words are given up, and that is told.
    const next = of('ben')
    next.engine.createRun(featureForTests())
    await clock.advance(5_000)
    expect(traces()).toEqual([])
    expect(reports().map(({ dropped }) => dropped.scope)).toEqual([1])
    expect(JSON.stringify(logs())).not.toContain('words of hers')
    await next.engine.dispose()

    of('anna').engine.createRun(featureForTests())
    await clock.advance(5_000)
    expect(stored()).toMatchObject([{ user: 'anna', outcome: 'answered' }])
  })

  it('counts what the server refused', async () => {
    const { engine, clock, server } = createKit()
    server.on('/evenkeel/v1/traces', statusReply(403))
    void engine.createRun(featureForTests()).start('x')
    await clock.advance(1_100)
    expect(engine.dropped()).toEqual({ ...NOTHING_DROPPED, refused: 1 })
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

  it('leaves nothing behind of a run that is not in it', async () => {
    const { engine, clock, storage } = createKit({ telemetry: { sampleRate: 0.5 } })
    void engine.createRun(featureForTests()).start('x')
    await clock.advance(2_000)
    expect(storage.entries.size).toBe(0)
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

describe('a run that is under way', () => {
  const HANGING = answerReply(['Hello'], { ending: 'hang' })

  it('is in the storage from its start, as if it were abandoned, without a word of it', async () => {
    const { engine, clock, server, storage } = createKit()
    server.on(A, { ...HANGING, headAfterMs: 100 })
    void engine.createRun(featureForTests()).start('a secret')
    await clock.advance(1)
    const [entry] = storage.entries.values()
    expect(runIn(entry?.body)).toMatchObject({
      outcome: 'abandoned',
      firstTokenMs: null,
      environment: 'test',
    })
    expect(entry?.body).not.toContain('secret')
    expect(entry?.body).not.toContain('Hello')
  })

  it('is there with its prompt and model once it has something to show', async () => {
    const { engine, clock, server, storage } = createKit()
    server.on(
      A,
      answerReply(['Hello'], { ending: 'hang', headers: { evenkeel: 'prompt="reply", version="3"' } }),
    )
    void engine.createRun(featureForTests()).start('x')
    await clock.advance(10)
    expect(runIn([...storage.entries.values()][0]?.body)).toMatchObject({
      outcome: 'abandoned',
      firstTokenMs: expect.any(Number),
      triple: { prompt: { name: 'reply', version: '3' } },
    })
  })

  it('gives its place in the storage to its record, which goes when the server has it', async () => {
    const { engine, clock, storage } = createKit()
    void engine.createRun(featureForTests()).start('x')
    await clock.advance(500)
    expect([...storage.entries.values()].map(({ body }) => runIn(body)?.outcome)).toEqual(['answered'])
    await clock.advance(1_000)
    expect(storage.entries.size).toBe(0)
  })

  it('is sent as abandoned by the next page when its own has crashed', async () => {
    const { openPage, clock, server, stored, storage } = createOrigin()
    server.on(A, HANGING, answerReply(['Hello']))
    const first = openPage()
    void first.engine.createRun(featureForTests()).start('x')
    await clock.advance(100)
    first.crash()
    openPage().engine.createRun(featureForTests())
    await clock.advance(2_000)
    expect(stored()).toMatchObject([{ outcome: 'abandoned', environment: 'test' }])
    expect(storage.entries.size).toBe(0)
  })

  it('is left alone by other pages while its own is here', async () => {
    const { openPage, clock, server, stored, storage } = createOrigin()
    server.on(A, HANGING)
    void openPage().engine.createRun(featureForTests()).start('x')
    await clock.advance(100)
    openPage().engine.createRun(featureForTests())
    await clock.advance(5_000)
    expect(stored()).toEqual([])
    expect(storage.entries.size).toBe(1)
  })

  it('is one run where its record leaves after all: the same ids, and it lasted longer', async () => {
    const { openPage, clock, server, stored } = createOrigin()
    server.on(A, answerReply(['Hello', ' there'], { everyMs: 10_000 }))
    const frozen = openPage()
    const settled = frozen.engine.createRun(featureForTests()).start('x')
    await clock.advance(11_000)
    frozen.freeze()
    openPage().engine.createRun(featureForTests())
    await clock.advance(20_000)
    const [abandoned, answered] = stored()
    expect(answered).toEqual(await settled)
    expect(abandoned).toMatchObject({
      outcome: 'abandoned',
      runId: answered?.runId,
      spanId: answered?.spanId,
    })
    expect(abandoned?.settledMs).toBeLessThan(answered?.settledMs ?? 0)
  })

  it('is handed to the browser when its page goes for good, with how long it lasted', async () => {
    const { engine, clock, server, page } = createKit()
    server.on(A, HANGING)
    void engine.createRun(featureForTests()).start('x')
    await clock.advance(700)
    page.leave()
    expect(page.beacons.map(({ url }) => url)).toEqual(['/evenkeel/v1/traces'])
    const { runs } = readTraceRequest(JSON.parse(page.beacons[0]?.body ?? '{}'))
    expect(runs).toMatchObject([{ outcome: 'abandoned', settledMs: 700 }])
  })

  it('is abandoned, and no network failed, where its connection breaks because its page goes', async () => {
    const { engine, clock, server, page } = createKit()
    server.on(A, answerReply(['Hello', 'there'], { everyMs: 500, ending: 'break' }))
    void engine.createRun(featureForTests()).start('x')
    await clock.advance(600)
    // In the turn in which a browser breaks the connections of a page, it also tells the page that it goes.
    clock.setTimeout(() => page.leave(), 400)
    await clock.advance(400)
    const { runs } = readTraceRequest(JSON.parse(page.beacons[0]?.body ?? '{}'))
    expect(runs).toMatchObject([{ outcome: 'abandoned', attempts: [] }])
  })

  it('goes on where its page is only put away for the way back', async () => {
    const { engine, clock, server, page } = createKit()
    server.on(A, HANGING)
    void engine.createRun(featureForTests()).start('x')
    await clock.advance(700)
    page.leave(false)
    expect(page.beacons).toEqual([])
  })

  it('is counted where nothing can be kept, once, and the count is told', async () => {
    const { engine, clock, storage, reports, stored } = createKit()
    storage.block(true)
    void engine.createRun(featureForTests()).start('x')
    await clock.advance(2_500)
    expect(engine.dropped()).toEqual({ ...NOTHING_DROPPED, unjournaled: 1 })
    expect(reports()).toMatchObject([{ environment: 'test', dropped: { unjournaled: 1 } }])
    expect(stored()).toHaveLength(1)
  })
})

describe('what a page could not send', () => {
  it('is sent by the next one, signals too', async () => {
    const { openPage, clock, server, storage, stored, logs } = createOrigin()
    server.on('/evenkeel/v1/traces', { status: null }, { status: null }, TAKEN)
    server.on('/evenkeel/v1/logs', { status: null }, TAKEN)
    const first = openPage()
    const run = first.engine.createRun(featureForTests())
    const settled = run.start('x')
    await clock.advance(10)
    const signal = run.signal('thumbs', { value: 1 })
    await clock.advance(1_000)
    first.crash()
    openPage().engine.createRun(featureForTests())
    await clock.advance(10_000)
    expect(stored().at(-1)).toEqual(await settled)
    expect(readLogsRequest(bodyOf(logs().at(-1))).signals).toEqual([signal])
    expect(storage.entries.size).toBe(0)
  })

  it('waits for its own session where somebody else is signed in now', async () => {
    const { openPage, clock, server, stored, storage } = createOrigin()
    server.on(A, answerReply(['Hello'], { ending: 'hang' }))
    const first = openPage({ tenant: 'acme', user: 'u1' })
    void first.engine.createRun(featureForTests()).start('x')
    await clock.advance(100)
    first.crash()
    openPage({ tenant: 'acme', user: 'u2' }).engine.createRun(featureForTests())
    await clock.advance(100_000)
    expect(stored()).toEqual([])
    expect(storage.entries.size).toBe(1)
    openPage({ tenant: 'acme', user: 'u1' }).engine.createRun(featureForTests())
    await clock.advance(2_000)
    expect(stored()).toMatchObject([{ outcome: 'abandoned', user: 'u1' }])
  })

  it('is given up and counted where it holds words of somebody who is not signed in any more', async () => {
    const { openPage, clock, server, storage, reports, logs } = createOrigin()
    server.on('/evenkeel/v1/logs', { status: null }, TAKEN)
    const first = openPage({ user: 'u1', content: 'full' })
    const run = first.engine.createRun(featureForTests())
    void run.start('x')
    await clock.advance(10)
    run.signal('thumbs', { value: -1, comment: 'words of mine' })
    await clock.advance(1_000)
    first.crash()
    openPage({ user: 'u2', content: 'full' }).engine.createRun(featureForTests())
    await clock.advance(10)
    expect(JSON.stringify([...storage.entries.values()])).not.toContain('words of mine')
    await clock.advance(2_000)
    expect(reports()).toMatchObject([{ dropped: { scope: 1 } }])
    expect(logs().filter(({ body }) => body?.includes('words of mine'))).toHaveLength(1)
  })
})

describe('beforeSend', () => {
  it('changes what leaves, also if the page goes first', async () => {
    const { engine, clock, stored, storage } = createKit({
      beforeSend: (record) => ({ ...record, route: '/changed' }),
    })
    void engine.createRun(featureForTests()).start('x')
    await clock.advance(1)
    expect(runIn([...storage.entries.values()][0]?.body)?.route).toBe('/changed')
    await clock.advance(2_000)
    expect(stored()).toMatchObject([{ outcome: 'answered', route: '/changed' }])
  })

  it.each([
    ['keeps a record back', () => null, 0],
    [
      'throws, because then nobody knows what is still in it',
      () => {
        throw new Error('no')
      },
      2,
    ],
  ])('%s, which is counted', async (_what, beforeSend, bugs) => {
    const heard: string[] = []
    const records: RunRecord[] = []
    const { engine, clock, stored, storage, reports } = createKit({
      beforeSend,
      onBug: (where) => heard.push(where),
      onRun: (record) => records.push(record),
    })
    void engine.createRun(featureForTests()).start('x')
    await clock.advance(2_500)
    expect(stored()).toEqual([])
    expect(storage.entries.size).toBe(0)
    expect(records).toHaveLength(1)
    expect(engine.dropped()).toEqual({ ...NOTHING_DROPPED, filtered: 1 })
    expect(reports()).toMatchObject([{ dropped: { filtered: 1 } }])
    expect(heard.length).toBeGreaterThanOrEqual(bugs)
  })

  it('takes what was written down at the start along when it keeps the record back', async () => {
    const { engine, clock, storage, stored } = createKit({
      beforeSend: (record) => (record.outcome === 'abandoned' ? record : null),
    })
    void engine.createRun(featureForTests()).start('x')
    await clock.advance(5_000)
    expect(stored()).toEqual([])
    expect(storage.entries.size).toBe(0)
  })
})

/** The run in the body of an entry. */
function runIn(body: string | undefined): RunRecord | undefined {
  return readTraceRequest(JSON.parse(`{"resourceSpans":[${body ?? ''}]}`)).runs[0]
}

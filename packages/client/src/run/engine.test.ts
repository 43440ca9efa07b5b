import { afterEach, describe, expect, it, vi } from 'vitest'
import { answerReply } from '../testing/replies.ts'
import { createScriptedServer } from '../testing/scripted-server.ts'
import { staticParts, takingParts } from '../testing/static-parts.ts'
import { createCountingBytes, createTestPage } from '../testing/test-engine.ts'
import { createVirtualClock } from '../testing/virtual-clock.ts'
import { createRun, defaultEngine } from './default-engine.ts'
import { assembleEngine, createEngine } from './engine.ts'
import { A, featureForTests, OMIT, PRIMARY, TEMPLATE } from './feature.test.kit.ts'
import type { Parts } from './parts.ts'
import { createTaking } from './taking.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('createEngine', () => {
  it('touches nothing until a run is started, so that a server may make it and a run', () => {
    const forbidden = () => {
      throw new Error('touched')
    }
    vi.stubGlobal('fetch', forbidden)
    vi.stubGlobal('setTimeout', forbidden)
    vi.stubGlobal('addEventListener', forbidden)
    vi.stubGlobal('crypto', new Proxy({}, { get: forbidden }))
    const run = createEngine().createRun(featureForTests())
    expect([run.state.phase, run.text, run.textRevision]).toEqual(['idle', '', 0])
    run.subscribe(() => {})()
    run.leave()
  })

  it('works in plain Node without any option', async () => {
    const engine = createEngine()
    const record = await engine.createRun(featureForTests({ ladder: [TEMPLATE] })).start('x')
    expect(record).toMatchObject({
      environment: 'development',
      service: 'unknown_service',
      synthetic: false,
      weight: 1,
      connection: null,
    })
    await engine.flush()
    await engine.dispose()
    await engine.dispose()
  })

  it('takes the fetch that is there when it asks, not the one that was there before', async () => {
    const server = createScriptedServer(createVirtualClock())
    server.on(A, answerReply(['Hi']))
    const engine = createEngine({ telemetry: false })
    vi.stubGlobal('fetch', server.fetch)
    const settled = engine.createRun(featureForTests({ ladder: [PRIMARY, OMIT] })).start('x')
    expect((await settled).outcome).toBe('answered')
  })

  it('gives the same ids for the same random bytes, and others for others', async () => {
    const idOf = async (randomBytes = createCountingBytes()) =>
      (
        await createEngine({ randomBytes, sandbox: true })
          .createRun(featureForTests({ ladder: [TEMPLATE] }))
          .start('x')
      ).runId
    expect(await idOf()).toBe(await idOf())
    expect(await idOf((length) => crypto.getRandomValues(new Uint8Array(length)))).not.toBe(await idOf())
  })

  it('marks the runs of a sandbox as synthetic', async () => {
    const run = createEngine({ sandbox: true }).createRun(featureForTests({ ladder: [TEMPLATE] }))
    expect((await run.start('x')).synthetic).toBe(true)
  })
})

describe('the parts that are loaded when they are needed', () => {
  const broken = () => Promise.reject(new Error('chunk'))

  function createKit(parts: Partial<Parts>, origin: string | null = 'https://app.example') {
    const server = createScriptedServer(createVirtualClock())
    server.on(A, answerReply(['Hi']))
    server.on('/evenkeel/v1/traces', { status: 200 })
    const bugs: string[] = []
    const loaded: string[] = []
    const engine = assembleEngine(
      {
        fetch: server.fetch,
        page: createTestPage(origin),
        onBug: (where) => bugs.push(where),
      },
      {
        ...staticParts,
        loadAsking() {
          loaded.push('asking')
          return staticParts.loadAsking()
        },
        loadTelemetry() {
          loaded.push('telemetry')
          return staticParts.loadTelemetry()
        },
        ...parts,
      },
    )
    return { engine, server, bugs, loaded }
  }

  it('are what asks when a surface appears, and telemetry, for what a page before may have left', async () => {
    const { engine, loaded } = createKit({})
    const run = engine.createRun(featureForTests())
    expect(loaded).toEqual(['asking', 'telemetry'])
    await run.start('x')
    expect(loaded).toEqual(['asking', 'telemetry', 'asking'])
  })

  it('are none while a server renders', () => {
    const { engine, loaded } = createKit({}, null)
    engine.createRun(featureForTests())
    expect(loaded).toEqual([])
  })

  it('may be missing: without what asks the template answers', async () => {
    const { engine, bugs } = createKit({ loadAsking: broken })
    const record = await engine.createRun(featureForTests()).start('x')
    expect(record.attempts.map(({ failure }) => failure)).toEqual(['network', null])
    expect(bugs).toEqual(['loading what asks'])
  })

  it('may be missing: without what reads other protocols the template answers', async () => {
    const { engine, server, bugs } = createKit({
      loadAsking: () => createTaking({ ...takingParts, loadOthers: broken, loadHeadWords: broken }),
    })
    server.on(A, { headers: { 'content-type': 'text/plain' }, body: [{ afterMs: 0, text: 'Hi' }] })
    const record = await engine.createRun(featureForTests()).start('x')
    expect(record.attempts.map(({ failure }) => failure)).toEqual(['network', null])
    expect(bugs).toContain('loading the readers')
  })

  it('may be missing: without what reads the head an answer is one all the same', async () => {
    const { engine, server, bugs } = createKit({
      loadAsking: () => createTaking({ ...takingParts, loadHeadWords: broken }),
    })
    server.on(A, answerReply(['Hi'], { metadata: { level: 3 } }))
    const record = await engine.createRun(featureForTests()).start('x')
    expect(record).toMatchObject({ outcome: 'answered', level: 5 })
    expect(bugs).toEqual(['loading what reads the head'])
  })

  it('may be missing: an object that nobody can check is not given, and the template answers', async () => {
    const { engine, server, bugs } = createKit({
      loadAsking: () => createTaking({ ...takingParts, loadJudging: broken }),
    })
    server.on(A, answerReply(['{"subject":"Hi"}']))
    const schema = {
      '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) },
    } as const
    const ladder = [PRIMARY, { step: 'template', render: () => ({ subject: 'Hello' }) }] as const
    const run = engine.createRun(featureForTests({ schema, ladder }))
    const record = await run.start('x')
    expect(record.attempts.map(({ failure }) => failure)).toEqual(['network', null])
    expect(run.state.output).toEqual({ subject: 'Hello' })
    expect(bugs).toEqual(['loading what judges'])
  })

  it('may be missing: without telemetry the run goes on, and the team hears of it once', async () => {
    const { engine, bugs, server } = createKit({ loadTelemetry: broken })
    const run = engine.createRun(featureForTests())
    expect((await run.start('x')).outcome).toBe('answered')
    await run.start('y')
    await engine.flush()
    await engine.dispose()
    expect(bugs).toEqual(['telemetry'])
    expect(server.requests.map(({ url }) => url)).toEqual([A, A])
  })

  it('may be missing for a while: what was recorded meanwhile is sent once telemetry loads', async () => {
    let isCutOff = true
    const { engine, server } = createKit({
      loadTelemetry: () => (isCutOff ? broken() : staticParts.loadTelemetry()),
    })
    const run = engine.createRun(featureForTests())
    const lost = await run.start('x')
    isCutOff = false
    const kept = await run.start('y')
    await engine.flush()
    const bodies = server.requests
      .filter(({ url }) => url.endsWith('/v1/traces'))
      .map(({ body }) => String(body))
    for (const { runId } of [lost, kept])
      expect(bodies.join('').split(`"traceId":"${runId}"`).length).toBeGreaterThan(1)
  })

  it('may come late: a record that is older than telemetry is sent', async () => {
    let arrive = () => {}
    const gate = new Promise<void>((resolve) => {
      arrive = resolve
    })
    const { engine, server } = createKit({
      loadTelemetry: async () => {
        await gate
        return staticParts.loadTelemetry()
      },
    })
    await engine.createRun(featureForTests()).start('x')
    const flushed = engine.flush()
    arrive()
    await flushed
    expect(server.requests.at(-1)?.url).toBe('/evenkeel/v1/traces')
  })

  it('are loaded by a real import where nothing else is said', async () => {
    const server = createScriptedServer(createVirtualClock())
    server.on(A, answerReply(['Hi']))
    server.on('https://ingest.example/v1/traces', { status: 200 })
    const engine = createEngine({ fetch: server.fetch, telemetry: { url: 'https://ingest.example' } })
    expect((await engine.createRun(featureForTests()).start('x')).outcome).toBe('answered')
    await engine.dispose()
    expect(server.requests.map(({ url }) => url)).toEqual([A, 'https://ingest.example/v1/traces'])
  })
})

describe('createRun', () => {
  it('uses one default engine for all', async () => {
    expect(defaultEngine()).toBe(defaultEngine())
    const feature = featureForTests({ ladder: [TEMPLATE] })
    const one = await createRun(feature).start('x')
    const two = await createRun(feature).start('x')
    expect(one.sessionId).toBe(two.sessionId)
  })

  it('uses the engine that it is given', async () => {
    const engine = createEngine({ environment: 'mine', sandbox: true })
    const record = await createRun(featureForTests({ ladder: [TEMPLATE] }), engine).start('x')
    expect(record.environment).toBe('mine')
  })
})

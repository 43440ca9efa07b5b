import { afterEach, describe, expect, it, vi } from 'vitest'
import { answerReply } from '../testing/replies.ts'
import { createScriptedServer } from '../testing/scripted-server.ts'
import { createCountingBytes } from '../testing/test-engine.ts'
import { createVirtualClock } from '../testing/virtual-clock.ts'
import { createRun, defaultEngine } from './default-engine.ts'
import { createEngine } from './engine.ts'
import { A, featureForTests, OMIT, PRIMARY, TEMPLATE } from './feature-for-tests.ts'

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
    const clock = createVirtualClock()
    const server = createScriptedServer(clock)
    server.on(A, answerReply(['Hi']))
    const engine = createEngine({ telemetry: false, clock })
    vi.stubGlobal('fetch', server.fetch)
    const settled = engine.createRun(featureForTests({ ladder: [PRIMARY, OMIT] })).start('x')
    await clock.advance(1)
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

import { DEFAULT_LEVELS, defineFeature, type LevelSpec, type RunRecord } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { createMemoryHealthStorage } from '../health/health-storage.ts'
import { answerReply, statusReply, unreachable } from '../testing/replies.ts'
import type { ScriptedReply } from '../testing/scripted-server.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import type { EngineOptions } from './engine.ts'
import { A, B, ELSEWHERE, FAST, featureForTests, OMIT, PRIMARY, TEMPLATE } from './feature.test.kit.ts'

const GOOD = answerReply(['Hello'], { everyMs: 10 })
const BAD = statusReply(503)

function createKit(options: EngineOptions = {}) {
  const health = { storage: createMemoryHealthStorage(), ...options.health }
  const kit = createTestEngine({ ...options, health })
  return {
    ...kit,
    reply: (...replies: readonly ScriptedReply[]) => kit.server.on(A, ...replies),
    /** One run from start to settled; half a second passes. */
    async runOnce(feature = FEATURE): Promise<RunRecord> {
      const run = kit.engine.createRun(feature)
      await kit.clock.advance(0)
      const settled = run.start('x')
      await kit.clock.advance(500)
      return settled
    },
  }
}

const FEATURE = featureForTests<string>({ ladder: [PRIMARY, FAST, TEMPLATE, OMIT] })

const attemptsOf = ({ attempts }: RunRecord) =>
  attempts.map(({ step, failure, detail }) => [step, failure, detail])

describe('levels over several runs', () => {
  it('step down after two failed runs, and the record says that this browser decided', async () => {
    const { reply, runOnce } = createKit()
    reply(BAD)
    expect(await runOnce()).toMatchObject({ level: 5, levelBy: 'local' })
    expect(await runOnce()).toMatchObject({ level: 5 })
    expect(await runOnce()).toMatchObject({ level: 4, levelBy: 'local', outcome: 'degraded' })
  })

  it('step up again with one good run after the cool-down', async () => {
    const { reply, runOnce, clock } = createKit()
    reply(BAD, BAD, GOOD)
    await runOnce()
    await runOnce()
    expect(await runOnce()).toMatchObject({ level: 4, outcome: 'degraded', fallbackCause: 'level' })
    await clock.advance(60_000)
    expect(await runOnce()).toMatchObject({ level: 5, outcome: 'answered' })
    expect(await runOnce()).toMatchObject({ level: 5, outcome: 'answered' })
  })

  it('leave a server alone whose breaker is open: the record has the cause, and no request is made', async () => {
    const { reply, runOnce, server, clock } = createKit()
    reply(BAD, BAD, BAD, GOOD)
    for (let count = 0; count < 3; count += 1) await runOnce()
    const skipped = await runOnce()
    expect(attemptsOf(skipped)).toEqual([
      ['model', 'http.server', 'not asked: breaker open'],
      ['template', null, null],
    ])
    expect(skipped).toMatchObject({ outcome: 'degraded', fallbackCause: 'failure' })
    expect(skipped.attempts[0]).toMatchObject({ status: null, endedMs: skipped.attempts[0]?.startedMs })
    expect(server.requests).toHaveLength(3)
    await clock.advance(6_000)
    expect((await runOnce()).attempts[0]).toMatchObject({ failure: null })
    expect(server.requests).toHaveLength(4)
  })

  it('let one run through a half-open breaker, and the others fall to the template', async () => {
    const { reply, runOnce, engine, clock, server } = createKit()
    reply(BAD, BAD, BAD, answerReply(['slow'], { headAfterMs: 2_000 }))
    for (let count = 0; count < 3; count += 1) await runOnce()
    await clock.advance(6_000)
    const asked = server.requests.length
    const settled = Array.from({ length: 5 }, () => engine.createRun(FEATURE).start('x'))
    await clock.advance(5_000)
    const records = await Promise.all(settled)
    expect(records.map(({ attempts }) => attempts.at(-1)?.step)).toEqual([
      'model',
      ...Array(4).fill('template'),
    ])
    expect(server.requests.length - asked).toBe(1)
  })

  it('do not ask before the time that the server asked for', async () => {
    const { reply, runOnce, server, clock } = createKit()
    reply(statusReply(429, { headers: { 'retry-after': '30' } }), GOOD)
    await runOnce()
    await runOnce()
    await clock.advance(28_000)
    const skipped = await runOnce()
    expect(skipped.attempts[0]).toMatchObject({
      failure: 'http.rate-limit',
      detail: 'not asked: breaker open',
    })
    expect(server.requests).toHaveLength(1)
    await clock.advance(5_000)
    expect((await runOnce()).outcome).toBe('answered')
  })

  it('ask the second domain at once while the first is left alone', async () => {
    const feature = featureForTests<string>({ ladder: [PRIMARY, ELSEWHERE, OMIT] })
    const { reply, runOnce, server } = createKit()
    reply(BAD)
    server.on(B, GOOD)
    for (let count = 0; count < 3; count += 1) await runOnce(feature)
    const record = await runOnce(feature)
    expect(record).toMatchObject({ outcome: 'degraded', level: 5 })
    expect(attemptsOf(record)).toEqual([
      ['model', 'http.server', 'not asked: breaker open'],
      ['model', null, null],
    ])
    expect(server.requests.filter(({ url }) => url === A)).toHaveLength(3)
  })

  it('ask the other tier of a server that marks its primary as failed, and leave the primary alone', async () => {
    const marked = statusReply(502, { metadata: { failed: 'model' } })
    const { reply, runOnce, server } = createKit()
    reply(marked, GOOD, marked, GOOD, marked, GOOD)
    for (let count = 0; count < 3; count += 1) {
      expect(attemptsOf(await runOnce()).map(([, failure]) => failure)).toEqual(['http.server', null])
    }
    expect(attemptsOf(await runOnce())).toEqual([
      ['model', 'http.server', 'not asked: breaker open'],
      ['model', null, null],
    ])
    expect(server.requests).toHaveLength(7)
  })

  it('start where the level says: with the fast tier at 3, without a model at 2', async () => {
    const { reply, runOnce, server, clock } = createKit()
    reply({ ...GOOD, headers: { ...GOOD.headers, evenkeel: 'level=3' } })
    expect(await runOnce()).toMatchObject({ level: 3, levelBy: 'server' })
    const next = await runOnce()
    expect(next.attempts[0]).toMatchObject({ step: 'model', tier: 'fast' })
    expect(next).toMatchObject({ level: 3, levelBy: 'server', outcome: 'degraded', fallbackCause: 'level' })
    reply({ ...GOOD, headers: { ...GOOD.headers, evenkeel: 'level=2' } })
    await runOnce()
    const asked = server.requests.length
    expect((await runOnce()).attempts.map(({ step }) => step)).toEqual(['template'])
    expect(server.requests).toHaveLength(asked)
    reply(GOOD)
    await clock.advance(60_000)
    expect(await runOnce()).toMatchObject({ level: 5, outcome: 'answered' })
  })

  it('stay as they are within a run', async () => {
    const { reply, engine, clock } = createKit()
    reply(BAD, BAD, answerReply(['long', ' answer'], { everyMs: 1_000 }))
    const long = engine.createRun(FEATURE)
    await clock.advance(0)
    for (let count = 0; count < 2; count += 1) {
      void engine.createRun(FEATURE).start('x')
      await clock.advance(100)
    }
    const settled = long.start('x')
    await clock.advance(500)
    expect(long.state).toMatchObject({ phase: 'waiting', level: 4 })
    await clock.advance(5_000)
    expect((await settled).level).toBe(4)
  })

  it('are capped by a browser that saves data, and by one that is offline', async () => {
    const { reply, runOnce, page } = createKit()
    reply(GOOD)
    page.setConnection('4g', true)
    expect(await runOnce()).toMatchObject({ level: 3, levelBy: 'browser' })
    page.setConnection('2g')
    expect(await runOnce()).toMatchObject({ level: 3, levelBy: 'browser' })
    page.setConnection('4g')
    expect(await runOnce()).toMatchObject({ level: 5, levelBy: 'local' })
    page.setOnline(false)
    const offline = await runOnce()
    expect(offline).toMatchObject({ level: 2, levelBy: 'browser', outcome: 'degraded' })
    expect(attemptsOf(offline)[0]).toEqual(['model', 'offline', 'the browser is offline'])
  })

  it('are capped by the browser from the first run of a page, before anything is loaded', async () => {
    const { reply, engine, page, clock } = createKit()
    reply(GOOD)
    page.setConnection('4g', true)
    const settled = engine.createRun(FEATURE).start('x')
    await clock.advance(500)
    expect(await settled).toMatchObject({ level: 3, levelBy: 'browser' })
  })

  it('show what the browser allows before the first run too', async () => {
    const { engine, page, clock } = createKit()
    page.setConnection('2g')
    const run = engine.createRun(FEATURE)
    run.subscribe(() => {})
    expect(run.state.level).toBe(5)
    await clock.advance(0)
    expect(run.state).toMatchObject({ phase: 'idle', level: 3, levelBy: 'browser' })
  })

  it('retry a violated schema only as often as the budget allows', async () => {
    const { z } = await import('zod')
    const wrong = answerReply(['"no number"'])
    const feature = featureForTests<number>({ schema: z.number(), ladder: [PRIMARY, OMIT] })
    const { reply, engine, clock } = createKit()
    reply(wrong)
    const details: (string | null)[] = []
    for (let count = 0; count < 6; count += 1) {
      const run = engine.createRun(feature)
      await clock.advance(0)
      const settled = run.start('x')
      await clock.advance(500)
      details.push((await settled).attempts[1]?.detail ?? null)
    }
    expect(details.slice(0, 3)).toEqual(Array(3).fill('wrong at $'))
    expect(details.slice(3)).toEqual(Array(3).fill('not asked: retries used up'))
  })

  it('let go of broken answers sooner when tries to resume them brought nothing', async () => {
    const { reply, server, engine, clock } = createKit()
    const chunk = `id: 1\ndata: ${JSON.stringify({ type: 'start' })}\n\n`
    reply({
      headers: { 'content-type': 'text/event-stream', evenkeel: 'resume="/resume/1"' },
      body: [{ afterMs: 10, text: chunk }],
      ending: 'break',
    })
    server.on('https://app.example/resume/1', unreachable())
    const tries: number[] = []
    for (let count = 0; count < 3; count += 1) {
      const before = server.requests.length
      const run = engine.createRun(FEATURE)
      await clock.advance(0)
      void run.start('x')
      await clock.advance(14_000)
      tries.push(server.requests.length - before - 1)
    }
    expect(tries).toEqual([4, 1, 1])
  })

  it('survive a reload for some minutes, and end at the user they belong to', async () => {
    const storage = createMemoryHealthStorage()
    const anna = { tenant: 'acme', user: 'anna', health: { storage } }
    const before = createKit(anna)
    before.reply(BAD)
    for (let count = 0; count < 3; count += 1) await before.runOnce()
    const after = createKit(anna)
    after.reply(GOOD)
    expect((await after.runOnce()).attempts[0]?.detail).toBe('not asked: breaker open')
    const bert = createKit({ tenant: 'acme', user: 'bert', health: { storage } })
    bert.reply(GOOD)
    expect((await bert.runOnce()).outcome).toBe('answered')
    const later = createKit(anna)
    later.reply(GOOD)
    await later.clock.advance(310_000)
    expect(await later.runOnce()).toMatchObject({ level: 5, outcome: 'answered' })
  })

  it('are not kept in a sandbox that does not ask for it, nor where the app wants none', async () => {
    for (const options of [{}, { sandbox: false, telemetry: false, health: false }] as const) {
      const { engine, server, clock, records } = createTestEngine(options)
      server.on(A, BAD)
      for (let count = 0; count < 6; count += 1) {
        void engine.createRun(FEATURE).start('x')
        await clock.advance(500)
      }
      expect(records.map(({ level }) => level)).toEqual(Array(6).fill(5))
      expect(server.requests).toHaveLength(6)
    }
  })
})

describe('what a level offers', () => {
  type Can = 'tone' | 'length'
  const LEVELS: readonly LevelSpec<Can>[] = [
    { level: 5, name: 'full', startAt: 'model', told: false, capabilities: ['tone', 'length'] },
    {
      level: 3,
      name: 'basic',
      startAt: { step: 'model', tier: 'fast' },
      told: true,
      capabilities: ['length'],
    },
    { level: 2, name: 'ready-made', startAt: 'template', told: true },
  ]
  const feature = defineFeature<string, string, Can>({
    id: 'with-capabilities',
    interaction: 'progressive',
    ladder: [PRIMARY, FAST, TEMPLATE, OMIT],
    levels: LEVELS,
  })

  it('is what it lists; a level that lists nothing offers nothing', async () => {
    const { engine, reply, clock } = createKit()
    reply({ ...GOOD, headers: { ...GOOD.headers, evenkeel: 'level=2' } })
    const run = engine.createRun(feature)
    await clock.advance(0)
    expect([run.can('tone'), run.can('length')]).toEqual([true, true])
    void run.start('x')
    expect(run.can('tone')).toBe(true)
    await clock.advance(500)
    expect([run.can('tone'), run.can('length')]).toEqual([false, false])
    expect(engine.createRun(featureForTests({ levels: DEFAULT_LEVELS })).can('anything')).toBe(false)
  })

  it('is of the run while it runs, of the next one between runs, and whoever listens hears of it', async () => {
    const { engine, reply, clock } = createKit()
    reply(BAD, BAD, answerReply(['slow'], { headAfterMs: 30_000 }))
    const [idle, other] = [engine.createRun(feature), engine.createRun(feature)]
    let heard = 0
    const stop = idle.subscribe(() => {
      heard += 1
    })
    await clock.advance(0)
    for (let count = 0; count < 2; count += 1) {
      void other.start('x')
      await clock.advance(100)
    }
    expect(heard).toBe(1)
    expect(idle.state).toMatchObject({ phase: 'idle', level: 3, levelBy: 'local' })
    expect([idle.can('tone'), idle.can('length')]).toEqual([false, true])
    stop()
    await clock.advance(60_000)
    expect(idle.can('tone')).toBe(true)
    expect(heard).toBe(1)
  })
})

import { type ControlsInForce, NO_CONTROLS, type RunRecord } from '@evenkeel/shared'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { Purge } from '../cache/cache-options.ts'
import { createMemoryAnswers } from '../cache/memory-answers.ts'
import { answerReply, chunksReply, statusReply, textReply, unreachable } from '../testing/replies.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import type { EngineOptions } from './engine.ts'
import { A, B, ELSEWHERE, featureForTests, OMIT, PRIMARY, TEMPLATE } from './feature.test.kit.ts'
import { rehearse } from './rehearsal.ts'

const HOUR = 3_600_000
const CACHE = { step: 'cache', maxAgeMs: HOUR } as const
const GOOD = answerReply(['Hello ', 'Anna'], {
  metadata: { prompt: 'draft@1#ab', model: 'm', context: 'c1' },
})
const BAD = statusReply(503)

/** An engine that keeps answers: a sandbox would not. */
function createKit(options: EngineOptions = {}) {
  const kit = createTestEngine({
    sandbox: false,
    telemetry: false,
    health: false,
    tenant: 'acme',
    user: 'anna',
    ...options,
  })
  const feature = featureForTests<string>({ ladder: [PRIMARY, CACHE, TEMPLATE, OMIT] })
  async function ask(input = 'x', of = feature) {
    const run = kit.engine.createRun(of)
    const settled = run.start(input)
    await kit.clock.advance(1_000)
    return { run, record: await settled }
  }
  return { ...kit, feature, ask }
}

const stepsOf = ({ attempts }: RunRecord) =>
  attempts.map(({ step, failure, detail }) => [step, failure, detail])

it('an answer that comes when its engine was disposed of is not kept', async () => {
  const store = createMemoryAnswers()
  const { server, engine, ask } = createKit({ cache: { store } })
  server.on(A, GOOD)
  await ask()
  expect(await store.entries()).toHaveLength(1)
  await engine.dispose(false)
  expect((await ask('y')).record.outcome).toBe('answered')
  expect(await store.entries()).toHaveLength(1)
})

describe('the cache step', () => {
  it('gives the answer of before where the model fails, and tells how old it is', async () => {
    const { server, ask, clock } = createKit()
    server.on(A, GOOD, BAD)
    expect((await ask()).record).toMatchObject({ outcome: 'answered' })
    await clock.advance(60_000)
    const { run, record } = await ask()
    expect(run.text).toBe('Hello Anna')
    expect(run.state).toMatchObject({
      phase: 'settled',
      outcome: 'degraded',
      step: 'cache',
      moment: 'cached',
      ageMs: 61_000,
    })
    expect(record).toMatchObject({
      outcome: 'degraded',
      fallbackCause: 'failure',
      answerLength: 10,
      answerAgeMs: 61_000,
      triple: {
        prompt: { name: 'draft', version: '1', hash: 'ab' },
        requestModel: 'm',
        context: 'c1',
      },
    })
    expect(record.moments.map(({ moment }) => moment)).toEqual(['waiting', 'cached'])
    expect(stepsOf(record)).toEqual([
      ['model', 'http.server', 'HTTP 503'],
      ['cache', null, null],
    ])
    expect(clock.pendingTimers).toBe(0)
  })

  it('gives it where no network is', async () => {
    const { server, page, ask } = createKit()
    server.on(A, GOOD)
    await ask()
    page.setOnline(false)
    const { run, record } = await ask()
    expect(run.text).toBe('Hello Anna')
    expect(stepsOf(record)[0]).toEqual(['model', 'offline', 'the browser is offline'])
    expect(server.requests).toHaveLength(1)
  })

  it('is a miss for another input: the record says so, and the user is told of the failure, not of the cache', async () => {
    const { server, ask, engine, clock } = createKit()
    server.on(A, GOOD, BAD)
    await ask()
    const { run, record } = await ask('another')
    expect(run.text).toBe('template for another')
    expect(stepsOf(record)).toEqual([
      ['model', 'http.server', 'HTTP 503'],
      ['cache', 'empty', 'nothing kept'],
      ['template', null, null],
    ])
    server.on(A, unreachable())
    const omitting = engine.createRun(featureForTests({ ladder: [PRIMARY, CACHE, OMIT] }))
    const settled = omitting.start('x')
    await clock.advance(100)
    expect(await settled).toMatchObject({ outcome: 'omitted', fallbackCause: 'failure' })
    expect(omitting.state).toMatchObject({ failure: 'network', moment: 'retry' })
  })

  it('is a miss of a level that starts with it, and the level is still the cause', async () => {
    const controls = controlsWith({ maxLevel: 2 })
    const { ask } = createKit({ controls })
    const { record } = await ask()
    expect(record).toMatchObject({ outcome: 'degraded', fallbackCause: 'level', level: 2 })
    expect(stepsOf(record)).toEqual([
      ['cache', 'empty', 'nothing kept'],
      ['template', null, null],
    ])
  })

  it('leads on to a model below it', async () => {
    const { server, ask } = createKit()
    server.on(A, BAD)
    server.on(B, GOOD)
    const feature = featureForTests<string>({ ladder: [PRIMARY, CACHE, ELSEWHERE, OMIT] })
    const { run, record } = await ask('x', feature)
    expect(run.text).toBe('Hello Anna')
    expect(record.attempts.map(({ step, failure }) => [step, failure])).toEqual([
      ['model', 'http.server'],
      ['cache', 'empty'],
      ['model', null],
    ])
  })

  it('takes the place of a partial answer in one commit', async () => {
    const { server, ask } = createKit()
    server.on(A, GOOD, answerReply(['Half of '], { everyMs: 10, ending: 'break' }))
    await ask()
    const { run } = await ask()
    expect(run.text).toBe('Hello Anna')
    expect(run.state).toMatchObject({ outcome: 'degraded', moment: 'replaced' })
  })

  it('leaves a partial answer that is in use, and what is said of it counts for who made that', async () => {
    const { server, ask, engine, feature, clock } = createKit()
    server.on(
      A,
      GOOD,
      answerReply(['Half of '], {
        everyMs: 10,
        ending: 'break',
        metadata: { prompt: 'draft@1#ab', model: 'm2' },
      }),
    )
    await ask()
    const run = engine.createRun(feature)
    run.guardReplacement(() => false)
    const settled = run.start('x')
    await clock.advance(1_000)
    expect(run.text).toBe('Half of ')
    expect(run.state.ageMs).toBeNull()
    const record = await settled
    expect(record).toMatchObject({ outcome: 'incomplete', triple: { requestModel: 'm2' } })
    expect(record).not.toHaveProperty('answerAgeMs')
  })

  it('gives nothing older than it allows', async () => {
    const { server, ask, clock } = createKit()
    server.on(A, GOOD, BAD)
    await ask()
    await clock.advance(HOUR)
    expect(stepsOf((await ask()).record)[1]).toEqual(['cache', 'empty', 'what is kept is too old'])
  })

  it('gives no answer of a prompt that the server has replaced since, be it told with the very failure', async () => {
    const { server, ask } = createKit()
    server.on(A, GOOD, statusReply(503, { metadata: { prompt: 'draft@2' } }), BAD)
    await ask()
    expect(stepsOf((await ask()).record)[1]).toEqual(['cache', 'empty', 'nothing kept'])
    expect(stepsOf((await ask()).record)[1]).toEqual(['cache', 'empty', 'nothing kept'])
  })

  it('is over when the user stops it or leaves', async () => {
    const store = { ...createMemoryAnswers(), read: () => new Promise<never>(() => {}) }
    const { server, engine, feature, clock, ask } = createKit({ cache: { store } })
    server.on(A, GOOD, BAD)
    await ask()
    const run = engine.createRun(feature)
    const settled = run.start('x')
    await clock.advance(10)
    expect(run.state.step).toBe('cache')
    run.stop()
    expect((await settled).outcome).toBe('stopped')
    await clock.advance(1_000)
    expect(run.state.outcome).toBe('stopped')
  })

  it('does not wait for a store that says nothing', async () => {
    const store = { ...createMemoryAnswers(), read: () => new Promise<never>(() => {}) }
    const { server, ask } = createKit({ cache: { store } })
    server.on(A, GOOD, BAD)
    await ask()
    const { run, record } = await ask()
    expect(run.text).toBe('template for x')
    expect(record.settledMs).toBe(500)
    expect(stepsOf(record)[1]).toEqual(['cache', 'empty', 'the store did not answer'])
  })

  it('is a miss where it cannot be loaded, and is tried again by the next run', async () => {
    const { assembleEngine } = await import('./engine.ts')
    const { staticParts, takingParts } = await import('../testing/static-parts.ts')
    const { createTaking } = await import('./taking.ts')
    const { server, clock, page } = createTestEngine()
    const bugs: string[] = []
    let isCutOff = true
    const taking = createTaking({
      ...takingParts,
      loadCaching: () => (isCutOff ? Promise.reject(new Error('offline')) : takingParts.loadCaching()),
    })
    const engine = assembleEngine(
      {
        sandbox: false,
        telemetry: false,
        health: false,
        fetch: server.fetch,
        clock,
        page,
        onBug: (where) => bugs.push(where),
      },
      {
        ...staticParts,
        loadAsking: () => taking,
      },
    )
    const feature = featureForTests<string>({ ladder: [PRIMARY, CACHE, OMIT] })
    server.on(A, BAD, GOOD, BAD)
    const run = engine.createRun(feature)
    expect(stepsOf(await run.start('x'))[1]).toEqual(['cache', 'empty', 'the cache could not be loaded'])
    expect(bugs).toEqual(['loading the cache'])
    isCutOff = false
    await run.start('x')
    await clock.advance(0)
    await run.start('x')
    expect(run.text).toBe('Hello Anna')
  })
})

describe('what is kept', () => {
  it.each([
    ['a template', [BAD, BAD], 'nothing kept'],
    ['a partial answer', [answerReply(['Half'], { everyMs: 10, ending: 'break' }), BAD], 'nothing kept'],
    ['plain text, whose end nobody can tell', [textReply(['Hello']), BAD], 'nothing kept'],
    [
      'a refusal',
      [
        chunksReply([
          { type: 'text-delta', id: 't', delta: 'I cannot' },
          { type: 'finish', finishReason: 'content-filter' },
        ]),
        BAD,
      ],
      'nothing kept',
    ],
    [
      'an answer that was cut for its length',
      [
        chunksReply([
          { type: 'text-start', id: 't' },
          { type: 'text-delta', id: 't', delta: 'Long' },
          { type: 'text-end', id: 't' },
          { type: 'finish', finishReason: 'length' },
        ]),
        BAD,
      ],
      'nothing kept',
    ],
  ])('is not %s', async (_what, replies, detail) => {
    const { server, engine, clock } = createKit()
    server.on(A, ...replies)
    const run = engine.createRun(featureForTests<string>({ ladder: [PRIMARY, CACHE, OMIT] }))
    for (let count = 0; count < 2; count += 1) {
      void run.start('x')
      await clock.advance(1_000)
    }
    expect(stepsOf((await run.settled) ?? fail()).at(1)).toEqual(['cache', 'empty', detail])
  })

  it('is nothing in a sandbox, and nothing where the app wants none', async () => {
    for (const options of [{ sandbox: true }, { cache: false }] as const) {
      const { server, ask } = createKit(options)
      server.on(A, GOOD, BAD)
      await ask()
      const { run, record } = await ask()
      expect(run.text).toBe('template for x')
      expect(stepsOf(record)[1]).toEqual(['cache', 'empty', 'nothing is kept here'])
    }
  })

  it('is what a hidden attempt gave too, and what a kept answer gave is not kept anew as younger', async () => {
    const { server, ask, clock } = createKit()
    server.on(A, GOOD, BAD)
    await ask()
    await clock.advance(60_000)
    await ask()
    await clock.advance(60_000)
    expect((await ask()).run.state.ageMs).toBe(122_000)
  })

  it('is untouched by a rehearsal: nothing of it is kept, and no prompt that it names is in force', async () => {
    const { server, ask } = createKit()
    server.on(A, GOOD, answerReply(['Rehearsed'], { metadata: { prompt: 'draft@9' } }), BAD)
    await ask()
    rehearse((make) => (feature, world, sink) => {
      const facts = () => ({ ...world.facts(), synthetic: true })
      return make(feature, { ...world, facts }, sink)
    })
    expect((await ask()).record).toMatchObject({ synthetic: true, outcome: 'answered' })
    rehearse(null)
    expect((await ask()).run.text).toBe('Hello Anna')
  })

  it('is of one entity, where the feature names it', async () => {
    let revision = 'r1'
    const feature = featureForTests<string>({
      ladder: [PRIMARY, CACHE, TEMPLATE],
      cacheKey: (input) => `${input}@${revision}`,
    })
    const { server, ask } = createKit()
    server.on(A, GOOD, BAD)
    await ask('x', feature)
    revision = 'r2'
    expect((await ask('x', feature)).run.text).toBe('template for x')
    revision = 'r1'
    expect((await ask('x', feature)).run.text).toBe('Hello Anna')
  })

  it('is of one user: another engine finds nothing, and what was kept is purged and counted', async () => {
    const store = createMemoryAnswers()
    const purges: Purge[] = []
    const anna = createKit({ cache: { store } })
    anna.server.on(A, GOOD)
    await anna.ask()
    expect(await store.entries()).toHaveLength(1)
    const bert = createKit({ user: 'bert', cache: { store, onPurge: (purge) => purges.push(purge) } })
    bert.server.on(A, BAD)
    expect((await bert.ask('x', anna.feature)).run.text).toBe('template for x')
    expect(purges).toEqual([{ reason: 'scope', answers: 1 }])
    expect(await store.entries()).toEqual([])
  })
})

describe('a structured answer', () => {
  const schema = z.object({ title: z.string() })
  const featureWith = (of: z.ZodType<{ title: string }>, id = 'structured') =>
    featureForTests<{ title: string }>({ id, ladder: [PRIMARY, CACHE, OMIT], schema: of })

  it('is kept and given again as the object that it was', async () => {
    const { server, engine, clock } = createKit()
    server.on(A, answerReply(['{"title":', '"Invoice"}']), BAD)
    const run = engine.createRun(featureWith(schema))
    void run.start('x')
    await clock.advance(1_000)
    void run.start('x')
    await clock.advance(1_000)
    expect(run.state).toMatchObject({ step: 'cache', moment: 'cached', output: { title: 'Invoice' } })
    expect(run.text).toBe('')
    expect(await run.settled).toMatchObject({ answerLength: 19 })
  })

  it('is a miss where it does not pass the schema of today', async () => {
    // Two definitions under one id are what a deployment is to the page that goes on.
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { server, engine, clock } = createKit()
    server.on(A, answerReply(['{"title":"Invoice"}']), BAD)
    void engine.createRun(featureWith(schema)).start('x')
    await clock.advance(1_000)
    const run = engine.createRun(featureWith(z.object({ title: z.string().max(3) })))
    void run.start('x')
    await clock.advance(1_000)
    expect(run.state.outcome).toBe('omitted')
    expect(stepsOf((await run.settled) ?? fail())[1]).toEqual([
      'cache',
      'empty',
      'what is kept does not pass the schema',
    ])
    warn.mockRestore()
  })
})

describe('a feature that is switched off', () => {
  it('still gives what is kept, where it was not switched off for what it said', async () => {
    const controls = controlsWith({})
    const { server, ask } = createKit({ controls })
    server.on(A, GOOD)
    await ask()
    controls.set({ enabled: false })
    const { run, record } = await ask()
    expect(run.text).toBe('Hello Anna')
    expect(record.outcome).toBe('disabled')
    expect(server.requests).toHaveLength(1)
  })

  it('gives nothing that is kept, and never again, where it was switched off for what it said', async () => {
    const controls = controlsWith({})
    const purges: Purge[] = []
    const { server, ask, clock } = createKit({ controls, cache: { onPurge: (purge) => purges.push(purge) } })
    server.on(A, GOOD, BAD)
    await ask()
    controls.set({ enabled: false, purge: true })
    await clock.advance(0)
    expect(purges).toEqual([{ reason: 'killed', answers: 1 }])
    const off = await ask()
    expect(off.run.text).toBe('template for x')
    expect(stepsOf(off.record)[0]).toEqual(['cache', 'empty', 'switched off for what it said'])
    controls.set({ enabled: true, purge: false })
    expect((await ask()).run.text).toBe('template for x')
  })

  it('gives nothing that is kept where only the server knows of the switch, and not why', async () => {
    const { server, ask } = createKit()
    server.on(A, GOOD, statusReply(403, { metadata: { failed: 'disabled' } }))
    await ask()
    const { run, record } = await ask()
    expect(run.text).toBe('template for x')
    expect(stepsOf(record)[1]).toEqual(['cache', 'empty', 'switched off by the server'])
  })
})

function controlsWith(patch: Partial<ControlsInForce>) {
  const listeners = new Set<() => void>()
  let now: ControlsInForce = { ...NO_CONTROLS, ...patch }
  return {
    of: () => now,
    onChange(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    set(more: Partial<ControlsInForce>) {
      now = { ...now, ...more }
      for (const listener of listeners) listener()
    },
  }
}

function fail(): never {
  throw new Error('The run was not started.')
}

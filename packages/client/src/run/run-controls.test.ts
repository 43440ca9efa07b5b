import { type ControlsInForce, NO_CONTROLS } from '@evenkeel/shared'
import { expect, it } from 'vitest'
import type { Controls } from '../control/controls.ts'
import { answerReply, statusReply } from '../testing/replies.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { A, FAST, featureForTests, OMIT, PRIMARY, TEMPLATE } from './feature.test.kit.ts'

interface TestControls extends Controls {
  set(patch: Partial<ControlsInForce>): void
  readonly listeners: number
}

function testControls(patch: Partial<ControlsInForce> = {}): TestControls {
  const listeners = new Set<() => void>()
  let now: ControlsInForce = { ...NO_CONTROLS, ...patch }
  return {
    of: () => now,
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    set(more) {
      now = { ...now, ...more }
      for (const listener of listeners) listener()
    },
    get listeners() {
      return listeners.size
    },
  }
}

function setUp(patch: Partial<ControlsInForce> = {}) {
  const controls = testControls(patch)
  return { controls, ...createTestEngine({ controls }) }
}

const SLOW = answerReply(['one ', 'two ', 'three'], { everyMs: 100 })

it('a feature that is off asks no server, gives what needs no model, and says that it is off', async () => {
  const { engine, server, records } = setUp({ enabled: false })
  const run = engine.createRun(featureForTests())
  await run.start('Jo')
  expect(server.requests).toEqual([])
  expect(run.text).toBe('template for Jo')
  expect(run.state).toMatchObject({
    outcome: 'disabled',
    moment: 'disabled',
    failure: 'killed',
    step: 'template',
  })
  expect(records[0]).toMatchObject({ outcome: 'disabled', fallbackCause: null })
  expect(records[0]?.attempts.map(({ step }) => step)).toEqual(['template'])
})

it('a feature that is off and has nothing without a model shows nothing', async () => {
  const { engine, records } = setUp({ enabled: false })
  const run = engine.createRun(featureForTests({ ladder: [PRIMARY, OMIT] }))
  await run.start('Jo')
  expect([run.text, records[0]?.outcome]).toEqual(['', 'disabled'])
})

it('the switch stops a running attempt at once, and no other model is asked', async () => {
  const { engine, server, clock, controls, records } = setUp()
  server.on(A, SLOW)
  const run = engine.createRun(featureForTests({ ladder: [PRIMARY, FAST, TEMPLATE, OMIT] }))
  run.start('Jo')
  await clock.advance(150)
  expect(run.text).toBe('one ')
  controls.set({ enabled: false })
  expect(server.requests.map(({ isAborted }) => isAborted)).toEqual([true])
  expect(run.state).toMatchObject({ phase: 'settled', outcome: 'disabled', moment: 'disabled' })
  expect(records[0]?.attempts.map(({ step, failure }) => [step, failure])).toEqual([
    ['model', 'killed'],
    ['template', null],
  ])
})

it('what the user has read stays where nothing can take its place', async () => {
  const { engine, server, clock, controls } = setUp()
  server.on(A, SLOW)
  const run = engine.createRun(featureForTests({ ladder: [PRIMARY, OMIT] }))
  run.start('Jo')
  await clock.advance(150)
  controls.set({ enabled: false })
  expect([run.text, run.state.outcome]).toEqual(['one ', 'disabled'])
})

it('a feature may choose to let running answers end', async () => {
  const { engine, server, clock, controls, records } = setUp()
  server.on(A, SLOW)
  const run = engine.createRun(featureForTests({ whenKilled: 'finish' }))
  run.start('Jo')
  await clock.advance(150)
  controls.set({ enabled: false })
  await clock.advance(500)
  expect([run.text, records[0]?.outcome]).toEqual(['one two three', 'answered'])
  await run.start('Jo')
  expect([server.requests.length, records[1]?.outcome]).toEqual([1, 'disabled'])
})

it('what was switched off for what it said is stopped at once, also where answers may end', async () => {
  const { engine, server, clock, controls, records } = setUp()
  server.on(A, SLOW)
  const run = engine.createRun(featureForTests({ whenKilled: 'finish' }))
  run.start('Jo')
  await clock.advance(150)
  controls.set({ enabled: false })
  expect(server.requests[0]?.isAborted).toBe(false)
  controls.set({ purge: true })
  expect(server.requests[0]?.isAborted).toBe(true)
  expect(run.text).toBe('template for Jo')
  expect(records[0]).toMatchObject({ outcome: 'disabled' })
  expect(records[0]?.attempts[0]?.failure).toBe('killed')
})

it('a flip that leaves the feature on leaves the run alone', async () => {
  const { engine, server, clock, controls, records } = setUp()
  server.on(A, SLOW)
  engine.createRun(featureForTests()).start('Jo')
  await clock.advance(150)
  controls.set({ maxLevel: 1, hedge: false })
  await clock.advance(500)
  expect(records[0]).toMatchObject({ outcome: 'answered', level: 5 })
})

it('a server that knows of the switch first is believed', async () => {
  const { engine, server, records } = setUp()
  server.on(A, statusReply(403, { metadata: { failed: 'disabled' } }))
  const run = engine.createRun(featureForTests({ ladder: [PRIMARY, FAST, TEMPLATE, OMIT] }))
  await run.start('Jo')
  expect(server.requests).toHaveLength(1)
  expect(records[0]?.attempts[0]).toMatchObject({ failure: 'killed', status: 403 })
  expect(run.state).toMatchObject({ outcome: 'disabled', moment: 'disabled' })
})

it('a server may say so in the middle of its stream', async () => {
  const { engine, server, clock, records } = setUp()
  const { body = [], ...head } = answerReply(['one '], { ending: 'hang' })
  const word = 'event: evenkeel\ndata: {"failed":"disabled"}\n\n'
  server.on(A, { ...head, body: [...body, { afterMs: 50, text: word }], ending: 'close' })
  engine.createRun(featureForTests({ ladder: [PRIMARY, FAST, OMIT] })).start('Jo')
  await clock.advance(200)
  expect(server.requests).toHaveLength(1)
  expect(records[0]?.attempts.map(({ failure }) => failure)).toEqual(['killed'])
  expect(records[0]?.outcome).toBe('disabled')
})

it('max-level caps the level, and the record says that an operator decided', async () => {
  const { engine, server, records } = setUp({ maxLevel: 3 })
  server.on(A, answerReply(['short']))
  const run = engine.createRun(featureForTests({ ladder: [PRIMARY, FAST, TEMPLATE, OMIT] }))
  expect(run.state).toMatchObject({ phase: 'idle', level: 3, levelBy: 'control' })
  await run.start('Jo')
  expect(records[0]).toMatchObject({
    level: 3,
    levelBy: 'control',
    outcome: 'degraded',
    fallbackCause: 'level',
  })
  expect(records[0]?.attempts[0]?.tier).toBe('fast')
})

it('an idle run learns of a new cap, and back', () => {
  const { engine, controls } = setUp()
  const run = engine.createRun(featureForTests())
  let told = 0
  run.subscribe(() => {
    told += 1
  })
  controls.set({ maxLevel: 2 })
  expect(run.state).toMatchObject({ level: 2, levelBy: 'control' })
  controls.set({ maxLevel: 5 })
  expect([run.state.level, told]).toEqual([5, 2])
})

it('a run tells of its controls at once, while it is under way too', async () => {
  const { engine, server, clock, controls } = setUp()
  server.on(A, SLOW)
  const run = engine.createRun(featureForTests())
  const seen: unknown[] = []
  run.subscribe(() => seen.push(run.controls.notice))
  run.start('Jo')
  await clock.advance(150)
  controls.set({ notice: 'Answers are slow today.' })
  expect(seen.at(-1)).toBe('Answers are slow today.')
  await clock.advance(500)
})

it('the flags in force stand in the record as they were at the start', async () => {
  const flags = [{ key: 'draft-reply.enabled', variant: 'on', reason: 'SPLIT' }]
  const { engine, server, clock, controls, records } = setUp({ flags })
  server.on(A, SLOW)
  engine.createRun(featureForTests()).start('Jo')
  await clock.advance(150)
  controls.set({ flags: [] })
  await clock.advance(500)
  expect(records[0]?.flags).toEqual(flags)
})

it('controls that throw are as good as none, and the team hears of it', async () => {
  const controls: Controls = {
    of: () => {
      throw new Error('broken')
    },
    onChange: () => () => {},
  }
  const { engine, server, records, bugs } = createTestEngine({ controls })
  server.on(A, answerReply(['fine']))
  await engine.createRun(featureForTests()).start('Jo')
  expect(records[0]).toMatchObject({ outcome: 'answered', flags: [] })
  expect(bugs[0]?.[0]).toBe('controls')
})

it('a run that has settled listens no more, nor does an engine that is disposed of', async () => {
  const { engine, server, controls } = setUp()
  server.on(A, answerReply(['fine']))
  await engine.createRun(featureForTests()).start('Jo')
  expect(controls.listeners).toBe(1)
  await engine.dispose()
  expect(controls.listeners).toBe(0)
})

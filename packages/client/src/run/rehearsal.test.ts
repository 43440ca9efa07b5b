import { afterEach, expect, it } from 'vitest'
import { answerReply, statusReply } from '../testing/replies.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { A, featureForTests, OMIT, PRIMARY } from './feature.test.kit.ts'
import { rehearse } from './rehearsal.ts'

afterEach(() => rehearse(null))

it('a rehearsal may run another ladder in another world, and the record and the signals are of that world', async () => {
  rehearse((make) => (feature, world, sink) => {
    const own = { ...world, facts: () => ({ ...world.facts(), synthetic: true }) }
    return make(
      feature,
      { ...world, forRun: (asked) => ({ feature: { ...asked, ladder: [OMIT] }, world: own }) },
      sink,
    )
  })
  const { engine, server, records, signals } = createTestEngine({ sandbox: false, telemetry: false })
  const run = engine.createRun(featureForTests())
  await run.start('Jo')
  run.signal('dismiss')
  expect(server.requests).toEqual([])
  expect(records[0]).toMatchObject({ outcome: 'omitted', synthetic: true })
  expect(signals[0]).toMatchObject({ kind: 'dismiss', synthetic: true })
})

it('the run that a rehearsal supersedes stays what it was', async () => {
  let isForced = false
  rehearse((make) => (feature, world, sink) => {
    const forced = { ...world, facts: () => ({ ...world.facts(), synthetic: true }) }
    return make(
      feature,
      { ...world, forRun: (asked) => ({ feature: asked, world: isForced ? forced : world }) },
      sink,
    )
  })
  const { engine, server, clock, records } = createTestEngine({ sandbox: false, telemetry: false })
  server.on(A, answerReply(['one ', 'two'], { everyMs: 100 }))
  const run = engine.createRun(featureForTests())
  run.start('Jo')
  await clock.advance(150)
  isForced = true
  run.start('Mo')
  await clock.advance(500)
  expect(records.map(({ outcome, synthetic }) => [outcome, synthetic])).toEqual([
    ['abandoned', false],
    ['answered', true],
  ])
})

it('without a rehearsal runs are made as ever', async () => {
  const { engine, server, records } = createTestEngine()
  server.on(A, statusReply(503))
  await engine.createRun(featureForTests({ ladder: [PRIMARY, OMIT] })).start('Jo')
  expect(records[0]?.attempts.map(({ failure }) => failure)).toEqual(['http.server', null])
})

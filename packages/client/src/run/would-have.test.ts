import { INTERACTION_DEFAULTS, INTERACTIONS } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { answerReply, statusReply } from '../testing/replies.ts'
import type { ScriptedReply } from '../testing/scripted-server.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { A, B, ELSEWHERE, featureForTests, OMIT, PRIMARY, TEMPLATE } from './feature.test.kit.ts'

type Spec = Parameters<typeof featureForTests<string>>[0]

const CACHE = { step: 'cache', maxAgeMs: 1_000 } as const

async function observe(spec: Spec, replies: Record<string, ScriptedReply>) {
  const { engine, server, clock, records } = createTestEngine()
  for (const [url, reply] of Object.entries(replies)) server.on(url, reply)
  void engine.createRun(featureForTests<string>({ mode: 'observe', ...spec })).start('x')
  await clock.advance(200_000)
  return records[0]
}

describe('a feature that observes', () => {
  it('says in its record that enforcing would have changed nothing', async () => {
    const record = await observe({}, { [A]: answerReply(['Hi'], { everyMs: 100 }) })
    expect(record).toMatchObject({ outcome: 'answered', observed: null })
  })

  it('leaves the word out where budgets are enforced', async () => {
    const record = await observe({ mode: 'enforce' }, { [A]: answerReply(['Hi']) })
    expect(record).not.toHaveProperty('observed')
  })

  it.each(INTERACTIONS.filter((each) => INTERACTION_DEFAULTS[each].whenLate === 'next-step'))(
    'says that a %s run would have taken the next step when it was not complete in time',
    async (interaction) => {
      const { completeMs } = INTERACTION_DEFAULTS[interaction].budget
      const late = answerReply(['Hi'], { everyMs: completeMs + 1 })
      const record = await observe({ interaction, budget: { stallMs: 500_000 } }, { [A]: late })
      expect(record).toMatchObject({
        outcome: 'answered',
        observed: { failure: 'timeout.complete', atMs: completeMs, step: 'template' },
      })
      const inTime = answerReply(['Hi'], { everyMs: completeMs - 1 })
      expect(
        (await observe({ interaction, budget: { stallMs: 500_000 } }, { [A]: inTime }))?.observed,
      ).toBeNull()
    },
  )

  it('says that a progressive run would have been given up, before anything was seen or after', async () => {
    const budget = { stallMs: 500_000 }
    expect((await observe({ budget }, { [A]: answerReply(['Hi'], { everyMs: 20_000 }) }))?.observed).toEqual({
      failure: 'timeout.first-token',
      atMs: 15_000,
      step: 'template',
    })
    const long = answerReply(Array(10).fill('x'), { everyMs: 2_000 })
    expect((await observe({ budget }, { [A]: long }))?.observed).toMatchObject({
      failure: 'timeout.complete',
    })
  })

  it('says that a partial answer would have stayed where there was nothing to take its place', async () => {
    const long = answerReply(Array(10).fill('x'), { everyMs: 2_000 })
    const record = await observe({ budget: { stallMs: 500_000 }, ladder: [PRIMARY, OMIT] }, { [A]: long })
    expect(record?.observed).toMatchObject({ failure: 'timeout.complete', step: null })
    const silent = answerReply(['Hi'], { everyMs: 20_000 })
    const unseen = await observe({ budget: { stallMs: 500_000 }, ladder: [PRIMARY, OMIT] }, { [A]: silent })
    expect(unseen?.observed).toMatchObject({ step: 'omit' })
  })

  it('says that a silence would have ended the attempt, and which step would have been next', async () => {
    const record = await observe(
      { ladder: [PRIMARY, ELSEWHERE, CACHE, TEMPLATE] },
      { [A]: answerReply(['a', 'b'], { everyMs: 12_000 }) },
    )
    expect(record?.observed).toEqual({ failure: 'timeout.stall', atMs: 10_000, step: 'model' })
  })

  it('gives the earliest of several, and by the budget of the intent and the path', async () => {
    const record = await observe(
      {
        interaction: 'synchronous',
        intent: () => 'slow',
        budget: {
          byIntent: { slow: { completeMs: 3_000, giveUpMs: 9_000 } },
          byPath: { deep: { completeMs: 5_000 } },
        },
      },
      { [A]: answerReply(['Hi'], { everyMs: 20_000, metadata: { path: 'deep' } }) },
    )
    expect(record?.observed).toMatchObject({ failure: 'timeout.complete', atMs: 5_000 })
  })

  it('goes by real failures before: the next step is the one below those, and after giving up asks no model', async () => {
    const ladder = [PRIMARY, ELSEWHERE, { step: 'model', url: '/c' } as const, TEMPLATE]
    const record = await observe(
      { ladder, budget: { stallMs: 500_000 } },
      { [A]: statusReply(503, { headAfterMs: 1_000 }), [B]: answerReply(['Hi'], { everyMs: 20_000 }) },
    )
    expect(record).toMatchObject({
      outcome: 'degraded',
      observed: { failure: 'timeout.first-token', atMs: 15_000, step: 'template' },
    })
    const sync = await observe(
      { ladder, interaction: 'synchronous', budget: { stallMs: 500_000 } },
      { [A]: statusReply(503, { headAfterMs: 400 }), [B]: answerReply(['Hi'], { everyMs: 2_000 }) },
    )
    expect(sync?.observed).toEqual({ failure: 'timeout.complete', atMs: 1_000, step: 'model' })
  })

  it('still falls to the next step by itself where an attempt really fails, and nothing would have been earlier', async () => {
    const record = await observe({}, { [A]: statusReply(503, { headAfterMs: 500 }) })
    expect(record).toMatchObject({ outcome: 'degraded', fallbackCause: 'failure', observed: null })
  })

  it('says so too of a silence that never ended', async () => {
    const { engine, server, clock, records } = createTestEngine()
    server.on(A, answerReply(['a'], { everyMs: 100, ending: 'hang' }))
    const run = engine.createRun(featureForTests<string>({ mode: 'observe' }))
    void run.start('x')
    await clock.advance(12_000)
    run.stop()
    expect(records[0]).toMatchObject({
      outcome: 'stopped',
      observed: { failure: 'timeout.stall', atMs: 10_100 },
      stalls: [{ atMs: 100, durationMs: 11_900 }],
    })
  })
})

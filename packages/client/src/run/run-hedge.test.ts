import { FAILURE_TABLE, FAILURES, NO_CONTROLS, type RunRecord } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createMemoryHealthStorage } from '../health/health-storage.ts'
import { answerReply, statusReply, unreachable } from '../testing/replies.ts'
import type { ScriptedReply } from '../testing/scripted-server.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import type { EngineOptions } from './engine.ts'
import { A, B, ELSEWHERE, FAST, featureForTests, OMIT, PRIMARY, TEMPLATE } from './feature.test.kit.ts'
import { ENDS_THE_RACE } from './hedging.ts'

type Spec = Parameters<typeof featureForTests<string>>[0]

const HEDGE = { ...ELSEWHERE, hedge: true }
const RACING: Spec = { idempotent: true, hedgeShare: 1, ladder: [PRIMARY, HEDGE, TEMPLATE, OMIT] }
const SILENT = answerReply(['never'], { headAfterMs: 500_000 })

function begin(replies: Record<string, ScriptedReply>, spec: Spec = {}, options: EngineOptions = {}) {
  const kit = createTestEngine(options)
  for (const [url, reply] of Object.entries(replies)) kit.server.on(url, reply)
  const run = kit.engine.createRun(featureForTests<string>({ ...RACING, ...spec }))
  const states: string[] = []
  run.subscribe(() => states.push(`${run.state.phase} ${run.state.tier}`))
  void run.start('x')
  return { ...kit, run, states, urls: () => kit.server.requests.map(({ url }) => url) }
}

const attemptsOf = (record: RunRecord | undefined) =>
  record?.attempts.map(({ tier, hedge, failure, startedMs, endedMs }) => [
    tier,
    hedge,
    failure,
    startedMs,
    endedMs,
  ])

describe('a late first token', () => {
  it('is raced after 1.5 s; the hedge that shows something first wins, and the other is hung up on', async () => {
    const { run, clock, server, records } = begin({
      [A]: SILENT,
      [B]: answerReply(['Fast ', 'answer'], { everyMs: 300, metadata: { prompt: 'p@1', model: 'small' } }),
    })
    await clock.advance(1_499)
    expect(server.requests).toHaveLength(1)
    await clock.advance(1)
    expect(server.requests.map(({ url, atMs }) => [url, atMs])).toEqual([
      [A, 0],
      [B, 1_500],
    ])
    expect(run.state).toMatchObject({ phase: 'waiting', tier: 'primary' })
    await clock.advance(300)
    expect(run.text).toBe('Fast ')
    expect(run.state).toMatchObject({ phase: 'streaming', tier: 'other', moment: 'disclosure' })
    expect(server.requests[0]?.isAborted).toBe(true)
    await clock.advance(300)
    expect(run.text).toBe('Fast answer')
    expect(records[0]).toMatchObject({
      outcome: 'degraded',
      fallbackCause: 'late',
      firstTokenMs: 1_800,
      completeMs: 2_100,
      triple: { prompt: { name: 'p', version: '1' }, requestModel: 'small' },
    })
    expect(attemptsOf(records[0])).toEqual([
      ['primary', false, 'aborted', 0, 1_800],
      ['other', true, null, 1_500, 2_100],
    ])
    expect(records[0]?.attempts[0]?.detail).toBe('a hedge was faster')
    expect(records[0]?.attempts[1]?.firstTokenMs).toBe(1_800)
    expect(clock.pendingTimers).toBe(0)
  })

  it('is not raced by anything when it comes in time', async () => {
    const { clock, server, records } = begin({ [A]: answerReply(['Hi'], { everyMs: 1_400 }) })
    await clock.advance(3_000)
    expect(server.requests).toHaveLength(1)
    expect(records[0]?.outcome).toBe('answered')
    expect(clock.pendingTimers).toBe(0)
  })

  it('that comes after the hedge began and before it shows anything wins, and both are accounted', async () => {
    const { run, clock, server, records } = begin({
      [A]: answerReply(['Late ', 'but good'], { everyMs: 1_600 }),
      [B]: SILENT,
    })
    await clock.advance(1_700)
    expect(run.text).toBe('Late ')
    expect(server.requests[1]?.isAborted).toBe(true)
    await clock.advance(2_000)
    expect(run.text).toBe('Late but good')
    expect(records[0]).toMatchObject({ outcome: 'answered', fallbackCause: null, firstTokenMs: 1_600 })
    expect(attemptsOf(records[0])).toEqual([
      ['other', true, 'aborted', 1_500, 1_600],
      ['primary', false, null, 0, 3_200],
    ])
    expect(clock.pendingTimers).toBe(0)
  })

  it('has one idempotency key with its hedge, each attempt a span of its own, and the tier is told', async () => {
    const { clock, server } = begin({ [A]: SILENT, [B]: SILENT })
    await clock.advance(1_500)
    const [first, second] = server.requests.map(({ headers }) => headers)
    expect(second?.get('idempotency-key')).toBe(first?.get('idempotency-key'))
    expect(second?.get('traceparent')).not.toBe(first?.get('traceparent'))
    expect(second?.get('evenkeel-attempt')).toContain('other')
  })

  it('takes its figure from the budget, and is counted from when its own attempt began', async () => {
    const { clock, urls } = begin(
      { [A]: statusReply(503, { headAfterMs: 400 }), [B]: SILENT, '/c': SILENT },
      {
        budget: { hedgeAfterMs: 200 },
        ladder: [PRIMARY, ELSEWHERE, { step: 'model', url: '/c', hedge: true }, OMIT],
      },
    )
    await clock.advance(199)
    expect(urls()).toEqual([A])
    await clock.advance(1)
    expect(urls()).toEqual([A, '/c'])
  })
})

describe('no hedge', () => {
  const replies = { [A]: SILENT, [B]: answerReply(['Fast']) }

  it.each<[string, Spec, EngineOptions]>([
    ['where asking twice may do harm', { idempotent: false, ladder: [PRIMARY, ELSEWHERE, OMIT] }, {}],
    ['by a step that does not say so', { ladder: [PRIMARY, ELSEWHERE, OMIT] }, {}],
    ['for a run that is not chosen', { hedgeShare: 0 }, {}],
    [
      'where an operator has turned it off',
      {},
      { controls: { of: () => ({ ...NO_CONTROLS, hedge: false }), onChange: () => () => {} } },
    ],
    ['in a feature that only observes', { mode: 'observe' }, {}],
    ['by a cache or a template', { ladder: [PRIMARY, TEMPLATE, OMIT] }, {}],
  ])('goes out %s', async (_when, spec, options) => {
    const { clock, urls } = begin(replies, spec, options)
    await clock.advance(5_000)
    expect(urls()).toEqual([A])
  })

  it('goes out of a page that nobody looks at', async () => {
    const { clock, page, urls } = begin(replies)
    page.setVisible(false)
    await clock.advance(5_000)
    expect(urls()).toEqual([A])
  })

  it('goes out after the run has ended', async () => {
    const { run, clock, urls } = begin(replies)
    await clock.advance(1_000)
    run.stop()
    await clock.advance(5_000)
    expect(urls()).toEqual([A])
    expect(clock.pendingTimers).toBe(0)
  })

  it('goes out in a synchronous run, whose next step is taken before', async () => {
    const { clock, records } = begin(replies, { interaction: 'synchronous' })
    await clock.advance(3_000)
    expect(records[0]?.attempts.map(({ hedge }) => hedge)).toEqual([false, false])
  })
})

describe('manners', () => {
  const withHealth = () => ({ health: { storage: createMemoryHealthStorage() } })

  it('a hedge spends a retry, and there is none when they are used up', async () => {
    const { engine, server, clock } = createTestEngine(withHealth())
    server.on(A, SILENT)
    server.on(B, answerReply(['Fast']))
    const hedges: number[] = []
    for (let count = 0; count < 6; count += 1) {
      const run = engine.createRun(featureForTests<string>(RACING))
      await clock.advance(0)
      const settled = run.start('x')
      await clock.advance(15_000)
      hedges.push((await settled).attempts.filter(({ hedge }) => hedge).length)
    }
    expect(hedges).toEqual([1, 1, 1, 0, 0, 0])
  })

  it('a server that asked to be left alone is not hedged to', async () => {
    const { engine, server, clock } = createTestEngine(withHealth())
    server.on(B, statusReply(429, { headers: { 'retry-after': '60' } }))
    const only = engine.createRun(featureForTests<string>({ ladder: [HEDGE, OMIT], idempotent: true }))
    void only.start('x')
    await clock.advance(100)
    server.on(A, SILENT)
    const run = engine.createRun(featureForTests<string>(RACING))
    void run.start('x')
    await clock.advance(5_000)
    expect(server.requests.map(({ url }) => url)).toEqual([B, A])
    await clock.advance(10_000)
    expect((await run.settled)?.attempts.map(({ hedge }) => hedge)).toEqual([false, false])
  })

  it('what lost a race says nothing against its server', async () => {
    const { engine, server, clock } = createTestEngine(withHealth())
    server.on(A, SILENT)
    server.on(B, answerReply(['Fast']))
    const feature = featureForTests<string>(RACING)
    for (let count = 0; count < 3; count += 1) {
      void engine.createRun(feature).start('x')
      await clock.advance(3_000)
    }
    server.on(A, answerReply(['Well again']))
    const settled = engine.createRun(feature).start('x')
    await clock.advance(1_000)
    expect(await settled).toMatchObject({ outcome: 'answered', level: 5 })
  })
})

describe('when things go wrong in a race', () => {
  it('a failure of the late one makes the hedge the step in hand, without another request', async () => {
    const { run, clock, server, records } = begin({
      [A]: statusReply(503, { headAfterMs: 2_000 }),
      [B]: answerReply(['Fast'], { everyMs: 2_000 }),
    })
    await clock.advance(2_500)
    expect(run.state).toMatchObject({ phase: 'waiting', tier: 'other', failure: 'http.server' })
    await clock.advance(2_000)
    expect(run.text).toBe('Fast')
    expect(server.requests).toHaveLength(2)
    expect(records[0]).toMatchObject({ outcome: 'degraded', fallbackCause: 'failure' })
    expect(attemptsOf(records[0])).toEqual([
      ['primary', false, 'http.server', 0, 2_000],
      ['other', true, null, 1_500, 3_500],
    ])
  })

  it('a failure of the hedge leaves the late one alone, and is not tried again', async () => {
    const { run, clock, server, records } = begin(
      { [A]: statusReply(502, { headAfterMs: 3_000, metadata: { failed: 'model' } }), [B]: unreachable() },
      { ladder: [PRIMARY, { ...HEDGE, domain: 'b' }, { ...FAST, tier: 'x' }, TEMPLATE, OMIT] },
    )
    await clock.advance(2_000)
    expect(run.state).toMatchObject({ phase: 'waiting', tier: 'primary', failure: null })
    await clock.advance(5_000)
    expect(server.requests.map(({ url }) => url)).toEqual([A, B, A])
    expect(records[0]?.attempts.map(({ tier, hedge, failure }) => [tier, hedge, failure])).toEqual([
      ['other', true, 'network'],
      ['primary', false, 'http.server'],
      ['x', false, 'http.server'],
      [null, false, null],
    ])
  })

  it('both failing leads on to the template', async () => {
    const { run, clock, records } = begin({
      [A]: statusReply(503, { headAfterMs: 3_000 }),
      [B]: statusReply(500),
    })
    await clock.advance(4_000)
    expect(run.text).toBe('template for x')
    expect(records[0]).toMatchObject({ outcome: 'degraded', settledMs: 3_000 })
  })

  it('giving up ends both, and no model is asked after', async () => {
    const { run, clock, server, records } = begin({ [A]: SILENT, [B]: SILENT })
    await clock.advance(15_000)
    expect(run.text).toBe('template for x')
    expect(server.requests.map(({ isAborted }) => isAborted)).toEqual([true, true])
    expect(records[0]?.attempts.map(({ tier, failure }) => [tier, failure])).toEqual([
      ['primary', 'timeout.first-token'],
      ['other', 'aborted'],
      [null, null],
    ])
    expect(clock.pendingTimers).toBe(0)
  })

  it('an asynchronous run that is not complete in time goes on with the hedge', async () => {
    const { run, clock, records } = begin(
      { [A]: SILENT, [B]: answerReply(['Slow but there'], { everyMs: 25_000 }) },
      { interaction: 'asynchronous', budget: { stallMs: 60_000 } },
    )
    await clock.advance(27_000)
    expect(run.text).toBe('Slow but there')
    expect(records[0]?.attempts.map(({ failure }) => failure)).toEqual(['timeout.complete', null])
  })

  it('the user who stops ends both', async () => {
    const { run, clock, server, records } = begin({ [A]: SILENT, [B]: SILENT })
    await clock.advance(2_000)
    run.stop()
    expect(server.requests.map(({ isAborted }) => isAborted)).toEqual([true, true])
    expect(records[0]?.attempts.map(({ failure }) => failure)).toEqual(['aborted', 'aborted'])
    expect(records[0]?.outcome).toBe('stopped')
    expect(clock.pendingTimers).toBe(0)
  })

  it('a refusal of the late one is an answer that no hedge contradicts', async () => {
    const { run, clock, server } = begin({
      [A]: {
        ...answerReply([], { headAfterMs: 2_000 }),
        body: [{ afterMs: 0, text: 'data: {"type":"finish","finishReason":"content-filter"}\n\n' }],
      },
      [B]: answerReply(['What was refused'], { everyMs: 5_000 }),
    })
    await clock.advance(3_000)
    expect(run.text).toBe('template for x')
    expect(server.requests[1]?.isAborted).toBe(true)
  })

  it('a hedge that breaks off after it won is replaced by the next step like any other', async () => {
    const { run, clock, records } = begin({
      [A]: SILENT,
      [B]: answerReply(['Half of '], { everyMs: 100, ending: 'break' }),
    })
    await clock.advance(2_000)
    expect(run.text).toBe('template for x')
    expect(run.state.moment).toBe('replaced')
    expect(records[0]?.attempts.map(({ failure }) => failure)).toEqual(['aborted', 'network', null])
  })

  it('blanks and reasoning before the first word win no race, and are there when it is won', async () => {
    const reasoning = { type: 'reasoning-delta', id: 'r', delta: 'thinking' }
    const event = (chunk: object) => `data: ${JSON.stringify(chunk)}\n\n`
    const { run, clock, server } = begin({
      [A]: SILENT,
      [B]: {
        headers: { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' },
        body: [
          { afterMs: 100, text: event({ type: 'reasoning-start', id: 'r' }) + event(reasoning) },
          { afterMs: 100, text: event({ type: 'text-delta', id: 't', delta: '  ' }) },
          { afterMs: 1_000, text: event({ type: 'text-delta', id: 't', delta: 'Word' }) },
        ],
        ending: 'hang',
      },
    })
    await clock.advance(1_800)
    expect(server.requests[0]?.isAborted).toBe(false)
    expect([run.text, run.content.entries.length]).toEqual(['', 0])
    await clock.advance(1_000)
    expect(run.text).toBe('  Word')
    expect(run.content.entries.map(({ type }) => type)).toEqual(['reasoning', 'text'])
    expect(server.requests[0]?.isAborted).toBe(true)
  })

  it('a structured answer is raced the same way', async () => {
    const kit = createTestEngine()
    kit.server.on(A, SILENT)
    kit.server.on(B, answerReply(['{"title":', '"Invoice"}'], { everyMs: 100 }))
    const feature = featureForTests<{ title: string }>({
      idempotent: true,
      hedgeShare: 1,
      ladder: [PRIMARY, HEDGE, OMIT],
      schema: z.object({ title: z.string() }),
    })
    const run = kit.engine.createRun(feature)
    void run.start('x')
    await kit.clock.advance(2_000)
    expect(run.state).toMatchObject({ outcome: 'degraded', output: { title: 'Invoice' } })
    expect(kit.records[0]?.attempts.map(({ failure }) => failure)).toEqual(['aborted', null])
  })

  it('what the server says to the hedge counts only once it has won', async () => {
    const said = { path: 'deep', intent: 'b', level: 3 }
    const won = begin({ [A]: SILENT, [B]: answerReply(['Hi'], { everyMs: 500, metadata: said }) })
    await won.clock.advance(1_600)
    expect(won.run.state.level).toBe(5)
    await won.clock.advance(1_000)
    expect(won.records[0]).toMatchObject({ path: 'deep', intent: 'b', level: 3, levelBy: 'server' })

    const lost = begin({
      [A]: answerReply(['Late'], { everyMs: 1_700 }),
      [B]: answerReply(['Hi'], { everyMs: 5_000, metadata: said }),
    })
    await lost.clock.advance(3_000)
    expect(lost.records[0]).toMatchObject({ path: null, intent: null, level: 5, outcome: 'answered' })
  })

  it.each(FAILURES)('%s ends the race exactly where the failure table asks no other model', (failure) => {
    const { next } = FAILURE_TABLE[failure]
    expect(ENDS_THE_RACE.has(failure)).toBe(next === 'without-model' || next === 'end')
  })
})

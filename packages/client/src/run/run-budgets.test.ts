import { NO_CONTROLS } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { answerReply, statusReply, textReply } from '../testing/replies.ts'
import type { ScriptedReply } from '../testing/scripted-server.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { A, B, ELSEWHERE, featureForTests, OMIT, PRIMARY, TEMPLATE } from './feature.test.kit.ts'

type Spec = Parameters<typeof featureForTests>[0]

function begin(spec: Spec, replies: Record<string, ScriptedReply>) {
  const kit = createTestEngine()
  for (const [url, reply] of Object.entries(replies)) kit.server.on(url, reply)
  const run = kit.engine.createRun(featureForTests(spec))
  void run.start('x')
  return { ...kit, run }
}

const SLOW_HEAD = answerReply(['Answer'], { headAfterMs: 500_000 })

describe('a progressive run', () => {
  it('tells that it is slow at 60 % of the first-token budget, while nothing is visible', async () => {
    const { run, clock } = begin({}, { [A]: SLOW_HEAD })
    expect(run.state.moment).toBe('waiting')
    await clock.advance(299)
    expect(run.state.moment).toBe('waiting')
    await clock.advance(1)
    expect(run.state.moment).toBe('slow')
  })

  it('does not tell that it is slow where the first token came before', async () => {
    const { run, clock, records } = begin({}, { [A]: answerReply(['A', 'B'], { everyMs: 250 }) })
    await clock.advance(600)
    expect(records[0]?.moments.map(({ moment }) => moment)).toEqual(['waiting', 'disclosure'])
    expect(run.state.outcome).toBe('answered')
  })

  it('counts a late first token by its time against the budget, and the answer still counts', async () => {
    const { clock, records } = begin({}, { [A]: answerReply(['Late'], { everyMs: 700 }) })
    await clock.advance(1_000)
    expect(records[0]).toMatchObject({
      outcome: 'answered',
      fallbackCause: null,
      firstTokenMs: 700,
      completeMs: 700,
      budgetFirstTokenMs: 500,
      budgetCompleteMs: 5_000,
    })
    expect(records[0]?.moments.map(({ moment }) => moment)).toEqual(['waiting', 'slow', 'disclosure'])
  })

  it('takes blanks for no first token', async () => {
    const { clock, records } = begin({}, { [A]: answerReply(['\n', ' ', 'Word'], { everyMs: 100 }) })
    await clock.advance(1_000)
    expect(records[0]?.firstTokenMs).toBe(300)
    expect(records[0]?.attempts[0]?.firstTokenMs).toBe(300)
  })

  it('keeps streaming past the budget for the whole answer', async () => {
    const texts = Array.from({ length: 8 }, () => 'x')
    const { run, clock, records } = begin({}, { [A]: answerReply(texts, { everyMs: 1_000 }) })
    await clock.advance(5_500)
    expect(run.state.phase).toBe('streaming')
    await clock.advance(5_000)
    expect(records[0]).toMatchObject({ outcome: 'answered', completeMs: 8_000 })
  })

  it('gives up where nothing is visible in 15 s, and asks no model after it', async () => {
    const ladder = [PRIMARY, ELSEWHERE, TEMPLATE, OMIT]
    const { run, clock, server, records } = begin({ ladder }, { [A]: SLOW_HEAD, [B]: answerReply(['Never']) })
    await clock.advance(14_999)
    expect(run.state.phase).toBe('waiting')
    await clock.advance(1)
    expect(records[0]).toMatchObject({ outcome: 'degraded', fallbackCause: 'late', settledMs: 15_000 })
    expect(records[0]?.attempts[0]?.failure).toBe('timeout.first-token')
    expect(server.requests).toHaveLength(1)
    expect(server.requests[0]?.isAborted).toBe(true)
    expect(clock.pendingTimers).toBe(0)
  })

  it('gives up an answer that has not ended in 15 s', async () => {
    const texts = Array.from({ length: 40 }, () => 'x')
    const { clock, records } = begin(
      { ladder: [PRIMARY, OMIT] },
      { [A]: answerReply(texts, { everyMs: 1_000 }) },
    )
    await clock.advance(16_000)
    expect(records[0]?.attempts[0]?.failure).toBe('timeout.complete')
    expect(records[0]?.outcome).toBe('incomplete')
  })

  it('gives a later model only the time that is left', async () => {
    const ladder = [PRIMARY, ELSEWHERE, OMIT]
    const { clock, records } = begin(
      { ladder },
      { [A]: statusReply(503, { headAfterMs: 14_000 }), [B]: answerReply(['Late'], { everyMs: 1_500 }) },
    )
    await clock.advance(15_000)
    expect(records[0]?.attempts.map(({ failure, endedMs }) => [failure, endedMs])).toEqual([
      ['http.server', 14_000],
      ['timeout.first-token', 15_000],
      [null, 15_000],
    ])
  })
})

describe('a stream that goes silent', () => {
  const start = { afterMs: 0, text: 'data: {"type":"text-start","id":"t"}\n\n' }
  const delta = { afterMs: 100, text: 'data: {"type":"text-delta","id":"t","delta":"Hi"}\n\n' }
  const pings = Array.from({ length: 30 }, () => ({ afterMs: 1_000, text: ': ping\n\n' }))
  const headers = { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' }

  it('has stalled after 10 s without an event, whatever pings come', async () => {
    const { clock, records } = begin({}, { [A]: { headers, body: [start, delta, ...pings], ending: 'hang' } })
    await clock.advance(12_000)
    expect(records[0]?.attempts[0]).toMatchObject({ failure: 'timeout.stall', endedMs: 10_100 })
    expect(records[0]?.stalls).toEqual([{ atMs: 100, durationMs: 10_000 }])
    expect(clock.pendingTimers).toBe(0)
  })

  it('has not stalled while events keep coming', async () => {
    const texts = ['a', 'b', 'c']
    const budget = { giveUpMs: 60_000 }
    const { clock, records } = begin({ budget }, { [A]: answerReply(texts, { everyMs: 9_000 }) })
    await clock.advance(40_000)
    expect(records[0]).toMatchObject({ outcome: 'answered', stalls: [] })
  })

  it('may be silent while a tool works, and no longer', async () => {
    const budget = { giveUpMs: 90_000, stallMs: 3_000 }
    const call = { type: 'tool-input-available', toolCallId: 'c', toolName: 'search', input: {} }
    const output = { type: 'tool-output-available', toolCallId: 'c', output: 1 }
    const piece = (afterMs: number, chunk: object) => ({
      afterMs,
      text: `data: ${JSON.stringify(chunk)}\n\n`,
    })
    const body = [piece(0, call), piece(20_000, output)]

    const working = begin({ budget }, { [A]: { headers, body: [...body, start, delta], ending: 'hang' } })
    await working.clock.advance(23_000)
    expect(working.run.text).toBe('Hi')
    await working.clock.advance(100)
    expect(working.records[0]?.attempts[0]).toMatchObject({ failure: 'timeout.stall', endedMs: 23_100 })
    expect(working.records[0]?.stalls).toEqual([{ atMs: 20_100, durationMs: 3_000 }])
  })
})

describe('a synchronous run', () => {
  const SPEC: Spec = { interaction: 'synchronous' }

  it('has no first-token budget, and is slow at 60 % of the whole', async () => {
    const { run, clock, records } = begin(SPEC, { [A]: SLOW_HEAD })
    await clock.advance(600)
    expect(run.state.moment).toBe('slow')
    await clock.advance(5_000)
    expect(records[0]?.budgetFirstTokenMs).toBeNull()
  })

  it('takes the next step when it is not complete in 1 s', async () => {
    const { run, clock, records } = begin(SPEC, { [A]: SLOW_HEAD })
    await clock.advance(1_000)
    expect(run.text).toBe('template for x')
    expect(records[0]).toMatchObject({ outcome: 'degraded', fallbackCause: 'late', settledMs: 1_000 })
    expect(records[0]?.attempts[0]?.failure).toBe('timeout.complete')
  })

  it('gives another model until 2.5 s', async () => {
    const spec: Spec = { ...SPEC, ladder: [PRIMARY, ELSEWHERE, TEMPLATE, OMIT] }
    const inTime = begin(spec, { [A]: SLOW_HEAD, [B]: textReply(['Good'], { everyMs: 1_400 }) })
    await inTime.clock.advance(2_499)
    expect(inTime.records[0]).toMatchObject({ outcome: 'degraded', fallbackCause: 'late', settledMs: 2_400 })
    expect(inTime.run.text).toBe('Good')

    const late = begin(spec, { [A]: SLOW_HEAD, [B]: SLOW_HEAD })
    await late.clock.advance(2_500)
    expect(late.records[0]?.settledMs).toBe(2_500)
    expect(late.run.text).toBe('template for x')
  })
})

describe('an asynchronous run', () => {
  it('takes the next step after 20 s', async () => {
    const { clock, records } = begin({ interaction: 'asynchronous' }, { [A]: SLOW_HEAD })
    await clock.advance(19_999)
    expect(records).toEqual([])
    await clock.advance(1)
    expect(records[0]?.attempts[0]?.failure).toBe('timeout.complete')
  })
})

describe('a budget of the feature', () => {
  it('is taken by intent', async () => {
    const budget = { byIntent: { urgent: { giveUpMs: 1_000 } } }
    const { clock, records } = begin({ budget, intent: () => 'urgent' }, { [A]: SLOW_HEAD })
    await clock.advance(1_000)
    expect(records[0]).toMatchObject({ intent: 'urgent', settledMs: 1_000 })
  })

  it('is taken anew when the server names the path', async () => {
    const budget = { byPath: { deep: { giveUpMs: 40_000, stallMs: 40_000 } } }
    const reply = answerReply(['Deep'], { everyMs: 30_000, metadata: { path: 'deep' } })
    const { clock, records } = begin({ budget }, { [A]: reply })
    await clock.advance(31_000)
    expect(records[0]).toMatchObject({ outcome: 'answered', path: 'deep', completeMs: 30_000 })
  })

  it('is taken by the level, and slow comes at 60 % of that', async () => {
    const controls = { of: () => ({ ...NO_CONTROLS, maxLevel: 3 as const }), onChange: () => () => {} }
    const { engine, server, clock, records } = createTestEngine({ controls })
    server.on(A, SLOW_HEAD)
    const budget = { byLevel: { 3: { firstTokenMs: 1_000, giveUpMs: 2_000 }, 5: { giveUpMs: 100 } } }
    const run = engine.createRun(featureForTests({ budget }))
    void run.start('x')
    await clock.advance(599)
    expect(run.state.moment).toBe('waiting')
    await clock.advance(1)
    expect(run.state.moment).toBe('slow')
    await clock.advance(1_400)
    expect(records[0]).toMatchObject({ level: 3, settledMs: 2_000, budgetFirstTokenMs: 1_000 })
  })

  it('goes by the path before the intent, and by the level before both', async () => {
    const budget = {
      firstTokenMs: 1,
      byIntent: { i: { firstTokenMs: 2, completeMs: 2 } },
      byPath: { p: { firstTokenMs: 3, giveUpMs: 3_000 } },
      byLevel: { 5: { firstTokenMs: 4 } },
    }
    const reply = answerReply(['Hi'], { metadata: { path: 'p' } })
    const { clock, records } = begin({ budget, intent: () => 'i' }, { [A]: reply })
    await clock.advance(100)
    expect(records[0]).toMatchObject({ budgetFirstTokenMs: 4, budgetCompleteMs: 2 })
  })

  it.each([[true], [false], [undefined]])(
    'tells a cold start apart only where the server does: %s',
    async (cold) => {
      const reply = answerReply(['Hi'], cold === undefined ? {} : { metadata: { cold } })
      const { clock, records } = begin({}, { [A]: reply })
      await clock.advance(100)
      expect(records[0]?.cold).toBe(cold ?? null)
    },
  )

  it('is measured and not enforced in a feature that observes', async () => {
    const { run, clock, records } = begin(
      { interaction: 'synchronous', mode: 'observe', budget: { stallMs: 1_000 } },
      { [A]: answerReply(['A', 'B'], { everyMs: 30_000 }) },
    )
    await clock.advance(60_000)
    expect(run.text).toBe('AB')
    expect(records[0]).toMatchObject({ outcome: 'answered', completeMs: 60_000, budgetCompleteMs: 1_000 })
    expect(records[0]?.moments.map(({ moment }) => moment)).toContain('slow')
    expect(records[0]?.stalls).toEqual([
      { atMs: 0, durationMs: 30_000 },
      { atMs: 30_000, durationMs: 30_000 },
    ])
  })
})

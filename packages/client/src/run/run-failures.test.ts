import type { Failure, RunRecord } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import {
  answerReply,
  chunksReply,
  htmlReply,
  statusReply,
  textReply,
  unreachable,
} from '../testing/replies.ts'
import type { ScriptedReply } from '../testing/scripted-server.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { A, B, ELSEWHERE, FAST, featureForTests, OMIT, PRIMARY, TEMPLATE } from './feature.test.kit.ts'

const TEXT_START = { type: 'text-start', id: 't' }
const HELLO = { type: 'text-delta', id: 't', delta: 'Hello' }

const FAULTS: readonly (readonly [string, ScriptedReply, Failure, number | null])[] = [
  ['the server cannot be reached', unreachable(), 'network', null],
  ['the connection breaks before any text', answerReply([], { ending: 'break' }), 'network', 200],
  [
    'the connection breaks in the middle',
    answerReply(['Hel'], { ending: 'break', everyMs: 5 }),
    'network',
    200,
  ],
  ['400', statusReply(400), 'http.client', 400],
  ['401', statusReply(401), 'http.client', 401],
  ['404', statusReply(404), 'http.client', 404],
  ['429', statusReply(429), 'http.rate-limit', 429],
  ['529', statusReply(529), 'http.rate-limit', 529],
  ['500', statusReply(500), 'http.server', 500],
  ['503', statusReply(503), 'http.server', 503],
  ['an HTML page with 200', htmlReply(), 'protocol', 200],
  ['the body ends early', chunksReply([{ type: 'start' }, TEXT_START, HELLO]), 'truncated', 200],
  [
    'an error event',
    chunksReply([{ type: 'start' }, { type: 'error', errorText: 'overloaded' }]),
    'provider',
    200,
  ],
  [
    'a content filter',
    chunksReply([TEXT_START, HELLO, { type: 'finish', finishReason: 'content-filter' }]),
    'refusal',
    200,
  ],
  ['an answer without words', answerReply([' ', '\n']), 'empty', 200],
  ['an answer without anything', answerReply([]), 'empty', 200],
  ['plain text without anything', textReply([]), 'empty', 200],
  ['nothing at all', answerReply([], { ending: 'hang' }), 'timeout.stall', 200],
  ['no head', answerReply(['late'], { headAfterMs: 99_999 }), 'timeout.first-token', null],
]

async function runThrough(
  ladder: Parameters<typeof featureForTests>[0],
  replies: Record<string, ScriptedReply>,
) {
  const kit = createTestEngine()
  for (const [url, reply] of Object.entries(replies)) kit.server.on(url, reply)
  const run = kit.engine.createRun(featureForTests(ladder))
  let record: RunRecord | null = null
  void run.start('x').then((settled) => {
    record = settled
  })
  await kit.clock.advance(60_000)
  if (record === null) throw new Error('the run did not settle')
  return { ...kit, run, record: record as RunRecord }
}

describe('a run whose model fails', () => {
  it.each(FAULTS)(
    '%s: the template answers, and the record says why',
    async (_name, reply, failure, status) => {
      const { run, record, server, clock, bugs } = await runThrough({}, { [A]: reply })
      expect(record.attempts.map(({ step, failure }) => [step, failure])).toEqual([
        ['model', failure],
        ['template', null],
      ])
      expect(record.attempts[0]?.status).toBe(status)
      expect(record.attempts[0]?.detail).toBeTruthy()
      expect(record).toMatchObject({
        outcome: 'degraded',
        fallbackCause: failure === 'timeout.first-token' ? 'late' : 'failure',
      })
      expect(run.text).toBe('template for x')
      expect(run.state).toMatchObject({ phase: 'settled', failure, step: 'template' })
      expect(server.requests).toHaveLength(1)
      expect(clock.pendingTimers).toBe(0)
      expect(bugs).toEqual([])
    },
  )

  it.each(FAULTS)('%s: nothing is shown where the ladder only omits', async (_name, reply, failure) => {
    const { run, record, clock } = await runThrough({ ladder: [PRIMARY, OMIT] }, { [A]: reply })
    const hasPartial = run.text.trim() !== ''
    expect(record.outcome).toBe(hasPartial ? 'incomplete' : 'omitted')
    expect(record.attempts[0]?.failure).toBe(failure)
    expect(record.completeMs).toBeNull()
    expect(clock.pendingTimers).toBe(0)
  })

  it('keeps what the server asked about coming back', async () => {
    const reply = statusReply(429, { headers: { 'retry-after': '7' } })
    const { record } = await runThrough({}, { [A]: reply })
    expect(record.attempts[0]?.detail).toBe('HTTP 429, retry after 7000 ms')
  })

  it('asks nobody while the browser is offline', async () => {
    const { engine, server, page, records } = createTestEngine()
    page.setOnline(false)
    const run = engine.createRun(featureForTests({ ladder: [PRIMARY, ELSEWHERE, OMIT] }))
    void run.start('x')
    expect(run.state).toMatchObject({ outcome: 'omitted', failure: 'offline', moment: 'offline' })
    expect(server.requests).toEqual([])
    expect(records[0]?.attempts.map(({ failure }) => failure)).toEqual(['offline', null])
  })
})

describe('a ladder with more than one model', () => {
  const LADDER = { ladder: [PRIMARY, FAST, ELSEWHERE, TEMPLATE, OMIT] }

  it.each([
    ['network', unreachable()],
    ['a 503', statusReply(503)],
    ['a 429', statusReply(429)],
    ['HTML', htmlReply()],
  ])('after %s the other tier of the same URL is not asked, another URL is', async (_name, reply) => {
    const { record, server, run } = await runThrough(LADDER, { [A]: reply, [B]: answerReply(['Good']) })
    expect(server.requests.map(({ url }) => url)).toEqual([A, B])
    expect(record).toMatchObject({ outcome: 'degraded', fallbackCause: 'failure' })
    expect(run.text).toBe('Good')
    expect(run.state).toMatchObject({ step: 'model', tier: 'other', moment: 'disclosure' })
  })

  it('asks the next tier where the server says that only the model failed', async () => {
    const { engine, server, clock, records } = createTestEngine()
    server.on(A, statusReply(503, { metadata: { failed: 'model' } }), answerReply(['Good']))
    const run = engine.createRun(featureForTests(LADDER))
    void run.start('x')
    await clock.advance(10)
    expect(server.requests.map(({ headers }) => headers.get('evenkeel-attempt'))).toEqual([
      expect.stringContaining('tier="primary"'),
      expect.stringContaining('tier="fast"'),
    ])
    expect(run.text).toBe('Good')
    expect(records[0]?.attempts.map(({ tier, failure }) => [tier, failure])).toEqual([
      ['primary', 'http.server'],
      ['fast', null],
    ])
  })

  it('asks the next tier after an error of the provider inside the stream', async () => {
    const { engine, server, clock } = createTestEngine()
    server.on(A, chunksReply([{ type: 'error', errorText: 'overloaded' }]), answerReply(['Good']))
    const run = engine.createRun(featureForTests(LADDER))
    void run.start('x')
    await clock.advance(10)
    expect(run.text).toBe('Good')
    expect(run.state.outcome).toBe('degraded')
  })

  it('asks no other model after a refusal', async () => {
    const refusal = chunksReply([{ type: 'finish', finishReason: 'content-filter' }])
    const { server, run } = await runThrough(LADDER, { [A]: refusal, [B]: answerReply(['Never']) })
    expect(server.requests).toHaveLength(1)
    expect(run.state.step).toBe('template')
  })

  it('gives every request of a run the same idempotency key and trace, and each a span of its own', async () => {
    const { server, record } = await runThrough(LADDER, { [A]: statusReply(500), [B]: answerReply(['Good']) })
    const parents = server.requests.map(({ headers }) => headers.get('traceparent')?.split('-'))
    expect(parents.map((parts) => parts?.[1])).toEqual([record.runId, record.runId])
    expect(parents.map((parts) => parts?.[2])).toEqual(record.attempts.map(({ spanId }) => spanId))
    expect(new Set(server.requests.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1)
  })

  it('passes the cache step by as a miss', async () => {
    const ladder = [PRIMARY, { step: 'cache', maxAgeMs: 1_000 } as const, OMIT]
    const { record } = await runThrough({ ladder }, { [A]: statusReply(500) })
    expect(record.attempts.map(({ step }) => step)).toEqual(['model', 'cache', 'omit'])
  })
})

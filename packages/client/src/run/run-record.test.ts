import { exportTraceRequest, readTraceRequest } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { answerReply, chunksReply, statusReply } from '../testing/replies.ts'
import { createTestEngine, createTestPage } from '../testing/test-engine.ts'
import { type Clock, systemClock } from './clock.ts'
import type { EngineOptions } from './engine.ts'
import { A, B, ELSEWHERE, featureForTests, OMIT, PRIMARY } from './feature.test.kit.ts'

const METADATA = {
  prompt: 'draft@3#ab',
  model: 'm',
  intent: 'refund',
  path: 'deep',
  context: 'c',
  cold: true,
}

async function recordOf(
  reply: Parameters<ReturnType<typeof createTestEngine>['server']['on']>[1],
  options: EngineOptions = {},
) {
  const kit = createTestEngine(options)
  kit.server.on(A, reply)
  kit.server.on(B, answerReply(['Good'], { metadata: { prompt: 'other@1' } }))
  const run = kit.engine.createRun(featureForTests({ ladder: [PRIMARY, ELSEWHERE, OMIT] }))
  const settled = run.start('x')
  await kit.clock.advance(1_000)
  return { ...kit, run, record: await settled }
}

describe('the record of a run', () => {
  it('says everything that a triage needs, and no content', async () => {
    const { record, clock } = await recordOf(
      answerReply(['Hello ', 'there'], {
        everyMs: 20,
        headAfterMs: 5,
        metadata: METADATA,
        headers: { 'server-timing': 'retrieval;dur=12.5, assembly;dur=3' },
      }),
    )
    expect(record).toEqual({
      runId: expect.stringMatching(/^[0-9a-f]{32}$/),
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
      feature: expect.stringMatching(/^feature-/),
      interaction: 'progressive',
      intent: 'refund',
      path: 'deep',
      outcome: 'answered',
      fallbackCause: null,
      level: 5,
      levelBy: 'local',
      attempts: [
        {
          spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
          step: 'model',
          tier: 'primary',
          domain: A,
          hedge: false,
          startedMs: 0,
          endedMs: 45,
          firstTokenMs: 25,
          failure: null,
          detail: null,
          status: 200,
          protocol: 'ai-sdk',
          verified: true,
          unknownEvents: 0,
          resumes: 0,
          finishReason: 'stop',
          requestModel: 'm',
          responseModel: null,
          usage: { inputTokens: null, outputTokens: null },
          stages: { retrieval: 12.5, assembly: 3 },
        },
      ],
      startedAtEpochMs: clock.epochMs() - 1_000,
      firstTokenMs: 25,
      completeMs: 45,
      settledMs: 45,
      budgetFirstTokenMs: 500,
      budgetCompleteMs: 5_000,
      stalls: [],
      moments: [
        { moment: 'waiting', atMs: 0, deck: null },
        { moment: 'disclosure', atMs: 25, deck: null },
      ],
      triple: {
        prompt: { name: 'draft', version: '3', hash: 'ab' },
        requestModel: 'm',
        responseModel: null,
        context: 'c',
      },
      usage: { inputTokens: null, outputTokens: null },
      cold: true,
      flags: [],
      timeline: 'p.6,k.5',
      answerLength: 11,
      conversationId: null,
      turn: null,
      environment: 'test',
      service: 'app.example',
      build: null,
      synthetic: true,
      weight: 1,
      sessionId: expect.stringMatching(/^[0-9a-f]{32}$/),
      tenant: null,
      user: null,
      cohort: null,
      route: null,
      connection: null,
    })
    expect(JSON.stringify(record)).not.toContain('Hello')
  })

  it('takes metadata and unknown events from the stream too', async () => {
    const { record } = await recordOf(
      chunksReply([
        { type: 'start', messageMetadata: { evenkeel: { prompt: 'draft@4', cold: false } } },
        { type: 'text-start', id: 't' },
        { type: 'from-the-future', x: 1 },
        { type: 'text-delta', id: 't', delta: 'Hi' },
        { type: 'finish', finishReason: 'length' },
      ]),
    )
    expect(record).toMatchObject({ outcome: 'answered', cold: false })
    expect(record.triple.prompt).toMatchObject({ name: 'draft', version: '4' })
    expect(record.attempts[0]).toMatchObject({ unknownEvents: 1, finishReason: 'length' })
  })

  it('has the triple of the attempt that was asked last, not a mixture', async () => {
    const { record } = await recordOf(statusReply(503, { metadata: METADATA }))
    expect(record.triple).toEqual({
      prompt: { name: 'other', version: '1', hash: null },
      requestModel: null,
      responseModel: null,
      context: null,
    })
    expect(record.attempts.map(({ requestModel }) => requestModel)).toEqual(['m', null])
  })

  it('takes a lower level from the server, and says that the server decided', async () => {
    const { record, run } = await recordOf(answerReply(['Hi'], { metadata: { level: 3 } }))
    expect(record).toMatchObject({ level: 3, levelBy: 'server', outcome: 'degraded', fallbackCause: 'level' })
    expect(run.state).toMatchObject({ level: 3, levelBy: 'server', moment: 'limited' })
  })

  it('does not let the server raise the level', async () => {
    const { record } = await recordOf(answerReply(['Hi'], { metadata: { level: 5 } }))
    expect(record).toMatchObject({ level: 5, levelBy: 'local', outcome: 'answered' })
  })

  it('says where and for whom it was, as the engine was told', async () => {
    let route = '/tickets/:id'
    const options: EngineOptions = {
      sandbox: false,
      telemetry: false,
      environment: 'staging',
      service: 'desk',
      build: 'b1',
      sessionId: null,
      tenant: 't',
      user: 'u',
      cohort: 'c',
      route: () => route,
      connection: '3g',
    }
    const kit = createTestEngine(options)
    kit.server.on(A, answerReply(['Hi']))
    const run = kit.engine.createRun(featureForTests())
    void run.start('x')
    await kit.clock.advance(1)
    route = '/inbox'
    void run.start('y')
    await kit.clock.advance(1)
    expect(kit.records[0]).toMatchObject({
      environment: 'staging',
      service: 'desk',
      build: 'b1',
      synthetic: false,
      sessionId: null,
      tenant: 't',
      user: 'u',
      cohort: 'c',
      route: '/tickets/:id',
      connection: '3g',
    })
    expect(kit.records[1]?.route).toBe('/inbox')
  })

  it('is of the page on which it was asked for, also where that was left before its end', async () => {
    let route = '/tickets/:id'
    const kit = createTestEngine({ route: () => route })
    kit.server.on(A, answerReply(['Hi ', 'Ada'], { everyMs: 1_000 }))
    const run = kit.engine.createRun(featureForTests())
    void run.start('x')
    await kit.clock.advance(500)
    route = '/inbox'
    run.leave()
    await kit.clock.advance(10)
    expect(kit.records[0]).toMatchObject({ outcome: 'abandoned', route: '/tickets/:id' })
  })

  it('keeps one session for all runs of an engine', async () => {
    const { run, records, clock } = await recordOf(answerReply(['Hi']))
    void run.start('y')
    await clock.advance(100)
    expect(records[1]?.sessionId).toBe(records[0]?.sessionId)
  })

  it('names no service where there is no page', async () => {
    const { record } = await recordOf(answerReply(['Hi']), { page: createTestPage(null) })
    expect(record.service).toBe('unknown_service')
  })

  it('comes out of OTLP exactly as it went in, whatever the clock read', async () => {
    let readings = 0
    const clock: Clock = {
      ...systemClock,
      nowMs: () => {
        readings += 1
        return 1_000 * Math.PI + readings * Math.E
      },
      epochMs: () => Date.UTC(2026, 0, 1) + 0.7,
    }
    const { record } = await recordOf(statusReply(500), { clock })
    expect(record.settledMs).toBeGreaterThan(10)
    expect(readTraceRequest(JSON.parse(JSON.stringify(exportTraceRequest([record]))))).toMatchObject({
      runs: [record],
    })
  })
})

import { describe, expect, it } from 'vitest'
import type { RunRecord } from '../run-record.ts'
import type { Signal } from '../signal.ts'
import { exportTraceRequest } from './run-to-otlp.ts'
import { exportLogsRequest } from './signal-to-otlp.ts'
import type { KeyValue } from './types.ts'

const RUN = '0af7651916cd43dd8448eb211c80319c'
const triple = {
  prompt: { name: 'draft-reply', version: '3', hash: 'a1b2' },
  requestModel: 'gpt-5.2',
  responseModel: 'gpt-5.2-2026-01-15',
  context: null,
}

/** A run whose primary tier failed and whose fast tier, hedged, answered. */
const record: RunRecord = {
  runId: RUN,
  spanId: 'aaaaaaaaaaaaaaaa',
  feature: 'draft-reply',
  interaction: 'progressive',
  intent: 'refund',
  path: null,
  outcome: 'degraded',
  fallbackCause: 'failure',
  level: 5,
  levelBy: 'local',
  attempts: [
    {
      spanId: 'bbbbbbbbbbbbbbbb',
      step: 'model',
      tier: 'primary',
      domain: '/api/ai/draft-reply',
      hedge: false,
      startedMs: 1.5,
      endedMs: 300.25,
      firstTokenMs: null,
      failure: 'http.server',
      detail: 'HTTP 503',
      status: 503,
      protocol: null,
      verified: false,
      unknownEvents: 0,
      resumes: 0,
      finishReason: null,
      requestModel: null,
      responseModel: null,
      usage: { inputTokens: null, outputTokens: null },
      stages: {},
    },
    {
      spanId: 'cccccccccccccccc',
      step: 'model',
      tier: 'fast',
      domain: '/api/ai/draft-reply',
      hedge: true,
      startedMs: 301,
      endedMs: 1500.75,
      firstTokenMs: 700,
      failure: null,
      detail: null,
      status: 200,
      protocol: 'ai-sdk',
      verified: true,
      unknownEvents: 2,
      resumes: 1,
      finishReason: 'stop',
      requestModel: 'gpt-5.2',
      responseModel: 'gpt-5.2-2026-01-15',
      usage: { inputTokens: 900, outputTokens: 120 },
      stages: { retrieval: 12.5 },
    },
    {
      spanId: 'dddddddddddddddd',
      step: 'template',
      tier: null,
      domain: null,
      hedge: false,
      startedMs: 1500.75,
      endedMs: 1500.75,
      firstTokenMs: null,
      failure: 'aborted',
      detail: null,
      status: null,
      protocol: null,
      verified: true,
      unknownEvents: 0,
      resumes: 0,
      finishReason: null,
      requestModel: null,
      responseModel: null,
      usage: { inputTokens: null, outputTokens: null },
      stages: {},
    },
  ],
  startedAtEpochMs: 1_768_464_000_000,
  firstTokenMs: 700,
  completeMs: 1500.75,
  settledMs: 1501,
  budgetFirstTokenMs: 500,
  budgetCompleteMs: 5000,
  stalls: [{ atMs: 800, durationMs: 10_000 }],
  moments: [{ moment: 'slow', atMs: 300, deck: 'draft-reply.copy/en.json' }],
  triple,
  usage: { inputTokens: 900, outputTokens: 120 },
  cold: null,
  flags: [{ key: 'draft-reply.enabled', variant: 'on', reason: 'STATIC' }],
  timeline: 'jg.5',
  answerLength: 5,
  conversationId: null,
  turn: null,
  environment: 'production',
  service: 'support-desk',
  build: '1.2.3',
  synthetic: false,
  weight: 1,
  sessionId: null,
  tenant: null,
  user: null,
  cohort: null,
  route: '/tickets/:id',
  connection: '4g',
}

function plain(list: readonly KeyValue[]): Record<string, unknown> {
  return Object.fromEntries(
    list.map(({ key, value }) => [
      key,
      'arrayValue' in value
        ? value.arrayValue.values.map((item) => Object.values(item)[0])
        : Object.values(value)[0],
    ]),
  )
}

describe('a run as OpenTelemetry sees it', () => {
  const [group] = exportTraceRequest([record]).resourceSpans
  const [root, failed, answered, template] = group?.scopeSpans[0]?.spans ?? []

  it('is of one service, build and environment', () => {
    expect(plain(group?.resource.attributes ?? [])).toEqual({
      'deployment.environment.name': 'production',
      'service.name': 'support-desk',
      'service.version': '1.2.3',
    })
  })

  it('is a root span named by its feature, from the trigger to settled', () => {
    expect(root).toMatchObject({
      traceId: RUN,
      spanId: 'aaaaaaaaaaaaaaaa',
      name: 'evenkeel.run draft-reply',
      startTimeUnixNano: '1768464000000000000',
      endTimeUnixNano: '1768464001501000000',
    })
    expect(root).not.toHaveProperty('parentSpanId')
    expect(plain(root?.attributes ?? [])).toEqual({
      'evenkeel.feature': 'draft-reply',
      'evenkeel.interaction': 'progressive',
      'evenkeel.intent': 'refund',
      'evenkeel.outcome': 'degraded',
      'evenkeel.fallback.cause': 'failure',
      'evenkeel.synthetic': false,
      'evenkeel.sample.weight': 1,
      'evenkeel.level': '5',
      'evenkeel.level.by': 'local',
      'evenkeel.first_token_ms': 700,
      'evenkeel.complete_ms': 1500.75,
      'evenkeel.budget.first_token_ms': 500,
      'evenkeel.budget.complete_ms': 5000,
      'evenkeel.timeline': 'jg.5',
      'evenkeel.answer.length': '5',
      'evenkeel.attempts': '3',
      'evenkeel.usage.input_tokens': '900',
      'evenkeel.usage.output_tokens': '120',
      'url.template': '/tickets/:id',
      'network.connection.subtype': '4g',
      'gen_ai.prompt.name': 'draft-reply',
      'gen_ai.prompt.version': '3',
      'evenkeel.prompt.hash': 'a1b2',
      'gen_ai.request.model': 'gpt-5.2',
      'gen_ai.response.model': 'gpt-5.2-2026-01-15',
    })
  })

  it('says where the budgets were only observed, and what enforcing them would have done', () => {
    const attributesOf = (change: Partial<RunRecord>) =>
      plain(
        exportTraceRequest([{ ...record, ...change }]).resourceSpans[0]?.scopeSpans[0]?.spans[0]
          ?.attributes ?? [],
      )
    const observed = { failure: 'timeout.complete', atMs: 1_000, step: 'template' } as const
    expect(attributesOf({ observed })).toMatchObject({
      'evenkeel.observed': true,
      'evenkeel.observed.failure': 'timeout.complete',
      'evenkeel.observed.at_ms': 1_000,
      'evenkeel.observed.step': 'template',
    })
    const nothing = attributesOf({ observed: null })
    expect(nothing['evenkeel.observed']).toBe(true)
    expect(nothing).not.toHaveProperty('evenkeel.observed.failure')
  })

  it('says how old an answer was that was kept from before', () => {
    const [root] =
      exportTraceRequest([{ ...record, answerAgeMs: 60_000 }]).resourceSpans[0]?.scopeSpans[0]?.spans ?? []
    expect(plain(root?.attributes ?? [])['evenkeel.answer.age_ms']).toBe(60_000)
  })

  it('tells flags, level, hedge, first token, stall and moments as events', () => {
    expect(
      root?.events.map(({ name, timeUnixNano, attributes }) => [name, timeUnixNano, plain(attributes)]),
    ).toEqual([
      [
        'feature_flag.evaluation',
        '1768464000000000000',
        {
          'feature_flag.key': 'draft-reply.enabled',
          'feature_flag.result.variant': 'on',
          'feature_flag.result.reason': 'STATIC',
        },
      ],
      ['evenkeel.level', '1768464000000000000', { 'evenkeel.level': '5', 'evenkeel.level.by': 'local' }],
      ['evenkeel.hedge', '1768464000301000000', { 'evenkeel.tier': 'fast' }],
      ['evenkeel.first_token', '1768464000700000000', {}],
      ['evenkeel.stall', '1768464000800000000', { 'evenkeel.stall.duration_ms': 10_000 }],
      [
        'evenkeel.moment',
        '1768464000300000000',
        { 'evenkeel.moment.name': 'slow', 'evenkeel.deck': 'draft-reply.copy/en.json' },
      ],
    ])
  })

  it('has a failed attempt as a client span in error', () => {
    expect(failed).toMatchObject({
      parentSpanId: 'aaaaaaaaaaaaaaaa',
      name: 'evenkeel.attempt model',
      kind: 3,
      startTimeUnixNano: '1768464000001500000',
      endTimeUnixNano: '1768464000300250000',
      status: { code: 2, message: 'HTTP 503' },
    })
    expect(plain(failed?.attributes ?? [])).toMatchObject({
      'evenkeel.attempt.index': '0',
      'evenkeel.step': 'model',
      'evenkeel.tier': 'primary',
      'evenkeel.domain': '/api/ai/draft-reply',
      'error.type': 'http.server',
      'http.response.status_code': '503',
    })
  })

  it('has the answering attempt with its first token in seconds from its own start, model, usage and stages', () => {
    expect(answered?.status).toEqual({})
    expect(plain(answered?.attributes ?? [])).toMatchObject({
      'evenkeel.hedge': true,
      'gen_ai.response.time_to_first_chunk': 0.399,
      'evenkeel.attempt.first_token_ms': 700,
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.response.model': 'gpt-5.2-2026-01-15',
      'gen_ai.usage.input_tokens': '900',
      'gen_ai.usage.output_tokens': '120',
      'evenkeel.stage.retrieval_ms': 12.5,
    })
    expect(plain(answered?.attributes ?? [])).not.toHaveProperty('error.type')
  })

  it('has a step that asks no server as no client call', () => {
    expect(template).toMatchObject({
      name: 'evenkeel.attempt template',
      kind: 1,
      status: { code: 2, message: 'aborted' },
    })
  })

  it('counts tokens once over all spans', () => {
    const spans = group?.scopeSpans[0]?.spans ?? []
    const counted = spans.filter((span) => 'gen_ai.usage.input_tokens' in plain(span.attributes))
    expect(counted).toHaveLength(1)
  })
})

describe('a signal as OpenTelemetry sees it', () => {
  const signal: Signal = {
    signalId: 'e'.repeat(32),
    runId: RUN,
    kind: 'thumbs',
    atEpochMs: 1_768_464_009_000,
    value: -1,
    reasons: ['hallucination'],
    comment: null,
    ordinal: null,
    afterMs: null,
    replacedBy: null,
    feature: 'draft-reply',
    triple,
    level: 5,
    environment: 'production',
    synthetic: false,
    weight: 1,
  }
  const recordOf = (change: Partial<Signal> = {}) =>
    exportLogsRequest([{ ...signal, ...change }]).resourceLogs[0]?.scopeLogs[0]?.logRecords[0]

  it('is an evaluation result on the trace of its run, and repeats what it is about', () => {
    expect(recordOf()).toMatchObject({
      eventName: 'gen_ai.evaluation.result',
      traceId: RUN,
      timeUnixNano: '1768464009000000000',
    })
    expect(plain(recordOf()?.attributes ?? [])).toEqual({
      'gen_ai.evaluation.name': 'user_feedback',
      'gen_ai.evaluation.score.value': -1,
      'gen_ai.evaluation.score.label': 'down',
      'evenkeel.signal.id': 'e'.repeat(32),
      'evenkeel.signal.kind': 'thumbs',
      'evenkeel.signal.reasons': ['hallucination'],
      'evenkeel.feature': 'draft-reply',
      'evenkeel.level': '5',
      'evenkeel.synthetic': false,
      'evenkeel.sample.weight': 1,
      'gen_ai.prompt.name': 'draft-reply',
      'gen_ai.prompt.version': '3',
      'evenkeel.prompt.hash': 'a1b2',
      'gen_ai.request.model': 'gpt-5.2',
      'gen_ai.response.model': 'gpt-5.2-2026-01-15',
    })
  })

  it.each([
    ['thumbs', 1, 'user_feedback', 'up'],
    ['thumbs', 0, 'user_feedback', 'withdrawn'],
    ['thumbs', null, 'user_feedback', undefined],
    ['edit', 0.4, 'user_edit', undefined],
    ['regenerate', null, 'user_regenerate', undefined],
  ] as const)('%s of %s is named %s and labelled %s', (kind, value, name, label) => {
    const said = plain(recordOf({ kind, value })?.attributes ?? [])
    expect(said['gen_ai.evaluation.name']).toBe(name)
    expect(said['gen_ai.evaluation.score.label']).toBe(label)
  })

  it('names service and build on its resource where the sender knows them', () => {
    const { resource } = exportLogsRequest([signal], { service: 's', build: 'b' }).resourceLogs[0] ?? {}
    expect(plain(resource?.attributes ?? [])).toEqual({
      'deployment.environment.name': 'production',
      'service.name': 's',
      'service.version': 'b',
    })
  })
})

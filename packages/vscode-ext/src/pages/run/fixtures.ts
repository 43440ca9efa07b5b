import {
  type Arrival,
  type AttemptRecord,
  encodeTimeline,
  type RunRecord,
  type Signal,
  type Triple,
} from '@evenkeel/shared'
import type { RunAnswer } from '../../engine/contract.ts'

/** Runs to draw and to test with; each shows one thing that happens in production. */
export interface RunFixtures {
  /** A good answer within both budgets, with a thumbs-up. */
  readonly answered: RunAnswer
  /** The primary model failed with a 503, the template answered; a thumbs-down with reasons and a regenerate. */
  readonly degraded: RunAnswer
  /** The browser was offline and the ladder had nothing left. */
  readonly omitted: RunAnswer
  /** A stream that began late, went silent and ended late. */
  readonly late: RunAnswer
  /** A second model raced a slow first one and won. */
  readonly hedged: RunAnswer
}

/** All fixtures, as if seen at `nowEpochMs`. The same moment gives the same records. */
export function createRunFixtures(nowEpochMs: number): RunFixtures {
  return {
    answered: answered(nowEpochMs - 3 * 60_000),
    degraded: degraded(nowEpochMs - 14 * 60_000),
    omitted: omitted(nowEpochMs - 2 * 3_600_000),
    late: late(nowEpochMs - 26 * 3_600_000),
    hedged: hedged(nowEpochMs - 40_000),
  }
}

const PRIMARY = 'example-large-2026-08-01'
const FAST = 'example-small-2026-08-01'

const TRIPLE: Triple = {
  prompt: { name: 'draft-reply', version: '12', hash: '9f2c41d07ab8' },
  requestModel: PRIMARY,
  responseModel: PRIMARY,
  context: 'kb-2026-11-18/7f3a',
}

function answered(startedAtEpochMs: number): RunAnswer {
  const arrivals = streamed({ fromMs: 412.6, toMs: 2_871.2, pieces: 84, characters: 1_204 })
  const run = createRun({
    runId: '4bf92f3577b34da6a3ce929d0e0e4736',
    startedAtEpochMs,
    attempts: [
      createAttempt({
        startedMs: 1.214,
        endedMs: 2_874.518,
        firstTokenMs: 412.633,
        stages: { auth: 14.2, retrieval: 122.481, model: 201.7 },
      }),
    ],
    firstTokenMs: 412.633,
    completeMs: 2_874.518,
    settledMs: 2_876.04,
    moments: [
      { moment: 'waiting', atMs: 2.1, deck: 'draft-reply/en' },
      { moment: 'slow', atMs: 300.4, deck: 'draft-reply/en' },
      { moment: 'disclosure', atMs: 413.1, deck: 'draft-reply/en' },
      { moment: 'feedback.ask', atMs: 2_876.04, deck: 'draft-reply/en' },
    ],
    timeline: encodeTimeline(arrivals),
    answerLength: 1_204,
    flags: [{ key: 'draft-reply.enabled', variant: 'on', reason: 'TARGETING_MATCH' }],
  })
  return {
    run,
    signals: [createSignal(run, { kind: 'thumbs', value: 1, atEpochMs: startedAtEpochMs + 9_000 })],
  }
}

function degraded(startedAtEpochMs: number): RunAnswer {
  const run = createRun({
    runId: 'a3ce929d0e0e47364bf92f3577b34da6',
    startedAtEpochMs,
    outcome: 'degraded',
    fallbackCause: 'failure',
    attempts: [
      createAttempt({
        startedMs: 1.1,
        endedMs: 812.402,
        firstTokenMs: null,
        failure: 'http.server',
        detail: '503 from /api/ai/draft-reply: upstream model unavailable',
        status: 503,
        protocol: null,
        finishReason: null,
        responseModel: null,
        usage: { inputTokens: null, outputTokens: null },
        stages: { auth: 12.9, retrieval: 140.1 },
      }),
      createTemplateAttempt(812.9, 814.377),
    ],
    firstTokenMs: 814.02,
    completeMs: 814.377,
    settledMs: 816.92,
    moments: [
      { moment: 'waiting', atMs: 2, deck: 'draft-reply/en' },
      { moment: 'slow', atMs: 300.2, deck: 'draft-reply/en' },
      { moment: 'template', atMs: 814.4, deck: 'draft-reply/en' },
      { moment: 'retry', atMs: 816.92, deck: 'draft-reply/en' },
    ],
    timeline: encodeTimeline([{ atMs: 814, characters: 47 }]),
    answerLength: 47,
    triple: { ...TRIPLE, responseModel: null },
    usage: { inputTokens: null, outputTokens: null },
    cold: null,
    flags: [
      { key: 'draft-reply.enabled', variant: 'on', reason: 'TARGETING_MATCH' },
      { key: 'draft-reply.max-level', variant: null, reason: 'DEFAULT' },
    ],
  })
  return {
    run,
    signals: [
      createSignal(run, {
        kind: 'thumbs',
        value: -1,
        atEpochMs: startedAtEpochMs + 6_000,
        reasons: ['retrieval-miss', 'other'],
        comment: 'This is the standard text. The customer asked about a double charge.',
      }),
      createSignal(run, {
        kind: 'regenerate',
        ordinal: 1,
        atEpochMs: startedAtEpochMs + 8_000,
        replacedBy: '4bf92f3577b34da6a3ce929d0e0e4736',
      }),
    ],
  }
}

function omitted(startedAtEpochMs: number): RunAnswer {
  const run = createRun({
    runId: '929d0e0e47364bf92f3577b34da6a3ce',
    startedAtEpochMs,
    feature: 'summarise-thread',
    outcome: 'omitted',
    fallbackCause: 'failure',
    level: 3,
    levelBy: 'browser',
    attempts: [
      createAttempt({
        startedMs: 0.4,
        tier: 'fast',
        domain: '/api/ai/summarise-thread',
        endedMs: 1.9,
        firstTokenMs: null,
        failure: 'offline',
        detail: null,
        status: null,
        protocol: null,
        finishReason: null,
        requestModel: null,
        responseModel: null,
        usage: { inputTokens: null, outputTokens: null },
        stages: {},
      }),
      { ...createTemplateAttempt(2.2, 2.3), step: 'omit' },
    ],
    firstTokenMs: null,
    completeMs: null,
    settledMs: 2.6,
    moments: [{ moment: 'offline', atMs: 2.5, deck: null }],
    triple: { prompt: null, requestModel: null, responseModel: null, context: null },
    usage: { inputTokens: null, outputTokens: null },
    cold: null,
    connection: null,
    build: null,
    intent: null,
    path: null,
  })
  return { run, signals: [] }
}

function late(startedAtEpochMs: number): RunAnswer {
  const arrivals = [
    ...streamed({ fromMs: 1_630, toMs: 3_400, pieces: 60, characters: 620 }),
    ...streamed({ fromMs: 14_890, toMs: 17_560, pieces: 90, characters: 910 }),
  ]
  const run = createRun({
    runId: '0e0e47364bf92f3577b34da6a3ce929d',
    startedAtEpochMs,
    outcome: 'degraded',
    fallbackCause: 'late',
    level: 4,
    levelBy: 'control',
    attempts: [
      createAttempt({
        startedMs: 1.6,
        endedMs: 17_602.118,
        firstTokenMs: 1_630.204,
        stages: { auth: 18.4, retrieval: 904.66 },
        usage: { inputTokens: 2_310, outputTokens: 388 },
      }),
    ],
    firstTokenMs: 1_630.204,
    completeMs: 17_602.118,
    settledMs: 17_604.9,
    stalls: [{ atMs: 3_400.2, durationMs: 11_489.8 }],
    moments: [
      { moment: 'limited', atMs: 1.6, deck: 'draft-reply/de' },
      { moment: 'slow', atMs: 300, deck: 'draft-reply/de' },
      { moment: 'disclosure', atMs: 1_631, deck: 'draft-reply/de' },
      { moment: 'feedback.ask', atMs: 17_604.9, deck: 'draft-reply/de' },
    ],
    timeline: encodeTimeline(arrivals),
    answerLength: 1_530,
    usage: { inputTokens: 2_310, outputTokens: 388 },
    cold: true,
    connection: '3g',
    flags: [
      { key: 'draft-reply.enabled', variant: 'on', reason: 'SPLIT' },
      { key: 'draft-reply.max-level', variant: 'four', reason: 'TARGETING_MATCH' },
    ],
    weight: 10,
  })
  return {
    run,
    signals: [
      createSignal(run, { kind: 'edit', value: 0.34, atEpochMs: startedAtEpochMs + 61_000 }),
      createSignal(run, { kind: 'accept', atEpochMs: startedAtEpochMs + 64_000 }),
    ],
  }
}

function hedged(startedAtEpochMs: number): RunAnswer {
  const arrivals = streamed({ fromMs: 1_921, toMs: 3_390, pieces: 48, characters: 731 })
  const run = createRun({
    runId: '7736a3ce929d0e0e47364bf92f3577b3',
    startedAtEpochMs,
    outcome: 'degraded',
    fallbackCause: 'late',
    attempts: [
      createAttempt({
        startedMs: 1.3,
        endedMs: 1_921.9,
        firstTokenMs: null,
        failure: 'aborted',
        detail: 'the hedge answered first',
        finishReason: null,
        responseModel: null,
        usage: { inputTokens: 1_840, outputTokens: null },
        stages: { auth: 13.8, retrieval: 131.2 },
      }),
      createAttempt({
        startedMs: 1_500.8,
        endedMs: 3_391.2,
        firstTokenMs: 1_921.4,
        tier: 'fast',
        hedge: true,
        requestModel: FAST,
        responseModel: FAST,
        usage: { inputTokens: 1_840, outputTokens: 183 },
        stages: { auth: 11.1, retrieval: 118.6, model: 240.2 },
      }),
    ],
    firstTokenMs: 1_921.4,
    completeMs: 3_391.2,
    settledMs: 3_393.6,
    moments: [
      { moment: 'waiting', atMs: 2, deck: 'draft-reply/en' },
      { moment: 'slow', atMs: 300, deck: 'draft-reply/en' },
      { moment: 'disclosure', atMs: 1_922, deck: 'draft-reply/en' },
    ],
    timeline: encodeTimeline(arrivals),
    answerLength: 731,
    triple: { ...TRIPLE, requestModel: FAST, responseModel: FAST },
    usage: { inputTokens: 3_680, outputTokens: null },
    synthetic: true,
  })
  return { run, signals: [] }
}

/** A run that fell again and again before the template answered: what the page must bear. */
export function createLongRun(nowEpochMs: number, attempts = 50): RunAnswer {
  const failures = ['http.rate-limit', 'network', 'provider', 'timeout.stall'] as const
  const lost = Array.from({ length: attempts - 1 }, (_, index) =>
    createAttempt({
      spanId: (index + 1).toString(16).padStart(16, '0'),
      startedMs: index * 610 + 1.2,
      endedMs: index * 610 + 590.4,
      firstTokenMs: null,
      failure: failures[index % failures.length] ?? 'network',
      detail: 'overloaded, try again later',
      status: 429,
      tier: index % 2 === 0 ? 'primary' : 'a-tier-with-quite-a-long-name',
      stages: index % 3 === 0 ? { auth: 12, retrieval: 140 } : {},
    }),
  )
  const endedMs = (attempts - 1) * 610 + 3
  const run = createRun({
    runId: 'f'.repeat(32),
    startedAtEpochMs: nowEpochMs - 60_000,
    outcome: 'degraded',
    fallbackCause: 'failure',
    attempts: [...lost, createTemplateAttempt((attempts - 1) * 610 + 1, endedMs)],
    firstTokenMs: endedMs,
    completeMs: endedMs,
    settledMs: endedMs + 1,
    answerLength: 47,
  })
  return { run, signals: [] }
}

/** A feature that was capped at level 1: one omit step of less than a millisecond. */
export function createTinyRun(nowEpochMs: number): RunAnswer {
  const run = createRun({
    runId: '1'.repeat(32),
    startedAtEpochMs: nowEpochMs,
    outcome: 'omitted',
    fallbackCause: 'level',
    level: 1,
    levelBy: 'control',
    attempts: [{ ...createTemplateAttempt(0.2, 1), step: 'omit' }],
    firstTokenMs: null,
    completeMs: null,
    settledMs: 1,
    flags: [{ key: 'draft-reply.max-level', variant: 'one', reason: 'STATIC' }],
  })
  return { run, signals: [] }
}

/** A record with every field in place; what a case is about is given. */
export function createRun(fields: Partial<RunRecord> & Pick<RunRecord, 'attempts'>): RunRecord {
  return {
    runId: '4bf92f3577b34da6a3ce929d0e0e4736',
    spanId: '00f067aa0ba902b7',
    feature: 'draft-reply',
    interaction: 'progressive',
    intent: 'billing',
    path: 'retrieval',
    outcome: 'answered',
    fallbackCause: null,
    level: 5,
    levelBy: 'local',
    startedAtEpochMs: 0,
    firstTokenMs: null,
    completeMs: null,
    settledMs: 0,
    budgetFirstTokenMs: 500,
    budgetCompleteMs: 5_000,
    stalls: [],
    moments: [],
    triple: TRIPLE,
    usage: { inputTokens: 1_840, outputTokens: 302 },
    cold: false,
    flags: [],
    timeline: '',
    answerLength: 0,
    conversationId: null,
    turn: null,
    environment: 'production',
    service: 'support-desk',
    build: '2026.11.20-3f9a1c2',
    synthetic: false,
    weight: 1,
    sessionId: null,
    tenant: null,
    user: null,
    cohort: null,
    route: '/tickets/:id',
    connection: '4g',
    ...fields,
  }
}

/** A model attempt that went well, but for the fields given. */
export function createAttempt(fields: Partial<AttemptRecord>): AttemptRecord {
  return {
    spanId: `53995c3f42cd8ad${fields.hedge === true ? 9 : 8}`,
    step: 'model',
    tier: 'primary',
    domain: '/api/ai/draft-reply',
    hedge: false,
    startedMs: 0,
    endedMs: 0,
    firstTokenMs: null,
    failure: null,
    detail: null,
    status: 200,
    protocol: 'ai-sdk',
    verified: true,
    unknownEvents: 0,
    resumes: 0,
    finishReason: 'stop',
    requestModel: PRIMARY,
    responseModel: PRIMARY,
    usage: { inputTokens: 1_840, outputTokens: 302 },
    stages: {},
    ...fields,
  }
}

function createTemplateAttempt(startedMs: number, endedMs: number): AttemptRecord {
  return createAttempt({
    spanId: '1d6f4c0a9b2e8375',
    step: 'template',
    tier: null,
    domain: null,
    startedMs,
    endedMs,
    status: null,
    protocol: null,
    finishReason: null,
    requestModel: null,
    responseModel: null,
    usage: { inputTokens: null, outputTokens: null },
  })
}

function createSignal(run: RunRecord, fields: Partial<Signal> & Pick<Signal, 'kind' | 'atEpochMs'>): Signal {
  return {
    signalId: `${fields.kind.length.toString(16)}${run.runId.slice(1)}`,
    runId: run.runId,
    value: null,
    reasons: [],
    comment: null,
    ordinal: null,
    afterMs: null,
    replacedBy: null,
    feature: run.feature,
    triple: run.triple,
    level: run.level,
    environment: run.environment,
    synthetic: run.synthetic,
    weight: run.weight,
    ...fields,
  }
}

interface Stream {
  readonly fromMs: number
  readonly toMs: number
  readonly pieces: number
  readonly characters: number
}

/** Arrivals in small bursts, as a model's tokens come over a network: uneven, and the same each time. */
function streamed({ fromMs, toMs, pieces, characters }: Stream): Arrival[] {
  const weights = Array.from({ length: pieces }, (_, index) => 1 + Math.abs(Math.sin(index * 1.7) * 2))
  const gaps = Array.from({ length: pieces }, (_, index) =>
    index === 0 ? 0 : 1 + Math.cos(index * 0.41) ** 4 * 5,
  )
  const share = (parts: readonly number[]) => {
    const total = parts.reduce((sum, part) => sum + part, 0)
    let sum = 0
    return parts.map((part) => {
      sum += part
      return sum / total
    })
  }
  const times = share(gaps).map((at) => Math.round(fromMs + at * (toMs - fromMs)))
  const counts = share(weights).map((at) => Math.round(at * characters))
  return times.map((atMs, index) => ({
    atMs,
    characters: (counts[index] ?? 0) - (counts[index - 1] ?? 0),
  }))
}

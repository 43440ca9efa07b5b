import { type AttemptRecord, NO_TRIPLE, type RunRecord, type Signal } from '@evenkeel/shared'

/** A plain answered run; a test says only what it is about. */
export function aRun(over: Partial<RunRecord> = {}): RunRecord {
  const firstTokenMs = over.firstTokenMs === undefined ? 320 : over.firstTokenMs
  return {
    runId: anId(1),
    spanId: anId(1).slice(16),
    feature: 'draft-reply',
    interaction: 'progressive',
    intent: null,
    path: null,
    outcome: 'answered',
    fallbackCause: null,
    level: 5,
    levelBy: 'local',
    attempts: [anAttempt({ firstTokenMs })],
    startedAtEpochMs: 1_700_000_000_000,
    firstTokenMs,
    completeMs: 2_100,
    settledMs: 2_104.5,
    budgetFirstTokenMs: 500,
    budgetCompleteMs: 5_000,
    stalls: [],
    moments: [],
    triple: {
      prompt: { name: 'draft-reply', version: '1.0.0', hash: 'abc123' },
      requestModel: 'sim-1',
      responseModel: 'sim-1-0325',
      context: null,
    },
    usage: { inputTokens: 120, outputTokens: 80 },
    cold: null,
    flags: [],
    timeline: '8w.5,a.7',
    answerLength: 412,
    conversationId: null,
    turn: null,
    environment: 'production',
    service: 'support-desk',
    build: null,
    synthetic: false,
    weight: 1,
    sessionId: null,
    tenant: null,
    user: null,
    cohort: null,
    route: '/tickets/:id',
    connection: '4g',
    ...over,
  }
}

export function anAttempt(over: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    spanId: '00000000000000a1',
    step: 'model',
    tier: 'primary',
    domain: '/api/ai/draft-reply',
    hedge: false,
    startedMs: 4,
    endedMs: 2_100,
    firstTokenMs: 320,
    failure: null,
    detail: null,
    status: 200,
    protocol: 'ai-sdk',
    verified: true,
    unknownEvents: 0,
    resumes: 0,
    finishReason: 'stop',
    requestModel: null,
    responseModel: null,
    usage: { inputTokens: null, outputTokens: null },
    stages: { retrieval: 40 },
    ...over,
  }
}

/** A thumbs-down on `aRun()`. */
export function aSignal(over: Partial<Signal> = {}): Signal {
  return {
    signalId: anId(900),
    runId: anId(1),
    kind: 'thumbs',
    atEpochMs: 1_700_000_009_000,
    value: -1,
    reasons: ['hallucination'],
    comment: null,
    ordinal: null,
    afterMs: null,
    replacedBy: null,
    feature: 'draft-reply',
    triple: NO_TRIPLE,
    level: 5,
    environment: 'production',
    synthetic: false,
    weight: 1,
    ...over,
  }
}

/** A trace id that ends in `number`. */
export function anId(number: number): string {
  return number.toString(16).padStart(32, '0')
}

import {
  type AttemptRecord,
  encodeTimeline,
  type Failure,
  type MomentRecord,
  newSpanId,
  newTraceId,
  type RunRecord,
  type Signal,
  TRIAGE_REASONS,
} from '@evenkeel/shared'

/** A day of a small product, for pictures and trials: plausible, and the same for the same seed. */
export interface Day {
  readonly runs: readonly RunRecord[]
  readonly signals: readonly Signal[]
}

const MINUTE_MS = 60_000
const BUDGET = { budgetFirstTokenMs: 500, budgetCompleteMs: 5_000 }

/** `count` runs of *draft reply* over the last day, the newest a moment ago, and a few of a feature that is new. */
export function realisticDay(count: number, nowEpochMs: number, seed = 7): Day {
  const dice = createDice(seed)
  const runs: RunRecord[] = []
  for (let index = 0; index < count; index += 1) {
    // Denser towards now, as a morning is.
    const ageMs = (index / count) ** 1.4 * 22 * 60 * MINUTE_MS
    runs.push(draftReply(dice, Math.round(nowEpochMs - 20_000 - ageMs - dice.below(20_000)), index))
  }
  for (let index = 0; index < 14; index += 1) {
    runs.push(classifyTicket(dice, nowEpochMs - 4 * MINUTE_MS - index * 9 * MINUTE_MS))
  }
  return { runs, signals: runs.flatMap((run, index) => signalsOf(dice, run, index)) }
}

function draftReply(dice: Dice, startedAtEpochMs: number, index: number): RunRecord {
  const firstTokenMs = dice.around(330, 0.4)
  const completeMs = firstTokenMs + dice.around(2_300, 0.25)
  const kind = index === 3 ? 'failover' : index === 6 ? 'template' : dice.pick(KINDS)
  const base = frame(dice, 'draft-reply', startedAtEpochMs)
  const model = { requestModel: 'sim-large-2026-09', responseModel: 'sim-large-2026-09' }
  const stages = {
    queue: dice.around(12, 0.5),
    retrieval: dice.around(58, 0.3),
    inference: firstTokenMs * 0.62,
  }
  const first = attempt(dice, { endedMs: completeMs, firstTokenMs, stages, ...model })
  switch (kind) {
    case 'answered':
      return { ...base, ...answer(dice, firstTokenMs, completeMs), attempts: [first] }
    case 'stopped':
      return {
        ...base,
        ...answer(dice, firstTokenMs, completeMs * 0.6),
        outcome: 'stopped',
        completeMs: null,
        attempts: [{ ...first, endedMs: completeMs * 0.6, failure: 'aborted', finishReason: null }],
      }
    case 'failover':
      return failover(dice, base, 'http.server', 503)
    case 'stalled':
      return failover(dice, base, 'http.rate-limit', 429)
    case 'template':
      return template(dice, base)
    case 'incomplete': {
      const cut = { ...first, failure: 'truncated', finishReason: null, endedMs: completeMs * 0.7 } as const
      return {
        ...base,
        ...answer(dice, firstTokenMs, completeMs * 0.7),
        outcome: 'incomplete',
        fallbackCause: 'failure',
        completeMs: null,
        moments: [moment('incomplete', completeMs * 0.7)],
        attempts: [cut],
      }
    }
  }
}

const KINDS = weighted({ answered: 930, failover: 26, stalled: 10, template: 12, incomplete: 8, stopped: 14 })

/** The large model fails before it says anything; the fast one answers. */
function failover(dice: Dice, base: RunRecord, failure: Failure, status: number): RunRecord {
  const failedMs = dice.around(640, 0.2)
  const firstTokenMs = failedMs + dice.around(210, 0.2)
  const completeMs = firstTokenMs + dice.around(1_500, 0.2)
  const failed = attempt(dice, {
    endedMs: failedMs,
    failure,
    status,
    detail: 'marked by the server as a failure of the model',
    finishReason: null,
    protocol: null,
    requestModel: 'sim-large-2026-09',
    stages: { queue: 14.2, retrieval: 61.5 },
  })
  const answered = attempt(dice, {
    tier: 'fast',
    startedMs: failedMs + 0.4,
    endedMs: completeMs,
    firstTokenMs,
    requestModel: 'sim-small-2026-09',
    responseModel: 'sim-small-2026-09',
    stages: { queue: 9.1, retrieval: 4.2, inference: (firstTokenMs - failedMs) * 0.7 },
  })
  return {
    ...base,
    ...answer(dice, firstTokenMs, completeMs),
    outcome: 'degraded',
    fallbackCause: 'failure',
    moments: [moment('slow', 300), moment('disclosure', firstTokenMs)],
    attempts: [failed, answered],
    triple: { ...base.triple, requestModel: 'sim-small-2026-09', responseModel: 'sim-small-2026-09' },
  }
}

/** Nothing answers; the words of the template stand in. */
function template(dice: Dice, base: RunRecord): RunRecord {
  const failedMs = dice.around(480, 0.3)
  const down = { failure: 'http.server', status: 503, finishReason: null, protocol: null } as const
  const ready = { step: 'template', tier: null, domain: null, status: null, protocol: null } as const
  return {
    ...base,
    outcome: 'degraded',
    fallbackCause: 'failure',
    completeMs: failedMs + 1,
    settledMs: failedMs + 1.2,
    answerLength: 52,
    moments: [moment('template', failedMs + 1)],
    attempts: [
      attempt(dice, { endedMs: failedMs, ...down, stages: {} }),
      attempt(dice, { ...ready, startedMs: failedMs + 0.2, endedMs: failedMs + 1, stages: {} }),
    ],
  }
}

function classifyTicket(dice: Dice, startedAtEpochMs: number): RunRecord {
  const completeMs = dice.around(520, 0.3)
  return {
    ...frame(dice, 'classify-ticket', startedAtEpochMs),
    interaction: 'synchronous',
    budgetFirstTokenMs: null,
    budgetCompleteMs: 1_000,
    completeMs,
    settledMs: completeMs + 0.6,
    answerLength: 48,
    attempts: [attempt(dice, { endedMs: completeMs, domain: '/api/ai/classify-ticket' })],
  }
}

function answer(dice: Dice, firstTokenMs: number, completeMs: number) {
  const arrivals = []
  const steps = Math.max(4, Math.round((completeMs - firstTokenMs) / 40))
  for (let step = 0; step <= steps; step += 1) {
    const atMs = Math.round(firstTokenMs + ((completeMs - firstTokenMs) * step) / steps)
    arrivals.push({ atMs, characters: 3 + dice.below(9) })
  }
  return {
    firstTokenMs,
    completeMs,
    settledMs: completeMs + 0.8,
    timeline: encodeTimeline(arrivals),
    answerLength: arrivals.reduce((total, { characters }) => total + characters, 0),
    moments: [moment('disclosure', firstTokenMs)],
  }
}

function signalsOf(dice: Dice, run: RunRecord, index: number): Signal[] {
  const { runId, feature, triple, level, environment } = run
  const about = { runId, feature, triple, level, environment, synthetic: false, weight: 1 }
  const none = { value: null, reasons: [], comment: null, ordinal: null, afterMs: null, replacedBy: null }
  const signal = (kind: Signal['kind'], over: Partial<Signal> = {}): Signal => {
    const atEpochMs = Math.round(run.startedAtEpochMs + run.settledMs + 2_000 + dice.below(6_000))
    return { ...about, ...none, signalId: newTraceId(dice.bytes), kind, atEpochMs, ...over }
  }
  if (run.outcome === 'stopped') return []
  const roll = dice.below(1_000)
  if (index === 3) return [signal('thumbs', { value: -1, reasons: ['latency'] })]
  if (roll < 24) return [signal('thumbs', { value: -1, reasons: [dice.pick(TRIAGE_REASONS)] })]
  if (roll < 70) return [signal('thumbs', { value: 1 }), signal('accept')]
  if (roll < 110) return [signal('regenerate', { ordinal: 1 })]
  return roll < 600 ? [signal('accept')] : []
}

function frame(dice: Dice, feature: string, startedAtEpochMs: number): RunRecord {
  return {
    runId: newTraceId(dice.bytes),
    spanId: newSpanId(dice.bytes),
    feature,
    interaction: 'progressive',
    intent: dice.pick(['billing', 'shipping', 'account', 'billing']),
    path: 'kb-search',
    outcome: 'answered',
    fallbackCause: null,
    level: 5,
    levelBy: 'local',
    attempts: [],
    startedAtEpochMs,
    firstTokenMs: null,
    completeMs: null,
    settledMs: 0,
    ...BUDGET,
    stalls: [],
    moments: [],
    triple: {
      prompt: { name: feature, version: '3', hash: '9f2c41ab7d10' },
      requestModel: 'sim-large-2026-09',
      responseModel: 'sim-large-2026-09',
      context: 'kb:2026-11-20',
    },
    usage: { inputTokens: 640 + dice.below(200), outputTokens: 90 + dice.below(80) },
    cold: false,
    flags: [],
    timeline: '',
    answerLength: 0,
    conversationId: null,
    turn: null,
    environment: 'production',
    service: 'support-desk',
    build: '2026.11.2',
    synthetic: false,
    weight: 1,
    sessionId: null,
    tenant: 'lantern',
    user: null,
    cohort: null,
    route: '/tickets/:id',
    connection: '4g',
  }
}

function attempt(dice: Dice, over: Partial<AttemptRecord>): AttemptRecord {
  return {
    spanId: newSpanId(dice.bytes),
    step: 'model',
    tier: 'primary',
    domain: '/api/ai/draft-reply',
    hedge: false,
    startedMs: 0.4,
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
    requestModel: null,
    responseModel: null,
    usage: { inputTokens: 640, outputTokens: 120 },
    stages: {},
    ...over,
  }
}

function moment(name: MomentRecord['moment'], atMs: number): MomentRecord {
  return { moment: name, atMs, deck: 'en' }
}

interface Dice {
  /** A whole number from 0, below the bound. */
  below(bound: number): number
  /** Log-normal around a median, as latencies are; to the microsecond. */
  around(median: number, spread: number): number
  pick<T>(from: readonly T[]): T
  readonly bytes: (length: number) => Uint8Array
}

/** Mulberry32: small, seeded, good enough for pictures. */
function createDice(seed: number): Dice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (bound: number): number => Math.floor(next() * bound)
  return {
    below,
    around(median, spread) {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
      return Math.round(median * Math.exp(spread * normal) * 1_000) / 1_000
    },
    pick(from) {
      const found = from[below(from.length)]
      if (found === undefined) throw new RangeError('There is nothing to pick from.')
      return found
    },
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
  }
}

function weighted<const T extends string>(weights: Readonly<Record<T, number>>): readonly T[] {
  return (Object.entries(weights) as [T, number][]).flatMap(([name, weight]) =>
    Array.from({ length: weight }, () => name),
  )
}

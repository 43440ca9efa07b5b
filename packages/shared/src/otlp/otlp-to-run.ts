import { ATTEMPT, EVENT, FLAG, MOMENT, RUN, STAGE, STALL, TRIPLE, USAGE } from '../attributes.ts'
import { FAILURES } from '../failure.ts'
import { INTERACTIONS } from '../interaction.ts'
import { STEP_KINDS } from '../ladder.ts'
import { LEVEL_DECIDERS, LEVELS } from '../level.ts'
import { MOMENTS } from '../moment.ts'
import { FALLBACK_CAUSES, OUTCOMES } from '../outcome.ts'
import type {
  AttemptRecord,
  FlagRecord,
  MomentRecord,
  RunRecord,
  StallRecord,
  WouldHave,
} from '../run-record.ts'
import { type Attributes, type Json, readAttributes } from './read.ts'
import type { Origin } from './resource.ts'
import { readMicros } from './time.ts'
import { readTriple } from './triple-attributes.ts'

/** A span whose ids and times were checked. */
export interface SeenSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string
  readonly startMicros: number
  readonly endMicros: number
  /** Its attributes. */
  readonly said: Attributes
  readonly events: readonly Json[]
  readonly origin: Origin
}

/** The record that a root span and its attempts tell, or what is missing or unknown in them. */
export function readRun(root: SeenSpan, attemptSpans: readonly SeenSpan[]): RunRecord | string {
  const { said, origin } = root
  const feature = said.text(RUN.feature)
  const interaction = said.oneOf(RUN.interaction, INTERACTIONS)
  const outcome = said.oneOf(RUN.outcome, OUTCOMES)
  const level = said.oneOf(RUN.level, LEVELS)
  const levelBy = said.oneOf(RUN.levelBy, LEVEL_DECIDERS)
  const answerAgeMs = said.number(RUN.answerAgeMs)
  const budgetCompleteMs = said.number(RUN.budgetCompleteMs)
  if (feature === null) return `it has no ${RUN.feature}`
  if (interaction === null) return `its ${RUN.interaction} is missing or unknown`
  if (outcome === null) return `its ${RUN.outcome} is unknown`
  if (level === null || levelBy === null) return `its ${RUN.level} or ${RUN.levelBy} is missing or unknown`
  if (budgetCompleteMs === null) return `it has no ${RUN.budgetCompleteMs}`

  const startedAtEpochMs = Math.floor(root.startMicros / 1000)
  const offsetMs = (micros: number) => (micros - startedAtEpochMs * 1000) / 1000
  const attempts: AttemptRecord[] = []
  for (const span of inOrder(attemptSpans)) {
    const attempt = readAttempt(span, offsetMs)
    if (typeof attempt === 'string') return attempt
    attempts.push(attempt)
  }
  return {
    runId: root.traceId,
    spanId: root.spanId,
    feature,
    interaction,
    intent: said.text(RUN.intent),
    path: said.text(RUN.path),
    outcome,
    fallbackCause: said.oneOf(RUN.fallbackCause, FALLBACK_CAUSES),
    level,
    levelBy,
    attempts,
    startedAtEpochMs,
    firstTokenMs: said.number(RUN.firstTokenMs),
    completeMs: said.number(RUN.completeMs),
    settledMs: offsetMs(root.endMicros),
    budgetFirstTokenMs: said.number(RUN.budgetFirstTokenMs),
    budgetCompleteMs,
    ...(said.flag(RUN.isObserved) && { observed: readWouldHave(said) }),
    ...readEvents(root.events, offsetMs),
    triple: readTriple(said),
    usage: { inputTokens: said.number(RUN.inputTokens), outputTokens: said.number(RUN.outputTokens) },
    cold: said.flag(RUN.cold),
    timeline: said.text(RUN.timeline) ?? '',
    answerLength: said.number(RUN.answerLength) ?? 0,
    ...(answerAgeMs !== null && { answerAgeMs }),
    conversationId: said.text(RUN.conversationId),
    turn: said.number(RUN.turn),
    environment: origin.environment,
    service: origin.service ?? 'unknown_service',
    build: origin.build,
    synthetic: said.flag(RUN.synthetic) ?? false,
    weight: said.number(RUN.weight) ?? 1,
    sessionId: said.text(RUN.sessionId),
    tenant: said.text(RUN.tenant),
    user: said.text(RUN.user),
    cohort: said.text(RUN.cohort),
    route: said.text(RUN.route),
    connection: said.text(RUN.connection),
  }
}

// A failure that a later version knows and this one does not leaves only the word that nothing was enforced.
function readWouldHave(said: Attributes): WouldHave | null {
  const failure = said.oneOf(RUN.observedFailure, FAILURES)
  const atMs = said.number(RUN.observedAtMs)
  return failure === null || atMs === null
    ? null
    : { failure, atMs, step: said.oneOf(RUN.observedStep, STEP_KINDS) }
}

function inOrder(spans: readonly SeenSpan[]): SeenSpan[] {
  const indexOf = ({ said }: SeenSpan) => said.number(ATTEMPT.index) ?? 0
  return spans.toSorted((one, other) => indexOf(one) - indexOf(other))
}

function readAttempt(span: SeenSpan, offsetMs: (micros: number) => number): AttemptRecord | string {
  const { said } = span
  const step = said.oneOf(ATTEMPT.step, STEP_KINDS)
  const failure = said.oneOf(ATTEMPT.failure, FAILURES)
  if (step === null) return `the ${ATTEMPT.step} of an attempt is unknown`
  if (failure === null && said.text(ATTEMPT.failure) !== null) {
    return `the ${ATTEMPT.failure} of an attempt is unknown`
  }
  return {
    spanId: span.spanId,
    step,
    tier: said.text(ATTEMPT.tier),
    domain: said.text(ATTEMPT.domain),
    hedge: said.flag(ATTEMPT.hedge) ?? false,
    startedMs: offsetMs(span.startMicros),
    endedMs: offsetMs(span.endMicros),
    firstTokenMs: said.number(ATTEMPT.firstTokenMs),
    failure,
    detail: said.text(ATTEMPT.detail),
    status: said.number(ATTEMPT.status),
    protocol: said.text(ATTEMPT.protocol),
    verified: said.flag(ATTEMPT.verified) ?? false,
    unknownEvents: said.number(ATTEMPT.unknownEvents) ?? 0,
    resumes: said.number(ATTEMPT.resumes) ?? 0,
    finishReason: said.texts(ATTEMPT.finishReasons)[0] ?? null,
    requestModel: said.text(TRIPLE.requestModel),
    responseModel: said.text(TRIPLE.responseModel),
    usage: { inputTokens: said.number(USAGE.inputTokens), outputTokens: said.number(USAGE.outputTokens) },
    stages: said.numbers(STAGE.prefix, STAGE.suffix),
  }
}

// An event that a later version knows and this one does not is passed over: it takes nothing from the run.
function readEvents(
  events: readonly Json[],
  offsetMs: (micros: number) => number,
): Pick<RunRecord, 'flags' | 'stalls' | 'moments'> {
  const flags: FlagRecord[] = []
  const stalls: StallRecord[] = []
  const moments: MomentRecord[] = []
  for (const event of events) {
    const micros = readMicros(event.timeUnixNano)
    if (micros === null) continue
    const atMs = offsetMs(micros)
    const said = readAttributes(event.attributes)
    if (event.name === EVENT.flag) {
      const key = said.text(FLAG.key)
      if (key !== null) flags.push({ key, variant: said.text(FLAG.variant), reason: said.text(FLAG.reason) })
    } else if (event.name === EVENT.stall) {
      const durationMs = said.number(STALL.durationMs)
      if (durationMs !== null) stalls.push({ atMs, durationMs })
    } else if (event.name === EVENT.moment) {
      const moment = said.oneOf(MOMENT.name, MOMENTS)
      const silent = said.flag(MOMENT.silent) ? { silent: true } : {}
      if (moment !== null) moments.push({ moment, atMs, deck: said.text(MOMENT.deck), ...silent })
    }
  }
  return { flags, stalls, moments }
}

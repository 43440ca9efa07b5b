import {
  ATTEMPT,
  ATTEMPT_SPAN_PREFIX,
  EVENT,
  FLAG,
  MOMENT,
  RUN,
  RUN_SPAN_PREFIX,
  STAGE,
  STALL,
  TRIPLE,
  USAGE,
} from '../attributes.ts'
import type { AttemptRecord, RunRecord } from '../run-record.ts'
import { type AttributeInput, attributes, int, texts } from './attribute.ts'
import { groupByOrigin, resourceOf, SCHEMA_URL, SCOPE } from './resource.ts'
import { unixNano } from './time.ts'
import { tripleAttributes } from './triple-attributes.ts'
import type { ExportTraceRequest, OtlpEvent, OtlpSpan } from './types.ts'

const INTERNAL = 1
const CLIENT = 3
const ERROR = 2

/** The body of `POST /v1/traces` for these runs, grouped by environment, service and build. */
export function exportTraceRequest(records: readonly RunRecord[]): ExportTraceRequest {
  return {
    resourceSpans: groupByOrigin(records, (record) => record).map(([origin, runs]) => ({
      resource: resourceOf(origin),
      scopeSpans: [{ scope: SCOPE, spans: runs.flatMap(runToSpans), schemaUrl: SCHEMA_URL }],
    })),
  }
}

/** The root span of a run, then one span for each attempt. */
export function runToSpans(record: RunRecord): OtlpSpan[] {
  return [rootSpan(record), ...record.attempts.map((attempt, index) => attemptSpan(record, attempt, index))]
}

function rootSpan(record: RunRecord): OtlpSpan {
  return {
    traceId: record.runId,
    spanId: record.spanId,
    name: RUN_SPAN_PREFIX + record.feature,
    kind: INTERNAL,
    startTimeUnixNano: unixNano(record.startedAtEpochMs),
    endTimeUnixNano: unixNano(record.startedAtEpochMs, record.settledMs),
    attributes: attributes({
      [RUN.feature]: record.feature,
      [RUN.interaction]: record.interaction,
      [RUN.intent]: record.intent,
      [RUN.path]: record.path,
      [RUN.outcome]: record.outcome,
      [RUN.fallbackCause]: record.fallbackCause,
      [RUN.synthetic]: record.synthetic,
      [RUN.weight]: record.weight,
      [RUN.level]: int(record.level),
      [RUN.levelBy]: record.levelBy,
      [RUN.firstTokenMs]: record.firstTokenMs,
      [RUN.completeMs]: record.completeMs,
      [RUN.budgetFirstTokenMs]: record.budgetFirstTokenMs,
      [RUN.budgetCompleteMs]: record.budgetCompleteMs,
      [RUN.cold]: record.cold,
      [RUN.timeline]: record.timeline,
      [RUN.answerLength]: int(record.answerLength),
      [RUN.conversationId]: record.conversationId,
      [RUN.turn]: int(record.turn),
      [RUN.sessionId]: record.sessionId,
      [RUN.tenant]: record.tenant,
      [RUN.user]: record.user,
      [RUN.cohort]: record.cohort,
      [RUN.route]: record.route,
      [RUN.connection]: record.connection,
      [RUN.attempts]: int(record.attempts.length),
      [RUN.inputTokens]: int(record.usage.inputTokens),
      [RUN.outputTokens]: int(record.usage.outputTokens),
      ...tripleAttributes(record.triple),
    }),
    events: rootEvents(record),
    status: {},
  }
}

// The first token, the level and a hedge are told as events for whoever looks at the trace; the
// reader takes them from the attributes.
function rootEvents(record: RunRecord): OtlpEvent[] {
  const event = (name: string, atMs: number, input: Record<string, AttributeInput> = {}): OtlpEvent => ({
    timeUnixNano: unixNano(record.startedAtEpochMs, atMs),
    name,
    attributes: attributes(input),
  })
  return [
    ...record.flags.map(({ key, variant, reason }) =>
      event(EVENT.flag, 0, { [FLAG.key]: key, [FLAG.variant]: variant, [FLAG.reason]: reason }),
    ),
    event(EVENT.level, 0, { [RUN.level]: int(record.level), [RUN.levelBy]: record.levelBy }),
    ...record.attempts
      .filter(({ hedge }) => hedge)
      .map(({ startedMs, tier }) => event(EVENT.hedge, startedMs, { [ATTEMPT.tier]: tier })),
    ...(record.firstTokenMs === null ? [] : [event(EVENT.firstToken, record.firstTokenMs)]),
    ...record.stalls.map(({ atMs, durationMs }) =>
      event(EVENT.stall, atMs, { [STALL.durationMs]: durationMs }),
    ),
    ...record.moments.map(({ moment, atMs, deck }) =>
      event(EVENT.moment, atMs, { [MOMENT.name]: moment, [MOMENT.deck]: deck }),
    ),
  ]
}

function attemptSpan(record: RunRecord, attempt: AttemptRecord, index: number): OtlpSpan {
  const { startedMs, firstTokenMs, finishReason, failure } = attempt
  return {
    traceId: record.runId,
    spanId: attempt.spanId,
    parentSpanId: record.spanId,
    name: ATTEMPT_SPAN_PREFIX + attempt.step,
    // A cache, a template or nothing at all asks no server: only a model step is a client call.
    kind: attempt.step === 'model' ? CLIENT : INTERNAL,
    startTimeUnixNano: unixNano(record.startedAtEpochMs, startedMs),
    endTimeUnixNano: unixNano(record.startedAtEpochMs, attempt.endedMs),
    attributes: attributes({
      [ATTEMPT.index]: int(index),
      [RUN.feature]: record.feature,
      [ATTEMPT.step]: attempt.step,
      [ATTEMPT.tier]: attempt.tier,
      [ATTEMPT.domain]: attempt.domain,
      [ATTEMPT.hedge]: attempt.hedge,
      [ATTEMPT.failure]: failure,
      [ATTEMPT.detail]: attempt.detail,
      [ATTEMPT.status]: int(attempt.status),
      [ATTEMPT.firstTokenSeconds]: firstTokenMs === null ? null : (firstTokenMs - startedMs) / 1000,
      [ATTEMPT.firstTokenMs]: firstTokenMs,
      [ATTEMPT.finishReasons]: finishReason === null ? null : texts([finishReason]),
      [ATTEMPT.protocol]: attempt.protocol,
      [ATTEMPT.verified]: attempt.verified,
      [ATTEMPT.unknownEvents]: int(attempt.unknownEvents),
      [TRIPLE.requestModel]: attempt.requestModel,
      [TRIPLE.responseModel]: attempt.responseModel,
      [USAGE.inputTokens]: int(attempt.usage.inputTokens),
      [USAGE.outputTokens]: int(attempt.usage.outputTokens),
      ...stageAttributes(attempt.stages),
    }),
    events: [],
    status: failure === null ? {} : { code: ERROR, message: attempt.detail ?? failure },
  }
}

function stageAttributes(stages: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(stages).map(([name, ms]) => [STAGE.prefix + name + STAGE.suffix, ms]),
  )
}

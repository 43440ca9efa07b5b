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
  USAGE,
} from '../attributes.ts'
import type { AttemptRecord, RunRecord, Usage } from '../run-record.ts'
import { attributes, int, named, texts } from './attribute.ts'
import { groupByOrigin, resourceOf, SCHEMA_URL, SCOPE } from './resource.ts'
import { unixNano } from './time.ts'
import { tripleAttributes } from './triple-attributes.ts'
import type { ExportTraceRequest, KeyValue, OtlpEvent, OtlpSpan } from './types.ts'

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
    attributes: [
      ...named(RUN, {
        ...record,
        ...tokensOf(record.usage),
        level: int(record.level),
        answerLength: int(record.answerLength),
        turn: int(record.turn),
        attempts: int(record.attempts.length),
        answerAgeMs: record.answerAgeMs ?? null,
        isObserved: record.observed === undefined ? null : true,
        observedFailure: record.observed?.failure ?? null,
        observedAtMs: record.observed?.atMs ?? null,
        observedStep: record.observed?.step ?? null,
      }),
      ...tripleAttributes(record.triple),
    ],
    events: rootEvents(record),
    status: {},
  }
}

// The first token, the level and a hedge are told as events for whoever looks at the trace; the
// reader takes them from the attributes.
function rootEvents(record: RunRecord): OtlpEvent[] {
  const event = (name: string, atMs: number, said: KeyValue[] = []): OtlpEvent => ({
    timeUnixNano: unixNano(record.startedAtEpochMs, atMs),
    name,
    attributes: said,
  })
  const { level, levelBy, firstTokenMs } = record
  return [
    ...record.flags.map((flag) => event(EVENT.flag, 0, named(FLAG, flag))),
    event(EVENT.level, 0, attributes({ [RUN.level]: int(level), [RUN.levelBy]: levelBy })),
    ...record.attempts
      .filter(({ hedge }) => hedge)
      .map(({ startedMs, tier }) => event(EVENT.hedge, startedMs, attributes({ [ATTEMPT.tier]: tier }))),
    ...(firstTokenMs === null ? [] : [event(EVENT.firstToken, firstTokenMs)]),
    ...record.stalls.map((stall) => event(EVENT.stall, stall.atMs, named(STALL, stall))),
    ...record.moments.map(({ moment: name, atMs, deck, silent }) =>
      event(EVENT.moment, atMs, named(MOMENT, { name, deck, silent: silent || null })),
    ),
  ]
}

function attemptSpan(record: RunRecord, attempt: AttemptRecord, index: number): OtlpSpan {
  const { startedMs, firstTokenMs, finishReason, failure, requestModel, responseModel } = attempt
  return {
    traceId: record.runId,
    spanId: attempt.spanId,
    parentSpanId: record.spanId,
    name: ATTEMPT_SPAN_PREFIX + attempt.step,
    // A cache, a template or nothing at all asks no server: only a model step is a client call.
    kind: attempt.step === 'model' ? CLIENT : INTERNAL,
    startTimeUnixNano: unixNano(record.startedAtEpochMs, startedMs),
    endTimeUnixNano: unixNano(record.startedAtEpochMs, attempt.endedMs),
    attributes: [
      ...attributes({ [RUN.feature]: record.feature }),
      ...named(ATTEMPT, {
        ...attempt,
        index: int(index),
        status: int(attempt.status),
        unknownEvents: int(attempt.unknownEvents),
        firstTokenSeconds: firstTokenMs === null ? null : (firstTokenMs - startedMs) / 1000,
        finishReasons: finishReason === null ? null : texts([finishReason]),
        // Only a server knows what it asked whom for.
        operation: null,
        provider: null,
      }),
      ...tripleAttributes({ prompt: null, requestModel, responseModel, context: null }),
      ...named(USAGE, tokensOf(attempt.usage)),
      ...attributes(stageAttributes(attempt.stages)),
    ],
    events: [],
    status: failure === null ? {} : { code: ERROR, message: attempt.detail ?? failure },
  }
}

function tokensOf({ inputTokens, outputTokens }: Usage) {
  return { inputTokens: int(inputTokens), outputTokens: int(outputTokens) }
}

function stageAttributes(stages: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(stages).map(([name, ms]) => [STAGE.prefix + name + STAGE.suffix, ms]),
  )
}

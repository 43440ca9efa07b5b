import {
  type Feature,
  NO_TRIPLE,
  newTraceId,
  type RunRecord,
  resolveBudget,
  type Signal,
  type SignalKind,
} from '@evenkeel/shared'
import type { RunState, SignalDetails } from '../run/run.ts'

const ENVIRONMENT = 'test'

/** The record of a scripted run: what the script said, and nothing measured. */
export function scriptedRecord<Input, Output>(
  feature: Feature<Input, Output>,
  state: RunState<Output>,
  text: string,
): RunRecord {
  const budget = resolveBudget(feature.interaction, feature.budget)
  return {
    runId: state.runId ?? '',
    spanId: (state.runId ?? '').slice(0, 16),
    feature: feature.id,
    interaction: feature.interaction,
    intent: null,
    path: null,
    outcome: state.outcome ?? 'answered',
    fallbackCause: state.outcome === 'degraded' || state.outcome === 'incomplete' ? 'failure' : null,
    level: state.level,
    levelBy: state.levelBy,
    attempts: [],
    startedAtEpochMs: 0,
    firstTokenMs: null,
    completeMs: null,
    settledMs: 0,
    budgetFirstTokenMs: budget.firstTokenMs,
    budgetCompleteMs: budget.completeMs,
    stalls: [],
    moments: [],
    triple: NO_TRIPLE,
    usage: { inputTokens: null, outputTokens: null },
    cold: null,
    flags: [],
    timeline: '',
    answerLength: text.length,
    conversationId: null,
    turn: null,
    environment: ENVIRONMENT,
    service: ENVIRONMENT,
    build: null,
    synthetic: true,
    weight: 1,
    sessionId: null,
    tenant: null,
    user: null,
    cohort: null,
    route: null,
    connection: null,
  }
}

export function scriptedSignal(
  feature: Pick<Feature, 'id'>,
  runId: string,
  kind: SignalKind,
  details: SignalDetails,
): Signal {
  return {
    signalId: newTraceId((length) => crypto.getRandomValues(new Uint8Array(length))),
    runId,
    kind,
    atEpochMs: 0,
    value: details.value ?? null,
    reasons: details.reasons ?? [],
    comment: details.comment ?? null,
    ordinal: null,
    afterMs: details.afterMs ?? null,
    replacedBy: null,
    feature: feature.id,
    triple: NO_TRIPLE,
    level: 5,
    environment: ENVIRONMENT,
    synthetic: true,
    weight: 1,
  }
}

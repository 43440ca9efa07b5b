import type { Signal } from '@evenkeel/shared'
import type { Row } from './database.ts'
import { promptText } from './run-row.ts'

/** A signal as a row of `signals`. */
export function signalRow(signal: Signal, receivedAtMs: number) {
  return {
    signal_id: signal.signalId,
    run_id: signal.runId,
    kind: signal.kind,
    at_ms: signal.atEpochMs,
    value: signal.value,
    reasons: JSON.stringify(signal.reasons),
    comment: signal.comment,
    ordinal: signal.ordinal,
    replaced_by: signal.replacedBy,
    feature: signal.feature,
    environment: signal.environment,
    prompt: promptText(signal.triple),
    request_model: signal.triple.requestModel,
    response_model: signal.triple.responseModel,
    level: signal.level,
    synthetic: Number(signal.synthetic),
    weight: signal.weight,
    received_at_ms: receivedAtMs,
    record: JSON.stringify(signal),
  } satisfies Row
}

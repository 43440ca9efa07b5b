import { type AttemptRecord, formatPrompt, type RunRecord, type Triple } from '@evenkeel/shared'
import { firstTokenOfModel } from '../figures/first-token-of-model.ts'
import type { Row } from './database.ts'

/** A run as a row of `runs`, but for what its signals say of it. */
export function runRow(run: RunRecord, receivedAtMs: number) {
  return {
    run_id: run.runId,
    span_id: run.spanId,
    feature: run.feature,
    interaction: run.interaction,
    intent: run.intent,
    path: run.path,
    environment: run.environment,
    service: run.service,
    build: run.build,
    outcome: run.outcome,
    fallback_cause: run.fallbackCause,
    level: run.level,
    level_by: run.levelBy,
    started_at_ms: run.startedAtEpochMs,
    settled_ms: run.settledMs,
    first_token_ms: run.firstTokenMs,
    model_first_token_ms: firstTokenOfModel(run),
    complete_ms: run.completeMs,
    budget_first_token_ms: run.budgetFirstTokenMs,
    budget_complete_ms: run.budgetCompleteMs,
    attempts: run.attempts.length,
    prompt: promptText(run.triple),
    prompt_name: run.triple.prompt?.name ?? null,
    prompt_version: run.triple.prompt?.version ?? null,
    prompt_hash: run.triple.prompt?.hash ?? null,
    request_model: run.triple.requestModel,
    response_model: run.triple.responseModel,
    context: run.triple.context,
    input_tokens: run.usage.inputTokens,
    output_tokens: run.usage.outputTokens,
    answer_length: run.answerLength,
    cold: run.cold === null ? null : Number(run.cold),
    conversation_id: run.conversationId,
    turn: run.turn,
    session_id: run.sessionId,
    tenant: run.tenant,
    user_id: run.user,
    cohort: run.cohort,
    route: run.route,
    connection: run.connection,
    synthetic: Number(run.synthetic),
    weight: run.weight,
    received_at_ms: receivedAtMs,
    record: JSON.stringify(run),
  } satisfies Row
}

/** An attempt as a row of `attempts`. */
export function attemptRow(runId: string, attempt: AttemptRecord, ordinal: number) {
  return {
    run_id: runId,
    span_id: attempt.spanId,
    ordinal,
    step: attempt.step,
    tier: attempt.tier,
    domain: attempt.domain,
    hedge: Number(attempt.hedge),
    started_ms: attempt.startedMs,
    ended_ms: attempt.endedMs,
    first_token_ms: attempt.firstTokenMs,
    failure: attempt.failure,
    detail: attempt.detail,
    status: attempt.status,
    protocol: attempt.protocol,
    verified: Number(attempt.verified),
    finish_reason: attempt.finishReason,
    request_model: attempt.requestModel,
    response_model: attempt.responseModel,
    input_tokens: attempt.usage.inputTokens,
    output_tokens: attempt.usage.outputTokens,
  } satisfies Row
}

/** `name@version#hash`, or `null`. */
export function promptText({ prompt }: Triple): string | null {
  return prompt === null ? null : formatPrompt(prompt)
}

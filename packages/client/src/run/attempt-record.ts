import { type AttemptRecord, domainOf, type Failure, type Step, tierOf } from '@evenkeel/shared'

/** The record of an attempt at this step of which nothing is known but where it belongs. */
export function blankAttempt(step: Step<never, unknown>, spanId: string, startedMs: number): AttemptRecord {
  const model = step.step === 'model' ? step : null
  return {
    spanId,
    step: step.step,
    tier: model && tierOf(model),
    domain: model && domainOf(model),
    hedge: false,
    startedMs,
    endedMs: startedMs,
    firstTokenMs: null,
    failure: null,
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
  }
}

/** How an attempt ended by itself. */
export interface AttemptEnd {
  readonly failure: Failure | null
  readonly detail: string | null
}

/** One try at a model step. */
export interface Attempt {
  /** Only the asked tier has failed, as the server says. */
  readonly tierOnly: boolean
  /** How long the server asked to be left alone; `null` where it did not. */
  readonly retryAfterMs: number | null
  /** The record so far, closed with this end at this moment. */
  close(end: AttemptEnd): AttemptRecord
  /** Ends the request and the clock; no event comes after it. */
  cancel(): void
}

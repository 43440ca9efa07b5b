import {
  type AttemptContext,
  formatAttempt,
  formatTraceparent,
  HEADER,
  type ModelStep,
} from '@evenkeel/shared'
import { mayPropagate, type Propagation } from './propagation.ts'

/** One request, ready to send. */
export interface ExchangeRequest {
  readonly url: string
  readonly init: RequestInit
  /** The protocol to read where the response does not say. */
  readonly protocol?: string
  /** Whether work may be asked for that was asked for before; each yes is spent. Always, where absent. */
  readonly mayRetry?: () => boolean
}

/**
 * The request of one attempt: `{ input }` as JSON by `POST`, or what the step's own `request` makes.
 * Whatever that function throws, and a body that is no JSON, is thrown on.
 */
export function buildRequest<Input>(
  step: ModelStep<Input>,
  input: Input,
  attempt: AttemptContext,
  spanId: string,
  propagation: Propagation,
): ExchangeRequest {
  const { violations, toolResults } = attempt
  // What is undefined stays out of the JSON.
  const shaped = step.request?.(input, attempt) ?? { body: { input, violations, toolResults } }
  const headers = new Headers(shaped.headers)
  const isText = typeof shaped.body === 'string'
  if (shaped.body !== undefined && !isText && !headers.has('content-type')) {
    headers.set('content-type', 'application/json')
  }
  if (mayPropagate(step.url, propagation)) {
    for (const [name, value] of Object.entries(ownHeaders(attempt, spanId))) {
      if (!headers.has(name)) headers.set(name, value)
    }
  }
  return {
    url: step.url,
    init: {
      method: shaped.method ?? 'POST',
      headers,
      ...(shaped.body === undefined
        ? {}
        : { body: isText ? (shaped.body as string) : JSON.stringify(shaped.body) }),
    },
    ...(step.protocol === undefined ? {} : { protocol: step.protocol }),
  }
}

function ownHeaders({ runId, tier, toolResults }: AttemptContext, spanId: string): Record<string, string> {
  const round = toolResults?.at(-1)?.round
  return {
    [HEADER.traceparent]: formatTraceparent({ traceId: runId, spanId, sampled: true }),
    [HEADER.attempt]: formatAttempt({ run: runId, step: 'model', tier }),
    // One key for a run, so that a server can tell a second try from a second wish; a follow-up is another wish.
    [HEADER.idempotencyKey]: round === undefined ? runId : `${runId}.${round + 1}`,
  }
}

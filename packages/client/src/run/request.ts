import {
  type AttemptContext,
  formatAttempt,
  formatTraceparent,
  HEADER,
  type ModelStep,
} from '@evenkeel/shared'

/** One request, ready to send. */
export interface ExchangeRequest {
  readonly url: string
  readonly init: RequestInit
  /** The protocol to read where the response does not say. */
  readonly protocol?: string
}

/** Where our own headers may go. */
export interface Propagation {
  /** The page's own origin; `null` where there is none. */
  readonly origin: string | null
  /** Further origins whose servers accept the headers. */
  readonly propagateTo: readonly string[]
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

/**
 * Whether our headers may go to this URL: to the page's own origin and the origins named, and nowhere
 * else, because any header of ours makes a browser ask a foreign server's permission first.
 */
export function mayPropagate(url: string, { origin, propagateTo }: Propagation): boolean {
  // Without a page only an absolute URL has an origin; a relative one is the caller's own server.
  const target = parseUrl(url, origin ?? 'relative:/')
  if (target === null) return false
  return target.protocol === 'relative:' || target.origin === origin || propagateTo.includes(target.origin)
}

function parseUrl(url: string, base: string): URL | null {
  try {
    return new URL(url, base)
  } catch {
    return null
  }
}

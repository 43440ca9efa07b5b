/** What is known of a provider's failure. */
export interface ModelFailureOptions {
  /** The provider's HTTP status, where it gave one. */
  readonly status?: number
  /** How long the provider asks to wait, in milliseconds. */
  readonly retryAfterMs?: number | null
  /** The provider's own error, for the team; it is never sent to the browser. */
  readonly cause?: unknown
}

/**
 * Throw it where the model provider failed and this server is well: the answer is marked
 * `failed: model`, so that the next tier of the same server may answer. Without the mark everything
 * behind the URL counts as failed.
 *
 * @example
 * throw new ModelFailure('The primary model is overloaded.', { status: 529, cause: error })
 */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure'
  /** The status to answer with: a rate limit or a 5xx as it came, 502 for anything else. */
  readonly status: number
  readonly retryAfterMs: number | null

  constructor(message = 'The model provider failed.', options: ModelFailureOptions = {}) {
    super(message, { cause: options.cause })
    this.status = answerStatus(options.status ?? 503)
    this.retryAfterMs = options.retryAfterMs ?? null
  }
}

// A provider's 401 or 404 is our own mistake, and would tell the browser that its request was wrong.
function answerStatus(status: number): number {
  return status === 429 || (status >= 500 && status <= 599) ? status : 502
}

import { ModelFailure } from '@evenkeel/shared/server'

/**
 * What a provider's error means to whoever asks us: the provider has failed, not this server, so another
 * tier may answer. Nothing of the provider's own words goes along.
 */
export function modelFailureOf(error: unknown): ModelFailure {
  if (error instanceof ModelFailure) return error
  const { statusCode, responseHeaders } = Object(error) as {
    statusCode?: unknown
    responseHeaders?: Readonly<Record<string, string>>
  }
  const seconds = Number(responseHeaders?.['retry-after'] ?? Number.NaN)
  return new ModelFailure('The model provider failed.', {
    ...(typeof statusCode === 'number' ? { status: statusCode } : {}),
    ...(seconds >= 0 ? { retryAfterMs: seconds * 1000 } : {}),
  })
}

/** What failed, for the log: never the error itself, because providers quote the request in it, and with it the customer. */
export function inShort(error: unknown): string {
  const { name, statusCode } = Object(error) as { name?: unknown; statusCode?: unknown }
  return [name ?? typeof error, statusCode].filter((part) => part !== undefined).join(' ')
}

import type { Failure } from './failure.ts'

/** The failure that an HTTP status stands for, or `null` for a success. */
export function failureOfStatus(status: number): Failure | null {
  if (status >= 200 && status < 300) return null
  if (status === 429 || status === 529) return 'http.rate-limit'
  return status >= 500 ? 'http.server' : 'http.client'
}

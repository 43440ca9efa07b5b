import type { Failure } from '@evenkeel/shared'
import { status } from '../behaviour.ts'
import { omitted, rescued, templated } from '../expected.ts'
import type { Fault } from '../fault.ts'

/** One status, which closes this URL for the run and no other. */
const refused = (
  code: number,
  failure: Failure,
  { name = String(code), headers = {} }: { name?: string; headers?: Record<string, string> } = {},
): Fault => ({
  name,
  behaves: () => [status(code, headers)],
  expect: (scope) =>
    scope === 'primary' ? rescued(failure) : scope === 'all' ? templated(failure) : omitted('retry', failure),
})

/** Servers that say no. */
export const statusFaults: readonly Fault[] = [
  refused(400, 'http.client'),
  refused(401, 'http.client'),
  refused(404, 'http.client'),
  refused(429, 'http.rate-limit', { name: '429 with Retry-After', headers: { 'retry-after': '30' } }),
  refused(429, 'http.rate-limit', { name: '429 without Retry-After' }),
  refused(500, 'http.server'),
  refused(503, 'http.server'),
  refused(529, 'http.rate-limit'),
]

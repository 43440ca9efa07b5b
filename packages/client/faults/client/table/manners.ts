import { status, whole } from '../behaviour.ts'
import { answered, rescued, templated } from '../expected.ts'
import type { Fault } from '../fault.ts'

/** What a browser does that has learnt: it leaves a server alone, and steps down. */
export const mannersFaults: readonly Fault[] = [
  {
    name: '429 with Retry-After, asked again',
    scopes: ['primary'],
    behaves: () => [status(429, { 'retry-after': '30' })],
    plan: () => ({ runs: 2 }),
    // The second time it is left alone, as it asked to be.
    expect: () => ({ ...rescued('http.rate-limit'), requests: [1, 2] }),
  },
  {
    name: '503, asked four times',
    scopes: ['primary', 'all'],
    behaves: () => [status(503)],
    plan: () => ({ runs: 4 }),
    // After three failures in a row a server gets a rest.
    expect: (scope) =>
      scope === 'primary'
        ? { ...rescued('http.server'), requests: [3, 4] }
        : { ...templated('http.server'), requests: [3, 3] },
  },
  {
    name: '503 twice, and well again',
    scopes: ['primary'],
    behaves: (text) => [status(503), status(503), whole(text)],
    plan: () => ({ runs: 3, isOneDomain: true }),
    // Two failures in a row step down a level, and the user is told of it.
    expect: () => ({ ...answered, outcome: 'degraded', moment: 'limited', requests: [3, 0] }),
  },
]

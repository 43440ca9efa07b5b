import {
  type Behaviour,
  emptyAnswer,
  neverAnswers,
  providerError,
  resetBeforeHeaders,
  status,
} from '../behaviour.ts'
import { type Expected, rescued, templated, templatedAtOnce } from '../expected.ts'
import type { Fault } from '../fault.ts'

const MARKED = { evenkeel: 'failed="model"' }

/** Both models behind one URL, of which the first one fails. */
const oneDomain = (name: string, behaviour: Behaviour, expected: Expected, isTimed = false): Fault => ({
  name: `one URL: ${name}`,
  scopes: ['primary'],
  behaves: () => [behaviour],
  plan: () => ({ isOneDomain: true, isTimed }),
  expect: () => expected,
})

/** What is behind one URL fails together, unless somebody knows better. */
export const domainFaults: readonly Fault[] = [
  oneDomain('reset before headers', resetBeforeHeaders, templatedAtOnce('network')),
  oneDomain('503', status(503), templatedAtOnce('http.server')),
  oneDomain('503 that the server marks', status(503, MARKED), rescued('http.server')),
  oneDomain('429', status(429), templatedAtOnce('http.rate-limit')),
  oneDomain('429 that the server marks', status(429, MARKED), rescued('http.rate-limit')),
  oneDomain('provider error event', providerError, rescued('provider')),
  oneDomain('empty answer', emptyAnswer, rescued('empty')),
  {
    ...oneDomain('slow headers', neverAnswers, templated('timeout.complete'), true),
    expect: (_, interaction) => ({
      ...templatedAtOnce(interaction === 'progressive' ? 'timeout.first-token' : 'timeout.complete'),
      saw: ['slow'],
    }),
  },
]

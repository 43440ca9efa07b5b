import { neverAnswers, refusal, status, whole } from '../behaviour.ts'
import { type Expected, templated } from '../expected.ts'
import type { Fault } from '../fault.ts'
import { PRIMARY } from '../texts.ts'

/** The second run's fault, after a first one whose answer was kept. */
const kept = (name: string, fault: Pick<Fault, 'plan' | 'behaves' | 'expect'>): Fault => ({
  name: `an answer kept: ${name}`,
  scopes: ['all'],
  behaves: fault.behaves ?? (() => [status(503)]),
  expect: fault.expect,
  plan: (scope, interaction) => {
    const [first = status(503), ...later] = fault.behaves?.(PRIMARY, interaction) ?? []
    const primary = [whole(PRIMARY), first, ...later]
    return { ...fault.plan?.(scope, interaction), isCached: true, runs: 2, primary }
  },
})

/** An earlier answer is shown, and the user is told that it is one. */
const cached = (failures: readonly string[], requests: Expected['requests']): Expected => ({
  ...templated('http.server'),
  attempts: [...failures, 'cache ok'],
  shows: 'primary',
  moment: 'cached',
  requests,
})

/** Faults that an answer of before helps over. */
export const cachedFaults: readonly Fault[] = [
  kept('503', { expect: () => cached(['primary http.server', 'fast http.server'], [2, 1]) }),
  kept('offline before', {
    plan: () => ({ pageFault: 'offline before' }),
    expect: () => cached(['primary offline'], [1, 0]),
  }),
  kept('refusal', {
    behaves: () => [refusal],
    expect: () => cached(['primary refusal'], [2, 0]),
  }),
  kept('slow headers', {
    behaves: () => [neverAnswers],
    plan: () => ({ isTimed: true }),
    expect: (_, interaction) => ({
      ...(interaction === 'progressive'
        ? cached(['primary timeout.first-token'], [2, 0])
        : cached(['primary timeout.complete', 'fast timeout.first-token'], [2, 1])),
      saw: ['slow'],
    }),
  }),
]

import { whole } from '../behaviour.ts'
import { answered, disabled, type Expected } from '../expected.ts'
import type { Fault } from '../fault.ts'

const unhurried = (text: string) => [whole(text, { everyMs: 70 })]
const BOTH = ['primary', 'all'] as const
/** In `primary` the browser hears of flags; in `all` it does not, and only the server knows. */
const told = { primary: 'live', all: 'none', bare: 'none' } as const

const killed = (attempts: readonly string[], primary: number): Expected => ({
  ...disabled,
  attempts: [...attempts, 'template ok'],
  requests: [primary, 0],
})

/** Operators and their flags. */
export const controlFaults: readonly Fault[] = [
  {
    name: 'kill switch mid-stream',
    behaves: unhurried,
    scopes: BOTH,
    plan: (scope) => ({ pageFault: 'killed mid-stream', flags: told[scope] }),
    expect: () => killed(['primary killed'], 1),
  },
  {
    name: 'kill switch before',
    scopes: BOTH,
    plan: (scope) => ({ switch: 'off', flags: told[scope] }),
    expect: (scope) => (scope === 'primary' ? disabled : killed(['primary killed'], 1)),
  },
  {
    name: 'not rolled out',
    scopes: BOTH,
    plan: (scope) => ({ switch: 'not rolled out', flags: told[scope] }),
    expect: (scope) => (scope === 'primary' ? disabled : killed(['primary killed'], 1)),
  },
  {
    name: 'flag service down',
    scopes: BOTH,
    plan: (scope) => ({ flags: scope === 'primary' ? 'refusing' : 'silent' }),
    expect: () => answered,
  },
]

/** Levels that somebody else decides, which are no faults, and move nothing on the page. */
export const levelFaults: readonly Fault[] = [
  {
    name: 'level 4 by a control',
    scopes: ['primary'],
    plan: () => ({ flags: 'live', switch: { maxLevel: 4 } }),
    expect: () => ({ ...answered, outcome: 'degraded', moment: 'limited' }),
  },
  {
    name: 'level 3 by a control',
    scopes: ['primary'],
    plan: () => ({ flags: 'live', switch: { maxLevel: 3 } }),
    expect: () => ({
      ...answered,
      outcome: 'degraded',
      attempts: ['fast ok'],
      shows: 'fast',
      moment: 'limited',
      requests: [0, 1],
    }),
  },
  {
    name: 'level 2 by a control',
    scopes: ['primary'],
    plan: () => ({ flags: 'live', switch: { maxLevel: 2 } }),
    expect: () => ({ ...disabled, outcome: 'degraded', shows: 'template', moment: 'template' }),
  },
  {
    name: 'level 1 by a control',
    scopes: ['primary'],
    plan: () => ({ flags: 'live', switch: { maxLevel: 1 } }),
    expect: () => ({
      ...disabled,
      outcome: 'omitted',
      attempts: ['omit ok'],
      shows: 'fallback',
      moment: 'omitted',
    }),
  },
  {
    name: 'level 3 by the server, in its answer',
    scopes: ['primary'],
    behaves: (text) => [whole(text, { headers: { evenkeel: 'level=3' } })],
    expect: () => ({ ...answered, outcome: 'degraded', moment: 'limited' }),
  },
]

import { status, whole } from '../behaviour.ts'
import { disabled, type Expected, templated } from '../expected.ts'
import type { Deed, Fault, Plan } from '../fault.ts'
import { PRIMARY } from '../texts.ts'

/** In `primary` the browser hears of flags; in `all` it does not, and only the server knows. */
const told = { primary: 'live', all: 'none', bare: 'live' } as const

/** A first run's answer is kept on disk; then these things are done, and it is asked again. */
const after = (deeds: readonly Deed[]): Partial<Plan> => ({
  flags: 'live',
  isCached: true,
  isOnDisk: true,
  runs: 2,
  deeds,
  primary: [whole(PRIMARY), status(503)],
  fast: [status(503)],
})

/** Switched off: nobody is asked, and only what needs no model may answer. */
const off = (attempt: string, shows: Expected['shows'], kept: Expected['kept']): Expected => ({
  ...disabled,
  attempts: attempt === 'cache ok' ? [attempt] : [attempt, 'template ok'],
  shows,
  requests: [1, 0],
  kept,
})

/** Switched on again, while no model answers: what was bad is not said again in its place. */
const onAgain = (kept: Expected['kept']): Expected => ({
  ...templated('http.server'),
  attempts: ['primary http.server', 'fast http.server', 'cache empty', 'template ok'],
  requests: [2, 1],
  kept,
})

/** A feature that is switched off for what it said, and for comparison one that is switched off for another reason. */
export const badContentFaults: readonly Fault[] = [
  {
    name: 'killed for what it said, asked again',
    scopes: ['primary'],
    plan: () => after(['killed for what it said']),
    expect: () => off('cache empty', 'template and fallback', [true, false, false]),
  },
  {
    name: 'killed for another reason, asked again',
    scopes: ['primary'],
    plan: () => after(['killed']),
    expect: () => off('cache ok', 'primary and fallback', [true, true, true]),
  },
  {
    name: 'killed for what it said, and on again',
    scopes: ['primary'],
    plan: () => after(['killed for what it said', 'switched on']),
    expect: () => onAgain([true, false, false]),
  },
  {
    name: 'killed for what it said while the page was closed',
    scopes: ['primary'],
    plan: () => after(['page closed', 'killed for what it said', 'switched on', 'page opened']),
    // What is kept goes when the page looks at it for the first time.
    expect: () => onAgain([true, null, false]),
  },
  {
    name: 'killed for what it said mid-stream',
    // In `bare` there is nothing to take the place of what was read.
    plan: (scope) => ({
      ...after([]),
      flags: told[scope],
      pageFault: 'killed for what it said mid-stream',
      // It is stopped all the same.
      whenKilled: 'finish',
      primary: [whole(PRIMARY), whole(PRIMARY, { everyMs: 70 })],
    }),
    expect: (scope) => ({
      ...disabled,
      attempts: ['primary killed', 'cache empty', ...(scope === 'bare' ? [] : ['template ok'])],
      shows: scope === 'bare' ? 'partial and fallback' : 'template and fallback',
      requests: [2, 0],
      // The server alone does not say why it switched off: nothing is said again, and nothing goes.
      kept: [true, true, scope === 'all'],
    }),
  },
]

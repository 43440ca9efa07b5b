import { status, whole } from '../behaviour.ts'
import { type Expected, omitted, rescued } from '../expected.ts'
import type { Fault } from '../fault.ts'

/** The answer cannot be drawn, so the user has nothing of it, and the product's own way takes its place. */
const undrawn: Expected = {
  ...omitted('omitted', 'bug', null),
  attempts: ['primary bug'],
  bugs: 1,
}

/** Exceptions in the app's own code. */
export const exceptionFaults: readonly Fault[] = [
  {
    name: "an exception in the app's template",
    scopes: ['primary', 'all'],
    behaves: () => [status(503)],
    plan: () => ({ throwsIn: 'template' }),
    // The template is not called where a model answers.
    expect: (scope) =>
      scope === 'primary'
        ? rescued('http.server')
        : {
            ...omitted('omitted', 'http.server'),
            attempts: ['primary http.server', 'fast http.server', 'template bug', 'omit ok'],
            bugs: 1,
          },
  },
  {
    name: 'an exception while rendering',
    scopes: ['primary', 'all'],
    behaves: (text) => [whole(text, { everyMs: 70 })],
    // In `primary` while the answer streams, in `all` once it is whole.
    plan: (scope) => ({ throwsIn: scope === 'primary' ? 'drawing' : 'drawing the whole' }),
    expect: () => undrawn,
  },
]

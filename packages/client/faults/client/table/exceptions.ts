import { status } from '../behaviour.ts'
import { omitted, rescued } from '../expected.ts'
import type { Fault } from '../fault.ts'

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
]

import { whole } from '../behaviour.ts'
import { answered } from '../expected.ts'
import type { Fault } from '../fault.ts'

/** Nothing goes wrong: an answer that is longer than its place, with content below it. */
export const streamFaults: readonly Fault[] = [
  { name: 'no fault', scopes: ['primary'], expect: () => answered },
  {
    name: 'no fault, a long answer',
    scopes: ['primary'],
    behaves: (text) => [whole(text, { everyMs: 4 })],
    plan: () => ({ isLong: true }),
    expect: () => answered,
  },
]

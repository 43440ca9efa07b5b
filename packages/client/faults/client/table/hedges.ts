import { type Behaviour, neverAnswers, slowFirstToken, status, whole } from '../behaviour.ts'
import { answered, type Expected, rescued } from '../expected.ts'
import type { Fault, Plan } from '../fault.ts'
import { FAST } from '../texts.ts'

/** A hedge goes out after a second and a half; what is late comes well after it. */
const LATE_MS = 2_600

const late = (text: string) => [slowFirstToken(text, LATE_MS)]

interface Hedge {
  readonly fast?: readonly Behaviour[]
  readonly plan?: Partial<Plan>
  readonly expect: Expected
}

/** The first model says nothing for longer than a hedge waits. */
const hedge = (name: string, { fast = [whole(FAST)], plan = {}, expect }: Hedge): Fault => ({
  name: `late, and ${name}`,
  scopes: ['primary'],
  behaves: late,
  plan: () => ({ hedge: 'chosen', fast, ...plan }),
  expect: () => expect,
})

/** The first model's answer, after somebody else was asked beside it. */
const waitedFor = (attempt: string): Expected => ({
  ...answered,
  attempts: [attempt, 'primary ok'],
  requests: [1, 1],
})

/** A late answer may be raced, within narrow bounds. */
export const hedgeFaults: readonly Fault[] = [
  hedge('a hedge is faster', {
    expect: {
      ...rescued('aborted'),
      attempts: ['primary aborted', 'hedge fast ok'],
      loser: 'primary',
      rescued: false,
    },
  }),
  hedge('it is faster than the hedge', {
    fast: [neverAnswers],
    expect: { ...waitedFor('hedge fast aborted'), loser: 'fast' },
  }),
  hedge('the hedge fails', { fast: [status(503)], expect: waitedFor('hedge fast http.server') }),
  hedge('an operator has turned hedging off', {
    plan: { flags: 'live', switch: 'no hedging' },
    expect: answered,
  }),
  hedge('the run is not among those chosen', { plan: { hedge: 'not chosen' }, expect: answered }),
  hedge('nobody looks', { plan: { pageFault: 'hidden while it waits' }, expect: answered }),
]

import {
  endsEarly,
  neverAnswers,
  pingsOnly,
  resetBeforeHeaders,
  resetsMidStream,
  slowFirstToken,
  stallsAfterTokens,
} from '../behaviour.ts'
import {
  answered,
  incomplete,
  omitted,
  replacedByFast,
  replacedByTemplate,
  rescued,
  templated,
} from '../expected.ts'
import type { Fault } from '../fault.ts'

const isTimed = () => ({ isTimed: true })

/** Servers that cannot be reached, are slow, or hang up. */
export const connectionFaults: readonly Fault[] = [
  {
    name: 'connection refused',
    plan: () => ({ isRefused: true }),
    behaves: () => [resetBeforeHeaders],
    expect: (scope) => {
      // What is refused never reaches the server.
      if (scope === 'primary') return { ...rescued('network'), requests: [0, 1] }
      if (scope === 'all') return { ...templated('network'), requests: [0, 1] }
      return { ...omitted('retry', 'network'), requests: [0, 1] }
    },
  },
  {
    name: 'reset before headers',
    behaves: () => [resetBeforeHeaders],
    expect: (scope) =>
      scope === 'primary'
        ? rescued('network')
        : scope === 'all'
          ? templated('network')
          : omitted('retry', 'network'),
  },
  {
    name: 'slow headers',
    plan: isTimed,
    behaves: () => [neverAnswers],
    // A progressive answer is waited for until it is given up, and then no time is left for another model.
    expect: (scope, interaction) => {
      const late = 'timeout.first-token'
      if (interaction === 'progressive') {
        return scope === 'bare'
          ? { ...omitted('retry', late, null), saw: ['slow'] }
          : {
              ...templated(late),
              attempts: [`primary ${late}`, 'template ok'],
              requests: [1, 0],
              saw: ['slow'],
            }
      }
      if (scope === 'primary') return { ...rescued('timeout.complete'), saw: ['slow'] }
      if (scope === 'all') return { ...templated('timeout.complete', late), saw: ['slow'] }
      return { ...omitted('retry', 'timeout.complete', late), saw: ['slow'] }
    },
  },
  {
    name: 'slow first token',
    plan: isTimed,
    // Later than 60 % of the budget, and for a synchronous answer later than all of it.
    behaves: (text, interaction) => [slowFirstToken(text, interaction === 'asynchronous' ? 3_000 : 1_800)],
    expect: (scope, interaction) => {
      if (interaction !== 'synchronous') return { ...answered, saw: ['slow'] }
      if (scope === 'primary') return { ...rescued('timeout.complete'), saw: ['slow'] }
      const late = 'timeout.first-token'
      if (scope === 'all') return { ...templated('timeout.complete', late), saw: ['slow'] }
      return { ...omitted('retry', 'timeout.complete', late), saw: ['slow'] }
    },
  },
  {
    name: 'stall after n tokens',
    plan: isTimed,
    behaves: (text) => [stallsAfterTokens(text)],
    // Whoever waits for the whole answer is late before the silence is long enough.
    expect: (scope, interaction) => {
      const failure = interaction === 'synchronous' ? 'timeout.complete' : 'timeout.stall'
      if (scope === 'primary') return { ...replacedByFast(failure), saw: ['disclosure'] }
      if (scope === 'all') return { ...replacedByTemplate(failure), saw: ['disclosure'] }
      return { ...incomplete(failure), saw: ['disclosure'] }
    },
  },
  {
    name: 'pings without content',
    plan: isTimed,
    behaves: () => [pingsOnly],
    expect: (scope, interaction) => {
      if (interaction === 'synchronous') {
        if (scope === 'primary') return { ...rescued('timeout.complete'), saw: ['slow'] }
        const late = 'timeout.first-token'
        if (scope === 'all') return { ...templated('timeout.complete', late), saw: ['slow'] }
        return { ...omitted('retry', 'timeout.complete', late), saw: ['slow'] }
      }
      if (scope === 'primary') return rescued('timeout.stall')
      return scope === 'all' ? templated('timeout.stall') : omitted('retry', 'timeout.stall')
    },
  },
  {
    name: 'reset mid-stream',
    behaves: (text) => [resetsMidStream(text)],
    expect: (scope) =>
      scope === 'primary'
        ? replacedByFast('network')
        : scope === 'all'
          ? replacedByTemplate('network')
          : incomplete('network'),
  },
  {
    name: 'body ends early',
    behaves: (text) => [endsEarly(text)],
    expect: (scope) =>
      scope === 'primary'
        ? replacedByFast('truncated')
        : scope === 'all'
          ? replacedByTemplate('truncated')
          : incomplete('truncated'),
  },
]

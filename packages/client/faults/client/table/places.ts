import { status, whole } from '../behaviour.ts'
import { abandoned, answered, incomplete, omitted, rescued, templated, templatedAtOnce } from '../expected.ts'
import type { Fault } from '../fault.ts'
import { AGAIN, PRIMARY } from '../texts.ts'

/** Slow enough that something can happen in the middle of it. */
const unhurried = (text: string) => [whole(text, { everyMs: 70 })]
/** Everybody answers as they should: the fault is the page's. */
const BOTH = ['primary', 'all'] as const

/** What happens to the page while it asks. In `all` no model answers either, as soon as one could. */
export const placeFaults: readonly Fault[] = [
  {
    name: 'offline before',
    behaves: () => [status(503)],
    plan: () => ({ pageFault: 'offline before' }),
    expect: (scope) =>
      scope === 'bare'
        ? { ...omitted('offline', 'offline', null), requests: [0, 0] }
        : { ...templatedAtOnce('offline'), requests: [0, 0] },
  },
  {
    name: 'offline mid-stream',
    behaves: unhurried,
    plan: () => ({ pageFault: 'offline mid-stream' }),
    // The second model is thought of, and not asked, for want of a network.
    expect: (scope) =>
      scope === 'bare'
        ? { ...incomplete('network', 'offline'), requests: [1, 0] }
        : { ...templated('network', 'offline'), moment: 'replaced', requests: [1, 0] },
  },
  {
    name: 'tab hidden mid-stream',
    behaves: unhurried,
    scopes: BOTH,
    plan: () => ({ pageFault: 'hidden mid-stream' }),
    expect: () => answered,
  },
  {
    name: 'unmount mid-stream',
    behaves: unhurried,
    scopes: BOTH,
    plan: () => ({ pageFault: 'unmounted mid-stream' }),
    // Who does other things meanwhile gets the answer all the same.
    expect: (_, interaction) =>
      interaction === 'asynchronous' ? { ...answered, shows: 'nothing', moment: null } : abandoned,
  },
  {
    name: 'regenerate mid-stream',
    scopes: BOTH,
    plan: (scope) => ({
      pageFault: 'regenerated mid-stream',
      primary: [...unhurried(PRIMARY), scope === 'primary' ? whole(AGAIN) : status(503)],
      fast: [status(503)],
    }),
    expect: (scope) =>
      scope === 'primary'
        ? { ...answered, shows: 'again', requests: [2, 0] }
        : { ...templated('http.server'), requests: [2, 1] },
  },
  {
    name: 'storage blocked',
    behaves: () => [status(503)],
    plan: () => ({ pageFault: 'storage blocked' }),
    expect: (scope) =>
      scope === 'primary'
        ? rescued('http.server')
        : scope === 'all'
          ? templated('http.server')
          : omitted('retry', 'http.server'),
  },
]

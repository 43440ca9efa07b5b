import { INTERACTIONS, type Interaction } from '@evenkeel/shared'
import { type Behaviour, whole } from './behaviour.ts'
import type { Expected } from './expected.ts'
import type { Fault, Plan, Scope } from './fault.ts'
import { badContentFaults } from './table/bad-content.ts'
import { bodyFaults } from './table/bodies.ts'
import { cachedFaults } from './table/cached.ts'
import { connectionFaults } from './table/connections.ts'
import { controlFaults, levelFaults } from './table/controls.ts'
import { domainFaults } from './table/domains.ts'
import { exceptionFaults } from './table/exceptions.ts'
import { hedgeFaults } from './table/hedges.ts'
import { mannersFaults } from './table/manners.ts'
import { placeFaults } from './table/places.ts'
import { schemaFaults } from './table/schemas.ts'
import { statusFaults } from './table/statuses.ts'
import { streamFaults } from './table/streams.ts'
import { FAST, LONG, PRIMARY, STRUCTURED } from './texts.ts'

/** One line of the table. */
export interface Row {
  /** Part of URLs and of the feature's id: lower-case words and hyphens. */
  readonly id: string
  readonly fault: string
  readonly interaction: Interaction
  readonly scope: Scope
  readonly plan: Plan
  readonly expect: Expected
}

const FAULTS: readonly Fault[] = [
  ...streamFaults,
  ...connectionFaults,
  ...statusFaults,
  ...bodyFaults,
  ...schemaFaults,
  ...placeFaults,
  ...controlFaults,
  ...exceptionFaults,
  ...domainFaults,
  ...levelFaults,
  ...mannersFaults,
  ...cachedFaults,
  ...hedgeFaults,
  ...badContentFaults,
]

/** With nothing but omission beneath, each fault is met once: the interactions take turns. */
const turnOf = (index: number): Interaction => INTERACTIONS[index % INTERACTIONS.length] ?? 'progressive'

export const ROWS: readonly Row[] = FAULTS.flatMap((fault, index) =>
  (fault.scopes ?? ['primary', 'all', 'bare']).flatMap((scope) =>
    INTERACTIONS.filter((interaction) => scope !== 'bare' || interaction === turnOf(index)).map(
      (interaction) => rowOf(fault, scope, interaction),
    ),
  ),
)

/** Each fault in two of its rows at least, and in others than its neighbour. */
export const SHORT_ROWS: readonly Row[] = FAULTS.flatMap((fault, index) => {
  const own = ROWS.filter((row) => row.fault === fault.name)
  const count = own.length > 3 ? 2 : 1
  return Array.from({ length: count }, (_, turn) => own[(index + turn * 4) % own.length]).filter(
    (row) => row !== undefined,
  )
})

function rowOf(fault: Fault, scope: Scope, interaction: Interaction): Row {
  const plan = planOf(fault, scope, interaction)
  const id = `${fault.name} ${interaction} ${scope}`.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return { id, fault: fault.name, interaction, scope, plan, expect: fault.expect(scope, interaction) }
}

function planOf(fault: Fault, scope: Scope, interaction: Interaction): Plan {
  const own = fault.plan?.(scope, interaction) ?? {}
  const [primary, fast] = own.isStructured
    ? [JSON.stringify(STRUCTURED.primary), JSON.stringify(STRUCTURED.fast)]
    : [own.isLong ? LONG : PRIMARY, FAST]
  const healthy = (text: string): readonly Behaviour[] => [whole(text)]
  const faulty = (text: string) => fault.behaves?.(text, interaction) ?? healthy(text)
  return {
    primary: faulty(primary),
    fast: scope === 'primary' ? healthy(fast) : faulty(fast),
    isRefused: false,
    isOneDomain: false,
    isStructured: false,
    isTimed: false,
    isLong: false,
    isCached: false,
    isOnDisk: false,
    deeds: [],
    hedge: null,
    whenKilled: 'stop',
    runs: 1,
    pageFault: null,
    flags: 'none',
    switch: null,
    throwsIn: null,
    ...own,
  }
}

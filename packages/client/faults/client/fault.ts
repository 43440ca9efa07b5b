import type { BudgetSpec, Interaction, Level } from '@evenkeel/shared'
import type { Behaviour } from './behaviour.ts'
import type { Expected } from './expected.ts'

/**
 * Who has the fault. `primary`: the first model only. `all`: both models. `bare`: both, and there is nothing
 * beneath them but omission.
 */
export type Scope = 'primary' | 'all' | 'bare'

/** What is done to the page, not to the server; before or in the last run, where the user asks more than once. */
export type PageFault =
  | 'offline before'
  | 'offline mid-stream'
  | 'hidden mid-stream'
  | 'unmounted mid-stream'
  | 'regenerated mid-stream'
  | 'killed mid-stream'
  | 'killed for what it said mid-stream'
  | 'hidden while it waits'
  | 'storage blocked'

/** What is done, one thing after the other, between the first run and the second. */
export type Deed = 'killed' | 'killed for what it said' | 'switched on' | 'page closed' | 'page opened'

/** Where the browser hears of flags: nowhere, from the server, or from one that is down. */
export type FlagSource = 'none' | 'live' | 'refusing' | 'silent'

/** What the operators have set before the page is opened. */
export type Switch = 'off' | 'not rolled out' | 'no hedging' | { readonly maxLevel: Level }

/** Everything that happens in one row. */
export interface Plan {
  /** By request, the last one for all that follow. */
  readonly primary: readonly Behaviour[]
  readonly fast: readonly Behaviour[]
  /** Nobody listens where the primary model's URL points. */
  readonly isRefused: boolean
  /** Both models behind one URL, so that they fail together unless the server says otherwise. */
  readonly isOneDomain: boolean
  readonly isStructured: boolean
  /** The row is about time, so the feature has budgets short enough to wait for. */
  readonly isTimed: boolean
  readonly isLong: boolean
  /** How often the user asks, one time after the other. */
  readonly runs: number
  readonly pageFault: PageFault | null
  readonly flags: FlagSource
  readonly switch: Switch | null
  /** There is a cache step, and the first run leaves an answer in it. */
  readonly isCached: boolean
  /** Answers are kept past the page, so that the browser itself can be asked what is left of them. */
  readonly isOnDisk: boolean
  /** Before the last run, where there are several. */
  readonly deeds: readonly Deed[]
  /** The second model may race a late first one, in a run that is one of the few chosen or in one that is not. */
  readonly hedge: 'chosen' | 'not chosen' | null
  readonly whenKilled: 'stop' | 'finish'
  /** Which code of the app throws: what draws the answer does so while it streams, or once it is whole. */
  readonly throwsIn: 'template' | 'drawing' | 'drawing the whole' | null
}

/** One way for things to go wrong, and what has to come of it. */
export interface Fault {
  readonly name: string
  /** How a model that has the fault answers; it is told what a healthy one would have said. */
  readonly behaves?: (text: string, interaction: Interaction) => readonly Behaviour[]
  readonly plan?: (scope: Scope, interaction: Interaction) => Partial<Plan>
  readonly expect: (scope: Scope, interaction: Interaction) => Expected
  readonly scopes?: readonly Scope[]
}

/** Long enough that no row which is not about time ever meets them, also on a machine that is busy. */
const CALM: Readonly<Record<Interaction, BudgetSpec>> = {
  synchronous: { completeMs: 8_000, stallMs: 8_000, giveUpMs: 16_000 },
  progressive: { firstTokenMs: 4_000, completeMs: 10_000, stallMs: 8_000, giveUpMs: 16_000 },
  asynchronous: { completeMs: 10_000, stallMs: 8_000, giveUpMs: 20_000 },
}

/** In the proportions of the defaults, and far enough apart to be told apart. */
const TIMED: Readonly<Record<Interaction, BudgetSpec>> = {
  synchronous: { completeMs: 1_000, stallMs: 8_000, giveUpMs: 2_500 },
  progressive: { firstTokenMs: 700, completeMs: 3_000, stallMs: 1_600, giveUpMs: 5_000 },
  asynchronous: { completeMs: 4_500, stallMs: 1_500, giveUpMs: 8_000 },
}

export const budgetOf = (interaction: Interaction, isTimed: boolean): BudgetSpec =>
  (isTimed ? TIMED : CALM)[interaction]

/** How long a row may take until it counts as stuck. */
export const deadlineOf = (interaction: Interaction, isTimed: boolean): number =>
  (budgetOf(interaction, isTimed).giveUpMs ?? 0) + 4_000

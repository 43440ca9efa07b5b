import type { Interaction } from './interaction.ts'
import type { Level } from './level.ts'

/** The time a run may take, in milliseconds from the trigger; `null` where no such budget applies. */
export interface Budget {
  /** Until the first visible content. */
  readonly firstTokenMs: number | null
  /** Until the whole answer. */
  readonly completeMs: number
  /** Longest silence between protocol events other than pings, after which an attempt has stalled. */
  readonly stallMs: number
  /** Until the attempt in hand is given up. */
  readonly giveUpMs: number
  /** After this long without a first token a step marked `hedge` may race. */
  readonly hedgeAfterMs: number
}

/** What happens when an answer is not complete in its budget. */
export type WhenLate = 'next-step' | 'keep-streaming'

/** What happens to a running answer when the component that asked for it unmounts. */
export type OnUnmount = 'abort' | 'detach'

/** What one interaction type gets by default. */
export interface InteractionDefaults {
  readonly budget: Budget
  readonly whenLate: WhenLate
  readonly onUnmount: OnUnmount
}

const STALL_MS = 10_000
const HEDGE_AFTER_MS = 1_500

/** The share of a budget after which the user is told that it is slow. */
export const SLOW_SHARE = 0.6

/** One row for each interaction type; a feature may set any figure anew. */
export const INTERACTION_DEFAULTS: Readonly<Record<Interaction, InteractionDefaults>> = {
  synchronous: {
    budget: {
      firstTokenMs: null,
      completeMs: 1_000,
      stallMs: STALL_MS,
      giveUpMs: 2_500,
      hedgeAfterMs: HEDGE_AFTER_MS,
    },
    whenLate: 'next-step',
    onUnmount: 'abort',
  },
  progressive: {
    budget: {
      firstTokenMs: 500,
      completeMs: 5_000,
      stallMs: STALL_MS,
      giveUpMs: 15_000,
      hedgeAfterMs: HEDGE_AFTER_MS,
    },
    whenLate: 'keep-streaming',
    onUnmount: 'abort',
  },
  asynchronous: {
    budget: {
      firstTokenMs: null,
      completeMs: 20_000,
      stallMs: STALL_MS,
      giveUpMs: 60_000,
      hedgeAfterMs: HEDGE_AFTER_MS,
    },
    whenLate: 'next-step',
    onUnmount: 'detach',
  },
}

/** Figures that differ from the interaction's defaults, and further by intent, path or level. */
export interface BudgetSpec extends Partial<Budget> {
  readonly byIntent?: Readonly<Record<string, Partial<Budget>>>
  readonly byPath?: Readonly<Record<string, Partial<Budget>>>
  readonly byLevel?: Readonly<Partial<Record<Level, Partial<Budget>>>>
}

/** What a budget may depend on besides the feature. */
export interface BudgetContext {
  readonly intent?: string | null
  readonly path?: string | null
  readonly level?: Level
}

/** The budget in force. The most particular figure wins: level over path over intent over feature over default. */
export function resolveBudget(
  interaction: Interaction,
  spec: BudgetSpec | undefined,
  context: BudgetContext = {},
): Budget {
  const { byIntent, byPath, byLevel, ...own } = spec ?? {}
  return {
    ...INTERACTION_DEFAULTS[interaction].budget,
    ...figuresIn(own),
    ...figuresIn(context.intent ? byIntent?.[context.intent] : undefined),
    ...figuresIn(context.path ? byPath?.[context.path] : undefined),
    ...figuresIn(context.level ? byLevel?.[context.level] : undefined),
  }
}

// In untyped code a figure may stand there as `undefined`; spread as it is, it would erase the default.
function figuresIn(budget: Partial<Budget> | undefined): Partial<Budget> {
  return Object.fromEntries(Object.entries(budget ?? {}).filter(([, figure]) => figure !== undefined))
}

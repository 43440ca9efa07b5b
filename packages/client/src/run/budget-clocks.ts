import {
  type Budget,
  type BudgetContext,
  type Failure,
  type Feature,
  INTERACTION_DEFAULTS,
  resolveBudget,
  SLOW_SHARE,
} from '@evenkeel/shared'
import type { Clock } from './clock.ts'

/** A point on a run's budget. */
export type Alarm = 'slow' | 'complete' | 'give-up'

type Spec = Pick<Feature, 'interaction' | 'budget' | 'mode'>

/** When each alarm rings, in milliseconds from the trigger; `null` for never. */
export function alarmTimes(
  { interaction, mode }: Spec,
  budget: Budget,
): Readonly<Record<Alarm, number | null>> {
  const isEnforced = mode === 'enforce'
  const { whenLate } = INTERACTION_DEFAULTS[interaction]
  return {
    slow: SLOW_SHARE * (budget.firstTokenMs ?? budget.completeMs),
    complete: isEnforced && whenLate === 'next-step' ? budget.completeMs : null,
    'give-up': isEnforced ? budget.giveUpMs : null,
  }
}

/** The end of an attempt that was in hand when this alarm rang. */
export function timeoutOf(
  alarm: 'complete' | 'give-up',
  budget: Budget,
  hasContent: boolean,
): { readonly failure: Failure; readonly detail: string } {
  if (alarm === 'complete') {
    return { failure: 'timeout.complete', detail: `not complete in ${budget.completeMs} ms` }
  }
  return hasContent
    ? { failure: 'timeout.complete', detail: `not complete in ${budget.giveUpMs} ms` }
    : { failure: 'timeout.first-token', detail: `nothing visible in ${budget.giveUpMs} ms` }
}

/** The clocks of one run. All run from the trigger, whichever attempt is in hand. */
export interface BudgetClocks {
  /** The budget in force. */
  readonly budget: Budget
  /** Sets the alarms for what is known now; one that has rung does not ring again. */
  arm(context: BudgetContext): void
  stop(): void
}

export function createBudgetClocks(
  feature: Spec,
  clock: Clock,
  sinceMs: () => number,
  ring: (alarm: Alarm) => void,
): BudgetClocks {
  const cancels = new Map<Alarm, () => void>()
  const rung = new Set<Alarm>()
  let budget = resolveBudget(feature.interaction, feature.budget)

  const stop = () => {
    for (const cancel of cancels.values()) cancel()
    cancels.clear()
  }
  const set = (alarm: Alarm, atMs: number) => {
    const onTime = () => {
      cancels.delete(alarm)
      rung.add(alarm)
      ring(alarm)
    }
    cancels.set(alarm, clock.setTimeout(onTime, Math.max(0, atMs - sinceMs())))
  }
  return {
    get budget() {
      return budget
    },
    arm(context) {
      stop()
      budget = resolveBudget(feature.interaction, feature.budget, context)
      for (const [alarm, atMs] of Object.entries(alarmTimes(feature, budget)) as [Alarm, number | null][]) {
        if (atMs !== null && !rung.has(alarm)) set(alarm, atMs)
      }
    },
    stop,
  }
}

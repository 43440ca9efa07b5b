import { type Budget, SLOW_SHARE, type WhenLate } from '@evenkeel/shared'
import type { Clock } from './clock.ts'

/** A point on a run's budget. */
export type Alarm = 'slow' | 'complete' | 'give-up'

/** When each alarm rings, in milliseconds from the trigger; `null` for never. */
export function alarmTimes(
  budget: Budget,
  whenLate: WhenLate,
  enforced: boolean,
): Readonly<Record<Alarm, number | null>> {
  return {
    slow: SLOW_SHARE * (budget.firstTokenMs ?? budget.completeMs),
    complete: enforced && whenLate === 'next-step' ? budget.completeMs : null,
    'give-up': enforced ? budget.giveUpMs : null,
  }
}

/** The clocks of one run. All run from the trigger, whichever attempt is in hand. */
export interface BudgetClocks {
  /** Sets the alarms anew; one whose time has passed is not rung again. */
  arm(times: Readonly<Record<Alarm, number | null>>): void
  stop(): void
}

export function createBudgetClocks(
  clock: Clock,
  sinceMs: () => number,
  ring: (alarm: Alarm) => void,
): BudgetClocks {
  const cancels = new Map<Alarm, () => void>()
  const rung = new Set<Alarm>()

  const stop = () => {
    for (const cancel of cancels.values()) cancel()
    cancels.clear()
  }
  return {
    stop,
    arm(times) {
      stop()
      for (const [alarm, atMs] of Object.entries(times) as [Alarm, number | null][]) {
        if (atMs === null || rung.has(alarm)) continue
        const cancel = clock.setTimeout(
          () => {
            cancels.delete(alarm)
            rung.add(alarm)
            ring(alarm)
          },
          Math.max(0, atMs - sinceMs()),
        )
        cancels.set(alarm, cancel)
      }
    },
  }
}

import { SLOW_SHARE } from '@evenkeel/shared'
import { formatMs } from '../../engine/words/duration.ts'

/** A budget is a round figure: `5 s`, not `5.0 s`. */
export function formatBudget(ms: number): string {
  return formatMs(ms).replace('.0 ', ' ')
}

/** How a figure stands to its budget; these three keep one colour and one word on every page. */
export type BudgetState = 'within' | 'near' | 'over'

export interface BudgetVerdict {
  readonly state: BudgetState
  /** `112 ms over`, `88 ms left`. */
  readonly text: string
}

/** `near` begins where the user would be told that it is slow. */
export function judge(measuredMs: number, budgetMs: number): BudgetVerdict {
  if (measuredMs > budgetMs) return { state: 'over', text: `${formatMs(measuredMs - budgetMs)} over` }
  const state = measuredMs > budgetMs * SLOW_SHARE ? 'near' : 'within'
  return { state, text: `${formatMs(budgetMs - measuredMs)} left` }
}

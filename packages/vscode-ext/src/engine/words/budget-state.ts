import { SLOW_SHARE } from '@evenkeel/shared'

/** How a figure stands to its budget. */
export type BudgetState = 'within' | 'near' | 'over'

/** `near` begins where a user would be told that it is slow. */
export function budgetState(measuredMs: number, budgetMs: number): BudgetState {
  if (measuredMs > budgetMs) return 'over'
  return measuredMs > budgetMs * SLOW_SHARE ? 'near' : 'within'
}

/** The state in words: `within budget`, `near budget`, `over budget`. */
export function formatBudgetState(state: BudgetState): string {
  return `${state} budget`
}

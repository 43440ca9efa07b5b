import { describe, expect, it } from 'vitest'
import { budgetState, formatBudgetState } from './budget-state.ts'

describe('a figure beside its budget', () => {
  it.each([
    [0, 'within budget'],
    [300, 'within budget'],
    [301, 'near budget'],
    [500, 'near budget'],
    [500.1, 'over budget'],
  ])('of %d ms under 500 ms is %s', (measuredMs, words) => {
    expect(formatBudgetState(budgetState(measuredMs, 500))).toBe(words)
  })
})

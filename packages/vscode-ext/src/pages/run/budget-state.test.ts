import { expect, it } from 'vitest'
import { formatBudget, judge } from './budget-state.ts'

it.each([
  [100, 500, 'within', '400 ms left'],
  [300, 500, 'within', '200 ms left'],
  [301, 500, 'near', '199 ms left'],
  [500, 500, 'near', '0 ms left'],
  [500.4, 500, 'over', '0.4 ms over'],
  [1_612, 500, 'over', '1.1 s over'],
] as const)('%d ms of %d ms is %s its budget: %s', (measuredMs, budgetMs, state, text) => {
  expect(judge(measuredMs, budgetMs)).toEqual({ state, text })
})

it.each([
  [5_000, '5 s'],
  [500, '500 ms'],
  [2_500, '2.5 s'],
  [20_000, '20 s'],
])('a budget of %d ms is a round figure: %s', (ms, text) => {
  expect(formatBudget(ms)).toBe(text)
})

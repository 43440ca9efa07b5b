import { expect, it } from 'vitest'
import { durationInWords, percent, standingOf } from './figures.ts'

it.each([
  [0.4, '0 ms'],
  [430.2, '430 ms'],
  [1_234, '1.2 s'],
  [61_000, '61.0 s'],
])('%s ms are %s', (ms, words) => {
  expect(durationInWords(ms)).toBe(words)
})

it.each([
  [null, 500, null],
  [400, null, null],
  [400, 500, 'within'],
  [401, 500, 'near'],
  [500, 500, 'near'],
  [501, 500, 'over'],
] as const)('%s ms of a budget of %s are %s', (ms, budgetMs, standing) => {
  expect(standingOf(ms, budgetMs)).toBe(standing)
})

it('a place on an axis is on the axis', () => {
  expect([percent(50, 200), percent(300, 200), percent(-1, 200), percent(0, 0)]).toEqual([
    '25.00%',
    '100.00%',
    '0.00%',
    '0.00%',
  ])
})

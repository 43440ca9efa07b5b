import { describe, expect, it } from 'vitest'
import { nameOfStep, rolesOf } from './attempt-role.ts'
import { createAttempt, createRun } from './fixtures.ts'

const won = createAttempt({})
const failed = createAttempt({ failure: 'network' })
const cut = createAttempt({ failure: 'truncated', firstTokenMs: 20 })
const omit = createAttempt({ step: 'omit', tier: null })

describe('the role of an attempt', () => {
  it.each([
    ['answered', [failed, won], ['lost', 'answered']],
    ['degraded', [cut, won], ['lost', 'answered']],
    ['omitted', [failed, omit], ['lost', 'omitted']],
    ['incomplete', [cut, failed], ['partial', 'lost']],
    ['incomplete', [cut, cut], ['lost', 'partial']],
    ['stopped', [cut], ['partial']],
    ['abandoned', [failed], ['lost']],
    ['disabled', [], []],
  ] as const)('in a run that was %s', (outcome, attempts, roles) => {
    expect(rolesOf(createRun({ outcome, attempts: [...attempts] }))).toEqual(roles)
  })
})

it.each([
  [won, 'model primary'],
  [omit, 'omit'],
])('a step is named as the ladder names it', (attempt, name) => {
  expect(nameOfStep(attempt)).toBe(name)
})

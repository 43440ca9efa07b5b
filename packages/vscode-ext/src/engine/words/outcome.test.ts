import { OUTCOMES } from '@evenkeel/shared'
import { expect, it } from 'vitest'
import { formatOutcome } from './outcome.ts'

it('names every outcome in one word, and why a degraded run was degraded', () => {
  expect(OUTCOMES.map((outcome) => formatOutcome(outcome))).toEqual([
    'Answered',
    'Degraded',
    'Incomplete',
    'Omitted',
    'Disabled',
    'Stopped',
    'Abandoned',
  ])
  expect(formatOutcome('degraded', 'failure')).toBe('Degraded by failure')
  expect(formatOutcome('degraded', 'late')).toBe('Degraded by lateness')
  expect(formatOutcome('degraded', 'level')).toBe('Degraded by level')
  expect(formatOutcome('omitted', 'failure')).toBe('Omitted')
})

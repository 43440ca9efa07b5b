import { describe, expect, it } from 'vitest'
import { FAILURE_TABLE, FAILURES, type Failure, type FailureRow } from './failure.ts'
import { FAILURE_MEANING } from './failure-meaning.ts'
import { failureOfStatus } from './failure-of-status.ts'
import { RUN_MOMENTS } from './moment.ts'

/** The table again, from the plan: where the run goes, whether health counts it, what the user may be told. */
const PLAN: readonly [Failure, FailureRow['next'], FailureRow['level'], FailureRow['moment']][] = [
  ['network', 'other-domain', 'count', 'retry'],
  ['offline', 'without-model', 'none', 'offline'],
  ['timeout.first-token', 'other-domain', 'count', 'retry'],
  ['timeout.complete', 'other-domain', 'count', 'retry'],
  ['timeout.stall', 'other-domain', 'count', 'retry'],
  ['http.client', 'other-domain', 'none', 'retry'],
  ['http.rate-limit', 'other-domain', 'count', 'retry'],
  ['http.server', 'other-domain', 'count', 'retry'],
  ['protocol', 'other-domain', 'count', 'retry'],
  ['truncated', 'other-domain', 'count', 'incomplete'],
  ['provider', 'next-step', 'count', 'retry'],
  ['schema', 'retry-once', 'none', 'retry'],
  ['refusal', 'without-model', 'none', 'refused'],
  ['empty', 'next-step', 'count', 'retry'],
  ['killed', 'without-model', 'none', 'disabled'],
  ['aborted', 'end', 'none', null],
  ['bug', 'without-model', 'none', 'omitted'],
]

describe('the failure table', () => {
  it('has one row for each failure and no other', () => {
    expect(FAILURES.toSorted()).toEqual(PLAN.map(([failure]) => failure).toSorted())
  })

  it.each(PLAN)('%s goes on with %s, counts as %s, and says %s', (failure, next, level, moment) => {
    expect(FAILURE_TABLE[failure]).toMatchObject({ next, level, moment })
  })

  it.each(FAILURES)('%s says in one sentence what happened, and names a moment of a run', (failure) => {
    const means = FAILURE_MEANING[failure]
    const { moment } = FAILURE_TABLE[failure]
    expect(means).toMatch(/^[A-Z].*\.$/)
    expect(means).not.toContain('!')
    if (moment !== null) expect(RUN_MOMENTS).toContain(moment)
  })

  it('counts nothing against a domain that is not its doing', () => {
    const own = ['offline', 'http.client', 'schema', 'refusal', 'killed', 'aborted', 'bug']
    expect(FAILURES.filter((failure) => FAILURE_TABLE[failure].level === 'none').toSorted()).toEqual(
      own.toSorted(),
    )
  })
})

describe('an HTTP status', () => {
  it.each([
    [200, null],
    [204, null],
    [299, null],
    [302, 'http.client'],
    [304, 'http.client'],
    [400, 'http.client'],
    [401, 'http.client'],
    [404, 'http.client'],
    [429, 'http.rate-limit'],
    [499, 'http.client'],
    [500, 'http.server'],
    [502, 'http.server'],
    [503, 'http.server'],
    [529, 'http.rate-limit'],
    [599, 'http.server'],
  ] as const)('%d is %s', (status, failure) => {
    expect(failureOfStatus(status)).toBe(failure)
  })
})

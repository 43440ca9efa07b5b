import { FAILURE_TABLE, FAILURES, isFallback, LEVELS, OUTCOMES, STEP_KINDS } from '@evenkeel/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conclude, type RunEnd } from './settle.ts'

const ANSWERED = { step: 'model', isTop: true, replaced: false } as const
const FULL: RunEnd = {
  by: 'ladder',
  answered: ANSWERED,
  level: 5,
  isTold: false,
  hasContent: true,
  failures: [],
}
const NOTHING: RunEnd = { ...FULL, answered: null, hasContent: false }

describe('conclude', () => {
  it.each([
    ['the top step at level 5 is answered', {}, 'answered', null, 'disclosure'],
    [
      'an answer of the top step after its own retry is answered',
      { failures: ['schema'] },
      'answered',
      null,
      'disclosure',
    ],
    [
      'another tier after a failure is degraded by the failure',
      { answered: { ...ANSWERED, isTop: false }, failures: ['provider'] },
      'degraded',
      'failure',
      'disclosure',
    ],
    [
      'a template after a failure is degraded',
      { answered: { step: 'template', isTop: false, replaced: false }, failures: ['network'] },
      'degraded',
      'failure',
      'template',
    ],
    [
      'a template after the budget was spent is degraded because it was late',
      { answered: { step: 'template', isTop: false, replaced: false }, failures: ['timeout.complete'] },
      'degraded',
      'late',
      'template',
    ],
    [
      'a stall is a failure, not a late answer',
      { answered: { ...ANSWERED, isTop: false }, failures: ['timeout.stall'] },
      'degraded',
      'failure',
      'disclosure',
    ],
    [
      'the first failure is the cause',
      { answered: { ...ANSWERED, isTop: false }, failures: ['timeout.first-token', 'network'] },
      'degraded',
      'late',
      'disclosure',
    ],
    [
      'the top step at a lower level is degraded by the level',
      { level: 4, isTold: true },
      'degraded',
      'level',
      'limited',
    ],
    [
      'a failure counts before the level',
      { level: 3, isTold: true, failures: ['provider'] },
      'degraded',
      'failure',
      'limited',
    ],
    [
      'an answer in place of a partial one is told as replaced',
      { answered: { step: 'template', isTop: false, replaced: true }, failures: ['truncated'] },
      'degraded',
      'failure',
      'replaced',
    ],
    [
      'a partial answer that stays is incomplete',
      { answered: null, failures: ['truncated'] },
      'incomplete',
      'failure',
      'incomplete',
    ],
    [
      'a level that omits is omitted by the level',
      { ...NOTHING, level: 1, isTold: true },
      'omitted',
      'level',
      'omitted',
    ],
    [
      'a killed run without an answer is disabled',
      { ...NOTHING, failures: ['killed'] },
      'disabled',
      null,
      'disabled',
    ],
    [
      'a killed run is disabled whatever its user has been shown: it is in no rate',
      { ...NOTHING, hasContent: true, failures: ['http.server', 'killed'] },
      'disabled',
      null,
      'disabled',
    ],
    [
      'a killed run that a template answered is disabled too',
      { answered: { step: 'template', isTop: false, replaced: false }, failures: ['killed'] },
      'disabled',
      null,
      'disabled',
    ],
    [
      'a run that the user stopped keeps its disclosure',
      { by: 'user', answered: null },
      'stopped',
      null,
      'disclosure',
    ],
    ['a run stopped before anything came is silent', { ...NOTHING, by: 'user' }, 'stopped', null, null],
    ['a run that was left is silent', { by: 'departure', failures: ['aborted'] }, 'abandoned', null, null],
    [
      'an answer that a hedge gave is degraded because the first attempt was late',
      { answered: { ...ANSWERED, isTop: false }, failures: ['aborted'] },
      'degraded',
      'late',
      'disclosure',
    ],
    [
      'a template as the top step is answered',
      { answered: { step: 'template', isTop: true, replaced: false } },
      'answered',
      null,
      'template',
    ],
    [
      'a cached answer says so',
      { answered: { step: 'cache', isTop: false, replaced: false } },
      'degraded',
      'failure',
      'cached',
    ],
  ] as const)('%s', (_name, end, outcome, fallbackCause, moment) => {
    expect(conclude({ ...FULL, ...end })).toEqual({ outcome, fallbackCause, moment })
  })

  it.each(FAILURES.filter((failure) => failure !== 'killed'))(
    'tells the moment of the failure table when nothing answers after %s',
    (failure) => {
      expect(conclude({ ...NOTHING, failures: [failure] })).toMatchObject({
        outcome: 'omitted',
        moment: FAILURE_TABLE[failure].moment ?? 'omitted',
      })
    },
  )

  it('gives every end exactly one outcome, and a cause to fallbacks only', () => {
    const end: fc.Arbitrary<RunEnd> = fc.record({
      by: fc.constantFrom('ladder', 'user', 'departure'),
      answered: fc.option(
        fc.record({ step: fc.constantFrom(...STEP_KINDS), isTop: fc.boolean(), replaced: fc.boolean() }),
      ),
      level: fc.constantFrom(...LEVELS),
      isTold: fc.boolean(),
      hasContent: fc.boolean(),
      failures: fc.array(fc.constantFrom(...FAILURES), { maxLength: 4 }),
    })
    fc.assert(
      fc.property(end, (one) => {
        const { outcome, fallbackCause } = conclude(one)
        expect(OUTCOMES).toContain(outcome)
        expect(fallbackCause !== null).toBe(isFallback(outcome))
        if (outcome === 'answered') expect(one.level).toBe(5)
      }),
    )
  })
})

import { FAILURE_TABLE, FAILURES, type Failure, type Step } from '@evenkeel/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Fall, nextStep, startOf } from './ladder-walk.ts'

type Ladder = readonly Step<never, unknown>[]

const A = '/api/a'
const LADDER: Ladder = [
  { step: 'model', url: A },
  { step: 'model', url: A, tier: 'fast' },
  { step: 'model', url: '/api/b', tier: 'other' },
  { step: 'cache', maxAgeMs: 1 },
  { step: 'template', render: () => 'words' },
  { step: 'omit' },
]
const [PRIMARY, FAST, ELSEWHERE, CACHE, TEMPLATE, OMIT] = [0, 1, 2, 3, 4, 5]
const ALL_OPEN = { start: 0, modelTimeLeft: true }

const fell = (at: number, failure: Failure, tierOnly = false): Fall => ({ at, failure, tierOnly })

describe('startOf', () => {
  it.each([
    ['model', PRIMARY],
    [{ step: 'model', tier: 'fast' }, FAST],
    [{ step: 'model', tier: 'nowhere' }, PRIMARY],
    ['cache', 3],
    ['template', TEMPLATE],
    ['omit', OMIT],
  ] as const)('starts at %o on place %i', (startAt, place) => {
    expect(startOf(LADDER, startAt)).toBe(place)
  })

  it('starts at the next lower kind where the ladder has no step of the kind', () => {
    expect(startOf([{ step: 'model', url: A }, { step: 'omit' }], 'cache')).toBe(1)
  })

  it('starts at the end where the ladder has nothing as low', () => {
    expect(
      startOf(
        [
          { step: 'model', url: A },
          { step: 'template', render: () => '' },
        ],
        'omit',
      ),
    ).toBe(1)
  })
})

describe('nextStep', () => {
  it('takes the start where nothing has fallen', () => {
    expect(nextStep(LADDER, [], { ...ALL_OPEN, start: FAST })).toBe(FAST)
  })

  const firstOf = {
    'other-domain': ELSEWHERE,
    'next-step': FAST,
    'retry-once': PRIMARY,
    'without-model': CACHE,
    end: null,
  } as const

  it.each(FAILURES.map((failure) => [failure, FAILURE_TABLE[failure].next] as const))(
    'after %s takes the %s',
    (failure, next) => {
      expect(nextStep(LADDER, [fell(PRIMARY, failure)], ALL_OPEN)).toBe(firstOf[next])
    },
  )

  it.each(['network', 'http.rate-limit', 'http.server'] as const)(
    'asks another tier of the same domain after %s where the server says that only the tier failed',
    (failure) => {
      expect(nextStep(LADDER, [fell(PRIMARY, failure, true)], ALL_OPEN)).toBe(FAST)
    },
  )

  it('keeps a domain closed that failed earlier in the run', () => {
    const ladder: Ladder = [
      { step: 'model', url: A },
      { step: 'model', url: '/api/b' },
      { step: 'model', url: A, tier: 'fast' },
      { step: 'omit' },
    ]
    expect(nextStep(ladder, [fell(0, 'network'), fell(1, 'provider')], ALL_OPEN)).toBe(3)
  })

  it('takes steps of one named domain together, whatever their URLs', () => {
    const ladder: Ladder = [
      { step: 'model', url: '/api/a', domain: 'gpu' },
      { step: 'model', url: '/api/b', domain: 'gpu' },
      { step: 'omit' },
    ]
    expect(nextStep(ladder, [fell(0, 'http.server')], ALL_OPEN)).toBe(2)
  })

  it('asks the same step again after a schema violation, once', () => {
    const once = [fell(PRIMARY, 'schema')]
    expect(nextStep(LADDER, once, ALL_OPEN)).toBe(PRIMARY)
    expect(nextStep(LADDER, [...once, fell(PRIMARY, 'schema')], ALL_OPEN)).toBe(FAST)
  })

  it('does not ask again where the second try at the step failed otherwise', () => {
    expect(nextStep(LADDER, [fell(PRIMARY, 'schema'), fell(PRIMARY, 'provider')], ALL_OPEN)).toBe(FAST)
  })

  it('asks no model when no time is left for one', () => {
    const noTime = { start: 0, modelTimeLeft: false }
    expect(nextStep(LADDER, [fell(PRIMARY, 'schema')], noTime)).toBe(CACHE)
    expect(nextStep(LADDER, [fell(PRIMARY, 'provider')], noTime)).toBe(CACHE)
    expect(nextStep(LADDER, [], noTime)).toBe(CACHE)
  })

  it('passes a step that had nothing, and goes by the failures before it', () => {
    expect(nextStep(LADDER, [], { ...ALL_OPEN, start: CACHE, passed: CACHE })).toBe(TEMPLATE)
    const refused = [fell(PRIMARY, 'refusal')]
    expect(nextStep(LADDER, refused, ALL_OPEN)).toBe(CACHE)
    expect(nextStep(LADDER, refused, { ...ALL_OPEN, passed: CACHE })).toBe(TEMPLATE)
    expect(nextStep(LADDER, [fell(TEMPLATE, 'bug')], { ...ALL_OPEN, passed: CACHE })).toBe(OMIT)
  })

  it('asks a model below a cache that had nothing, unless its domain is closed', () => {
    const ladder: Ladder = [
      { step: 'model', url: A },
      { step: 'cache', maxAgeMs: 1 },
      { step: 'model', url: A, tier: 'fast' },
      { step: 'model', url: '/api/b' },
      { step: 'omit' },
    ]
    expect(nextStep(ladder, [fell(0, 'provider')], { ...ALL_OPEN, passed: 1 })).toBe(2)
    expect(nextStep(ladder, [fell(0, 'network')], { ...ALL_OPEN, passed: 1 })).toBe(3)
  })

  it('does not come back to a step on which a hedge has failed', () => {
    expect(nextStep(LADDER, [fell(FAST, 'empty'), fell(PRIMARY, 'provider')], ALL_OPEN)).toBe(ELSEWHERE)
  })

  it('gives nothing where the ladder has run out', () => {
    expect(nextStep(LADDER.slice(0, 5), [fell(TEMPLATE, 'bug')], ALL_OPEN)).toBeNull()
  })

  it('ends every walk within twice the length of its ladder, never climbing and never asking a closed domain', () => {
    const step: fc.Arbitrary<Step<never, unknown>> = fc.oneof(
      fc.record({
        step: fc.constant('model' as const),
        url: fc.constantFrom('/a', '/b', '/c'),
        tier: fc.constantFrom('x', 'y'),
      }),
      fc.constant({ step: 'cache' as const, maxAgeMs: 1 }),
      fc.constant({ step: 'template' as const, render: () => '' }),
    )
    const failure = fc.record({ failure: fc.constantFrom(...FAILURES), tierOnly: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), fc.infiniteStream(failure), (steps, failures) => {
        const ladder: Ladder = [...steps, { step: 'omit' }]
        const falls: Fall[] = []
        for (
          let at = nextStep(ladder, falls, ALL_OPEN);
          at !== null;
          at = nextStep(ladder, falls, ALL_OPEN)
        ) {
          const taken = ladder[at]
          expect(at).toBeGreaterThanOrEqual(falls.at(-1)?.at ?? 0)
          if (taken?.step === 'model') {
            const closed = falls
              .filter((fall) => FAILURE_TABLE[fall.failure].next === 'other-domain' && !fall.tierOnly)
              .map((fall) => (ladder[fall.at] as typeof taken).url)
            expect(closed).not.toContain(taken.url)
          }
          const [{ value }] = [failures.next()]
          falls.push({ at, ...value })
          expect(falls.length).toBeLessThanOrEqual(2 * ladder.length)
        }
      }),
    )
  })
})

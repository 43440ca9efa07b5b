import { describe, expect, it } from 'vitest'
import { type Budget, INTERACTION_DEFAULTS, resolveBudget, SLOW_SHARE } from './budget.ts'
import { INTERACTIONS } from './interaction.ts'

describe('the budgets of an interaction', () => {
  it.each([
    ['synchronous', null, 1_000, 2_500, 'next-step', 'abort'],
    ['progressive', 500, 5_000, 15_000, 'keep-streaming', 'abort'],
    ['asynchronous', null, 20_000, 60_000, 'next-step', 'detach'],
  ] as const)(
    '%s: first token %s ms, complete %d ms, give up %d ms; late: %s; unmount: %s',
    (interaction, firstTokenMs, completeMs, giveUpMs, whenLate, onUnmount) => {
      expect(INTERACTION_DEFAULTS[interaction]).toEqual({
        budget: { firstTokenMs, completeMs, giveUpMs, stallMs: 10_000, hedgeAfterMs: 1_500 },
        whenLate,
        onUnmount,
      })
      expect(resolveBudget(interaction, undefined)).toEqual(INTERACTION_DEFAULTS[interaction].budget)
    },
  )

  it('end in giving up later than they are late', () => {
    for (const interaction of INTERACTIONS) {
      const { firstTokenMs, completeMs, giveUpMs } = INTERACTION_DEFAULTS[interaction].budget
      expect(firstTokenMs ?? 0).toBeLessThan(completeMs)
      expect(completeMs).toBeLessThan(giveUpMs)
    }
    expect(SLOW_SHARE).toBe(0.6)
  })
})

describe('the budget in force', () => {
  const spec = {
    completeMs: 4_000,
    stallMs: 3_000,
    byIntent: { refund: { completeMs: 4_100, firstTokenMs: 700 } },
    byPath: { deep: { completeMs: 4_200, giveUpMs: 20_000 } },
    byLevel: { 3: { completeMs: 2_000 } },
  }

  it('takes the most particular figure: level over path over intent over feature over default', () => {
    const resolve = (context: Parameters<typeof resolveBudget>[2]) =>
      resolveBudget('progressive', spec, context)
    expect(resolve({})).toMatchObject({
      firstTokenMs: 500,
      completeMs: 4_000,
      stallMs: 3_000,
      giveUpMs: 15_000,
    })
    expect(resolve({ intent: 'refund' })).toMatchObject({ firstTokenMs: 700, completeMs: 4_100 })
    expect(resolve({ intent: 'refund', path: 'deep' })).toMatchObject({
      firstTokenMs: 700,
      completeMs: 4_200,
      giveUpMs: 20_000,
    })
    expect(resolve({ intent: 'refund', path: 'deep', level: 3 })).toMatchObject({
      firstTokenMs: 700,
      completeMs: 2_000,
      giveUpMs: 20_000,
    })
  })

  it('is the same for an intent, path or level that nobody named', () => {
    expect(resolveBudget('progressive', spec, { intent: 'other', path: null, level: 5 })).toEqual(
      resolveBudget('progressive', spec),
    )
    expect(resolveBudget('progressive', spec, { intent: 'toString' })).toEqual(
      resolveBudget('progressive', spec),
    )
  })

  it('can take a figure away, and holds figures only', () => {
    const budget = resolveBudget('progressive', { ...spec, firstTokenMs: null })
    expect(budget.firstTokenMs).toBeNull()
    expect(Object.keys(budget).toSorted()).toEqual([
      'completeMs',
      'firstTokenMs',
      'giveUpMs',
      'hedgeAfterMs',
      'stallMs',
    ] satisfies (keyof Budget)[])
  })

  it('keeps the default where untyped code says undefined', () => {
    const untyped = { firstTokenMs: undefined, completeMs: undefined } as unknown as Partial<Budget>
    expect(resolveBudget('progressive', untyped)).toEqual(INTERACTION_DEFAULTS.progressive.budget)
  })
})

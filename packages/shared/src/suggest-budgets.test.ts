import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INTERACTION_DEFAULTS } from './budget.ts'
import { INTERACTIONS } from './interaction.ts'
import type { AttemptRecord, RunRecord } from './run-record.ts'
import { MIN_RUNS_FOR_BUDGET, suggestBudgets } from './suggest-budgets.ts'
import { runRecords } from './testing/index.ts'

const attempt = (over: Partial<AttemptRecord> = {}): AttemptRecord => ({
  spanId: '00000000000000a1',
  step: 'model',
  tier: 'primary',
  domain: '/api',
  hedge: false,
  startedMs: 0,
  endedMs: 1,
  firstTokenMs: 1,
  failure: null,
  detail: null,
  status: 200,
  protocol: 'ai-sdk',
  verified: true,
  unknownEvents: 0,
  resumes: 0,
  finishReason: 'stop',
  requestModel: null,
  responseModel: null,
  usage: { inputTokens: null, outputTokens: null },
  stages: {},
  ...over,
})

type Run = Parameters<typeof suggestBudgets>[0][number]

const run = (over: Partial<RunRecord> = {}): Run => ({
  feature: 'draft-reply',
  interaction: 'progressive',
  intent: null,
  outcome: 'answered',
  level: 5,
  attempts: [attempt()],
  firstTokenMs: 300,
  completeMs: 2_000,
  cold: null,
  synthetic: false,
  weight: 1,
  ...over,
})

const many = (count: number, of: (index: number) => Run = () => run()) =>
  Array.from({ length: count }, (_, index) => of(index))

/** First tokens of 1, 2, … `count` ms, and ten times as long for the whole. */
const spread = (count: number, over: Partial<RunRecord> = {}) =>
  many(count, (index) => run({ firstTokenMs: index + 1, completeMs: (index + 1) * 10, ...over }))

describe('budgets from measured runs', () => {
  it('are such that one run in twenty is late, and one in four is told that it is slow', () => {
    const [suggestion] = suggestBudgets(spread(1_000))
    // p95 of the first token is 950, p75 / 0.6 is 1,250; of the whole answer only p95 counts.
    expect(suggestion?.budget).toEqual({
      firstTokenMs: 1_300,
      completeMs: 9_500,
      giveUpMs: 29_000,
      hedgeAfterMs: 950,
    })
    expect(suggestion).toMatchObject({ runs: 1_000, effectiveRuns: 1_000, cutOff: 0, refusal: null })
  })

  it('have no first-token figure where the interaction has none, and slow is reckoned from the whole', () => {
    const [suggestion] = suggestBudgets(spread(1_000, { interaction: 'synchronous' }))
    expect(suggestion?.budget).toMatchObject({ firstTokenMs: null, completeMs: 13_000, giveUpMs: 33_000 })
  })

  it('are one for each feature, interaction and intent, the most measured first', () => {
    const runs = [
      ...many(200, () => run({ intent: 'refund', completeMs: 1_000 })),
      ...many(300),
      ...many(250, () => run({ feature: 'summary', interaction: 'asynchronous', completeMs: 9_000 })),
    ]
    expect(
      suggestBudgets(runs).map(({ feature, intent, budget }) => [feature, intent, budget?.completeMs]),
    ).toEqual([
      ['draft-reply', null, 2_000],
      ['summary', null, 15_000],
      ['draft-reply', 'refund', 1_000],
    ])
  })

  it('are refused with too few runs, and by how much they really say where weights differ', () => {
    expect(suggestBudgets(many(MIN_RUNS_FOR_BUDGET - 1))[0]).toMatchObject({
      budget: null,
      refusal: '199 runs are too few for a 95th percentile; 200 are needed.',
    })
    expect(suggestBudgets(many(MIN_RUNS_FOR_BUDGET))[0]?.budget).not.toBeNull()
    const lopsided = many(400, (index) => run({ weight: index === 0 ? 1_000 : 1 }))
    expect(suggestBudgets(lopsided)[0]).toMatchObject({ runs: 400, budget: null })
    expect(suggestBudgets(lopsided)[0]?.effectiveRuns).toBeLessThan(3)
  })

  it('count a sampled run as often as it stands for', () => {
    const runs = [
      ...many(500, () => run({ completeMs: 1_000, weight: 10 })),
      ...many(500, () => run({ completeMs: 8_000 })),
    ]
    // Of 5,500 runs 500 took 8 s: more than one in twenty. Of 10,500 they are fewer.
    expect(suggestBudgets(runs)[0]?.budget?.completeMs).toBe(8_000)
    const more = runs.map((each) => (each.weight === 10 ? { ...each, weight: 20 } : each))
    expect(suggestBudgets(more)[0]?.budget?.completeMs).toBe(1_000)
  })

  it('count a run that the budget cut off as longer than any other, and are refused where these decide', () => {
    const cut = run({
      outcome: 'degraded',
      completeMs: 15_000,
      firstTokenMs: null,
      attempts: [attempt({ failure: 'timeout.first-token', firstTokenMs: null })],
    })
    const few = suggestBudgets([...spread(980), ...many(20, () => cut)])[0]
    expect(few).toMatchObject({ runs: 1_000, cutOff: 0.02 })
    expect(few?.budget?.completeMs).toBe(9_500)
    const refused = suggestBudgets([...spread(900), ...many(100, () => cut)])[0]
    expect(refused).toMatchObject({ budget: null, cutOff: 0.1 })
    expect(refused?.refusal).toContain('10 % of the runs were cut off')
    expect(refused?.refusal).toContain("mode: 'observe'")
  })

  it('count a run that was hedged away as cut off', () => {
    const attempts = [attempt({ failure: 'aborted' }), attempt({ hedge: true })]
    const hedged = run({ outcome: 'degraded', attempts })
    expect(suggestBudgets([...many(300), hedged])[0]?.runs).toBe(301)
  })

  it.each([
    ['synthetic', { synthetic: true }],
    ['known to be cold', { cold: true }],
    ['of a lower level', { level: 3 }],
    ['left by the user', { outcome: 'abandoned', attempts: [attempt({ failure: 'aborted' })] }],
    ['failed otherwise', { outcome: 'degraded', attempts: [attempt({ failure: 'http.server' })] }],
    ['without a model', { outcome: 'degraded', attempts: [attempt({ step: 'template' })] }],
    ['without an attempt', { outcome: 'omitted', attempts: [] }],
  ] as const)('leave out what is %s', (_what, over) => {
    expect(suggestBudgets(many(300, () => run(over)))).toEqual([])
  })

  it('count a run of which nobody said whether it was cold', () => {
    expect(suggestBudgets(many(300, (index) => run({ cold: index % 2 === 0 ? null : false })))[0]?.runs).toBe(
      300,
    )
  })

  it('are of no run at all nothing', () => {
    expect(suggestBudgets([])).toEqual([])
  })
})

describe('budgets from any runs', () => {
  const samples = fc.array(
    fc.record({
      firstTokenMs: fc.double({ min: 0.001, max: 60_000, noNaN: true }),
      moreMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
      weight: fc.constantFrom(1, 2),
    }),
    { minLength: 230, maxLength: 400 },
  )

  it('leave at most one run in twenty late, and at most one in four told, by weight', () => {
    fc.assert(
      fc.property(samples, fc.constantFrom(...INTERACTIONS), (drawn, interaction) => {
        const runs = drawn.map(({ firstTokenMs, moreMs, weight }) =>
          run({ interaction, firstTokenMs, completeMs: firstTokenMs + moreMs, weight }),
        )
        const [suggestion] = suggestBudgets(runs)
        const budget = suggestion?.budget
        if (!budget) throw new Error(suggestion?.refusal ?? 'nothing suggested')
        const share = (isBeyond: (each: Run) => boolean) =>
          runs.reduce((sum, each) => sum + (isBeyond(each) ? each.weight : 0), 0) /
          runs.reduce((sum, { weight }) => sum + weight, 0)
        expect(share(({ completeMs }) => (completeMs ?? 0) > budget.completeMs)).toBeLessThanOrEqual(0.05)
        const { firstTokenMs: told } = budget
        expect(
          share((each) =>
            told === null
              ? (each.completeMs ?? 0) > 0.6 * budget.completeMs
              : (each.firstTokenMs ?? 0) > 0.6 * told,
          ),
        ).toBeLessThanOrEqual(0.25)
        expect(told === null).toBe(INTERACTION_DEFAULTS[interaction].budget.firstTokenMs === null)
        expect(budget.giveUpMs).toBeGreaterThan(budget.completeMs)
      }),
      { numRuns: 60 },
    )
  })

  it('are positive whole milliseconds or a reason, whatever a store holds', () => {
    fc.assert(
      fc.property(fc.array(runRecords, { maxLength: 20 }), (runs) => {
        for (const { budget, refusal, cutOff } of suggestBudgets(runs)) {
          expect(budget === null).toBe(refusal !== null)
          expect(cutOff).toBeGreaterThanOrEqual(0)
          expect(cutOff).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 200 },
    )
  })
})

import { OUTCOMES, type RunRecord, type StepKind } from '@evenkeel/shared'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { DAY_MS, type FeatureFigures } from '../contract.ts'
import { featureFigures } from '../figures/feature-figures.ts'
import { percentile, SHARES } from '../figures/percentiles.ts'
import { anAttempt, anId, aRun, aSignal } from '../testing/run.ts'
import { openMemoryStore } from '../testing/store.ts'

// Whole stores are filled here, on machines that do other things too.
vi.setConfig({ testTimeout: 60_000 })

const NOW_MS = 1_700_000_000_000

interface Case {
  readonly run: RunRecord
  readonly thumbs: number | null
  readonly regenerated: boolean
}

/** A few features, environments and ages, so that most samples have something to tell apart. */
function cases(weight: fc.Arbitrary<number>): fc.Arbitrary<Case[]> {
  return fc
    .array(
      fc.record({
        feature: fc.constantFrom('a', 'b', 'ü'),
        environment: fc.constantFrom('production', 'staging'),
        outcome: fc.constantFrom(...OUTCOMES),
        agoMs: fc.constantFrom(0, 1000, DAY_MS, DAY_MS + 1, 2 * DAY_MS),
        firstTokenMs: fc.option(fc.nat(50)),
        step: fc.constantFrom<StepKind>('model', 'model', 'template', 'cache'),
        completeMs: fc.option(fc.nat(50)),
        weight,
        synthetic: fc.boolean(),
        thumbs: fc.constantFrom(null, -1, 0, 1),
        regenerated: fc.boolean(),
      }),
      { maxLength: 40 },
    )
    .map((list) =>
      list.map(({ agoMs, thumbs, regenerated, step, ...over }, index) => ({
        run: aRun({
          ...over,
          runId: anId(index + 1),
          startedAtEpochMs: NOW_MS - agoMs,
          attempts: [anAttempt({ step, firstTokenMs: over.firstTokenMs })],
        }),
        thumbs,
        regenerated,
      })),
    )
}

function storeOf(list: readonly Case[]) {
  const { store, database } = openMemoryStore(() => NOW_MS)
  store.write((writer) => {
    list.forEach(({ run, thumbs, regenerated }, index) => {
      writer.putRun(run)
      const { runId, feature, environment, synthetic } = run
      const on = { runId, feature, environment, synthetic }
      if (thumbs !== null) writer.putSignal(aSignal({ ...on, signalId: anId(1000 + index), value: thumbs }))
      if (regenerated)
        writer.putSignal(aSignal({ ...on, signalId: anId(5000 + index), kind: 'regenerate', value: null }))
    })
  })
  return { store, database }
}

/** The same figures by going through the runs one by one. */
function figuresByHand(list: readonly Case[], environment: string, windowMs: number): FeatureFigures[] {
  const real = list.filter(({ run }) => run.environment === environment && !run.synthetic)
  return [...new Set(real.map(({ run }) => run.feature))].sort().flatMap((feature) => {
    const all = real.filter(({ run }) => run.feature === feature)
    const seen = all.filter(({ run }) => run.startedAtEpochMs >= NOW_MS - windowMs)
    if (seen.length === 0) return []
    const newest = all
      .map(({ run }) => run)
      .reduce((left, right) =>
        right.startedAtEpochMs > left.startedAtEpochMs ||
        (right.startedAtEpochMs === left.startedAtEpochMs && right.runId > left.runId)
          ? right
          : left,
      )
    const latency = (of: (run: RunRecord) => number | null) => {
      const samples = seen
        .flatMap(({ run }) => {
          const value = of(run)
          return value === null || run.weight === 0 ? [] : [{ value, weight: run.weight }]
        })
        .sort((left, right) => left.value - right.value)
      if (samples.length === 0) return null
      const [p50 = 0, p95 = 0, p99 = 0] = SHARES.map((share) => percentile(samples, share))
      return { p50, p95, p99, count: samples.length }
    }
    return [
      featureFigures({
        feature,
        environment,
        windowMs,
        totals: seen.map(({ run, thumbs, regenerated }) => ({
          outcome: run.outcome,
          weight: run.weight,
          thumbsDown: thumbs === -1 ? 1 : 0,
          regenerated: regenerated ? 1 : 0,
        })),
        latest: newest,
        firstTokenMs: latency((run) => (run.attempts[0]?.step === 'model' ? run.firstTokenMs : null)),
        completeMs: latency((run) => run.completeMs),
      }),
    ]
  })
}

describe('the figures of features', () => {
  it.each([
    ['weighs the same', fc.constant(1)],
    ['weighs the same, but not one', fc.constant(20)],
    ['may have been sampled', fc.constantFrom(0, 1, 1, 10, 20)],
  ])('are those of its runs, one by one, where each %s', async (_, weight) => {
    await fc.assert(
      fc.asyncProperty(
        cases(weight),
        fc.constantFrom('production', 'staging'),
        fc.constantFrom(500, DAY_MS, 3 * DAY_MS),
        async (list, environment, windowMs) => {
          const { store } = storeOf(list)
          const { features } = await store.features(environment, windowMs)
          expect(features).toEqual(figuresByHand(list, environment, windowMs))
          store.close()
        },
      ),
      { numRuns: 150 },
    )
  })

  it('are of the environment that was seen last where none is named', async () => {
    const { store } = storeOf(
      [
        aRun({ environment: 'production', startedAtEpochMs: NOW_MS - 5000 }),
        aRun({ environment: 'staging', startedAtEpochMs: NOW_MS - 1000 }),
        aRun({ environment: 'preview', startedAtEpochMs: NOW_MS, synthetic: true }),
      ].map((run, index) => ({ run: { ...run, runId: anId(index + 1) }, thumbs: null, regenerated: false })),
    )
    const { features } = await store.features(undefined, DAY_MS)
    expect(features.map(({ environment }) => environment)).toEqual(['staging'])
    expect((await store.environments()).environments.map(({ name }) => name)).toEqual([
      'staging',
      'production',
    ])
  })

  it('are none in an empty store', async () => {
    const { store } = storeOf([])
    expect(await store.features(undefined, DAY_MS)).toEqual({ features: [] })
    expect(await store.environments()).toEqual({ environments: [] })
  })

  it('take a thumb that was turned or withdrawn as it is now', async () => {
    const { store } = storeOf([{ run: aRun({ startedAtEpochMs: NOW_MS }), thumbs: -1, regenerated: false }])
    const rate = async () => (await store.features(undefined, DAY_MS)).features[0]?.thumbsDownRate
    expect(await rate()).toBe(1)
    const later = aSignal({ signalId: anId(1000), atEpochMs: aSignal().atEpochMs + 1, value: 0 })
    store.write((writer) => writer.putSignal(later))
    expect(await rate()).toBe(0)
  })

  it('count a signal once, whatever its run stands for, and where its run was sampled away', async () => {
    const kept = aRun({ startedAtEpochMs: NOW_MS, weight: 100 })
    const { store } = storeOf([{ run: kept, thumbs: -1, regenerated: true }])
    store.write((writer) => {
      writer.putSignal(aSignal({ signalId: anId(7), runId: anId(8), value: -1, atEpochMs: NOW_MS }))
      // Too old for the window, and of a run that nobody knows.
      writer.putSignal(aSignal({ signalId: anId(9), runId: anId(10), value: -1, atEpochMs: 1 }))
    })
    const { features } = await store.features(undefined, DAY_MS)
    expect(features).toMatchObject([{ runs: 100, thumbsDownRate: 0.02, regenerateRate: 0.01 }])
  })
})

describe('every question about many runs', () => {
  it('is answered from an index, never by reading the table', async () => {
    const { store, database } = openMemoryStore(() => NOW_MS)
    const prepared: string[] = []
    const prepare = database.prepare.bind(database)
    database.prepare = (sql) => {
      prepared.push(sql)
      return prepare(sql)
    }
    const { createStore } = await import('./store.ts')
    const spied = createStore(database, () => NOW_MS)
    for (const feature of [undefined, 'a'])
      for (const environment of [undefined, 'production'])
        for (const outcome of [undefined, 'answered' as const])
          await spied.runs({
            ...(feature === undefined ? {} : { feature }),
            ...(environment === undefined ? {} : { environment }),
            ...(outcome === undefined ? {} : { outcome }),
          })
    const selects = prepared.filter((sql) => /FROM runs/.test(sql) && !/^\s*(DELETE|UPDATE)/.test(sql))
    expect(selects.length).toBeGreaterThan(15)
    for (const sql of selects) {
      const plan = prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => String(detail))
      expect(
        plan.filter((step) => /^SCAN runs(?! USING)/.test(step)),
        sql,
      ).toEqual([])
      // Sorting is of a few names, or of the runs of one millisecond; never of all runs.
      const isOfNames = sql.includes('FROM name')
      expect(
        plan.filter((step) => /TEMP B-TREE/.test(step) && !/LAST TERM/.test(step) && !isOfNames),
        sql,
      ).toEqual([])
    }
    store.close()
  })
})

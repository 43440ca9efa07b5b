import { encodeRunCode, OUTCOMES } from '@evenkeel/shared'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { RunSummary, RunsQuery } from '../contract.ts'
import { anAttempt, anId, aRun, aSignal } from '../testing/run.ts'
import { openMemoryStore } from '../testing/store.ts'

// Whole stores are filled here, on machines that do other things too.
vi.setConfig({ testTimeout: 60_000 })

const runs = fc
  .array(
    fc.record({
      feature: fc.constantFrom('a', 'b'),
      environment: fc.constantFrom('production', 'staging'),
      outcome: fc.constantFrom(...OUTCOMES),
      startedAtEpochMs: fc.integer({ min: 1000, max: 1012 }),
      synthetic: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((list) => list.map((over, index) => aRun({ ...over, runId: anId(index + 1) })))

const filters: fc.Arbitrary<RunsQuery> = fc.record(
  {
    feature: fc.constantFrom('a', 'b', 'c'),
    environment: fc.constantFrom('production', 'staging'),
    outcome: fc.constantFrom(...OUTCOMES),
  },
  { requiredKeys: [] },
)

describe('the list of runs', () => {
  it('page by page is every run that fits, once, newest first', async () => {
    await fc.assert(
      fc.asyncProperty(runs, filters, fc.integer({ min: 1, max: 10 }), async (list, filter, limit) => {
        const { store } = openMemoryStore()
        store.write((writer) => {
          for (const run of list) writer.putRun(run)
        })
        const seen: RunSummary[] = []
        let before: number | null | undefined
        while (before !== null) {
          const page = await store.runs({ ...filter, limit, ...(before === undefined ? {} : { before }) })
          seen.push(...page.runs)
          before = page.nextBefore
        }
        const fitting = list
          .filter(
            (run) =>
              (filter.feature ?? run.feature) === run.feature &&
              (filter.environment ?? run.environment) === run.environment &&
              (filter.outcome ?? run.outcome) === run.outcome,
          )
          .sort(
            (left, right) =>
              right.startedAtEpochMs - left.startedAtEpochMs || (left.runId < right.runId ? 1 : -1),
          )
        expect(seen.map(({ runId }) => runId)).toEqual(fitting.map(({ runId }) => runId))
        store.close()
      }),
      { numRuns: 200 },
    )
  })

  it('says of each run what a list shows', async () => {
    const { store } = openMemoryStore()
    const run = aRun({
      outcome: 'degraded',
      fallbackCause: 'failure',
      level: 3,
      firstTokenMs: null,
      synthetic: true,
      attempts: [anAttempt({ spanId: '00000000000000a1' }), anAttempt({ spanId: '00000000000000a2' })],
    })
    store.write((writer) => {
      writer.putRun(run)
      writer.putSignal(aSignal({ value: 1 }))
    })
    expect(await store.runs({})).toEqual({
      runs: [
        {
          runId: run.runId,
          feature: 'draft-reply',
          environment: 'production',
          startedAtEpochMs: run.startedAtEpochMs,
          outcome: 'degraded',
          fallbackCause: 'failure',
          level: 3,
          firstTokenMs: null,
          budgetFirstTokenMs: 500,
          completeMs: 2100,
          settledMs: 2104.5,
          attempts: 2,
          thumbs: 1,
          synthetic: true,
        },
      ],
      nextBefore: null,
    })
  })
})

describe('one run', () => {
  it('is found by its id and by the code that its user was shown, with its signals', async () => {
    const { store } = openMemoryStore()
    const runId = '4bf92f3577b34da6a3ce929d0e0e4736'
    store.write((writer) => {
      writer.putRun(aRun({ runId }))
      writer.putRun(aRun({ runId: '4bf92f3577b35da6a3ce929d0e0e4736' }))
      writer.putSignal(aSignal({ runId }))
    })
    const answer = await store.run(runId)
    expect(answer).toMatchObject({ run: { runId }, signals: [{ runId }] })
    expect(await store.run(encodeRunCode(runId).toLowerCase())).toEqual(answer)
    expect(await store.run(encodeRunCode('f'.repeat(32)))).toBeNull()
    expect(await store.run('no code')).toBeNull()
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAttempt, createLongRun, createRun, createRunFixtures, createTinyRun } from '../fixtures.ts'
import { layOut, marksByRow, type WaterfallLayout } from './layout.ts'

const fixtures = createRunFixtures(1_800_000_000_000)

const ms = fc.double({ min: 0, max: 90_000, noNaN: true })
const attempts = fc.array(
  fc.record({ startedMs: ms, lengthMs: ms, first: fc.option(fc.double({ min: 0, max: 1, noNaN: true })) }),
  { maxLength: 6 },
)
const runs = fc
  .record({
    attempts,
    settledMs: ms,
    budgetFirstTokenMs: fc.option(ms),
    budgetCompleteMs: ms,
    stalls: fc.array(fc.record({ atMs: ms, durationMs: ms }), { maxLength: 3 }),
    moments: fc.array(
      fc.record({ moment: fc.constant('slow' as const), atMs: ms, deck: fc.constant(null) }),
      { maxLength: 4 },
    ),
  })
  .map(({ attempts: tries, ...fields }) =>
    createRun({
      ...fields,
      attempts: tries.map(({ startedMs, lengthMs, first }, index) =>
        createAttempt({
          spanId: String(index).padStart(16, '0'),
          startedMs,
          endedMs: startedMs + lengthMs,
          firstTokenMs: first === null ? null : startedMs + lengthMs * first,
          failure: index === tries.length - 1 ? null : 'network',
          stages: { retrieval: lengthMs / 3, model: lengthMs },
        }),
      ),
    }),
  )

const all = (layout: WaterfallLayout) => marksByRow(layout).flat()

describe('any run', () => {
  it('has every mark on the axis, ends after beginnings, and every id once', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const marks = all(layOut(run))
        for (const { start, end } of marks) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeLessThanOrEqual(1)
          expect(end).toBeGreaterThanOrEqual(start)
        }
        expect(new Set(marks.map(({ id }) => id)).size).toBe(marks.length)
      }),
    )
  })

  it('keeps the order of time on the axis', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const sorted = all(layOut(run)).toSorted((a, b) => a.fromMs - b.fromMs)
        for (let index = 1; index < sorted.length; index += 1) {
          expect(sorted[index]?.start).toBeGreaterThanOrEqual(sorted[index - 1]?.start ?? 0)
        }
      }),
    )
  })

  it('loses no attempt, stall or moment', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const layout = layOut(run)
        expect(layout.attempts.length).toBe(run.attempts.length)
        expect(layout.moments.moments.length).toBe(run.moments.length)
        const stalls = layout.attempts.flatMap((row) => row.stalls)
        expect(stalls.length).toBe(run.attempts.length === 0 ? 0 : run.stalls.length)
      }),
    )
  })
})

describe('the axis', () => {
  it.each([
    ['ends a little after the run', { settledMs: 2_000, budgetCompleteMs: 60_000 }, 2_080],
    ['grows to a budget that is near', { settledMs: 4_000, budgetCompleteMs: 5_000 }, 5_200],
    ['does not shrink the run for a budget far away', { settledMs: 900, budgetCompleteMs: 5_000 }, 936],
    ['is never without length', { settledMs: 0, budgetFirstTokenMs: null, budgetCompleteMs: 5_000 }, 1.04],
  ])('%s', (_, fields, domainMs) => {
    expect(layOut(createRun({ attempts: [], ...fields })).domainMs).toBeCloseTo(domainMs, 6)
  })

  it('names a budget that lies beyond it at its edge', () => {
    const { lines } = layOut(createTinyRun(0).run)
    expect(lines.map(({ line, beyond, start }) => [line, beyond, start])).toEqual([
      ['first-token-budget', true, 1],
      ['complete-budget', true, 1],
      ['settled', false, 1 / 1.04],
    ])
  })
})

describe('a budget line', () => {
  const lineOf = (fields: Parameters<typeof createRun>[0]) => layOut(createRun(fields)).lines[0]

  it.each([
    ['met', 400, 900, false, 'Met with 100 ms to spare.'],
    ['met on the dot', 500, 900, false, 'Met with 0 ms to spare.'],
    ['broken', 812, 900, true, 'Over by 312 ms.'],
    ['never reached', null, 300, false, 'The run ended before it.'],
    ['passed with nothing', null, 900, true, 'It passed without being met.'],
  ])('that was %s says so', (_, firstTokenMs, settledMs, over, note) => {
    expect(lineOf({ attempts: [], firstTokenMs, settledMs })).toMatchObject({ over, note })
  })

  it('is not drawn where the interaction has no such budget', () => {
    expect(lineOf({ attempts: [], budgetFirstTokenMs: null })?.line).toBe('complete-budget')
  })
})

describe('rows', () => {
  it('give the arrivals to the one attempt whose text they are', () => {
    const { attempts: rows } = layOut(fixtures.hedged.run)
    expect(rows.map(({ role, arrivals }) => [role, arrivals.length > 0])).toEqual([
      ['lost', false],
      ['answered', true],
    ])
    const sum = rows[1]?.arrivals.reduce((total, { characters }) => total + characters, 0)
    expect(sum).toBe(fixtures.hedged.run.answerLength)
  })

  it('give the arrivals of a partial answer to the attempt that brought them', () => {
    const run = createRun({
      outcome: 'incomplete',
      settledMs: 900,
      timeline: 'a.5',
      attempts: [
        createAttempt({ endedMs: 400, firstTokenMs: 100, failure: 'truncated' }),
        createAttempt({ startedMs: 400, endedMs: 900, failure: 'network' }),
      ],
    })
    expect(layOut(run).attempts.map(({ role, arrivals }) => [role, arrivals.length])).toEqual([
      ['partial', 1],
      ['lost', 0],
    ])
  })

  it('put a stall on the attempt that was open', () => {
    const { attempts: rows } = layOut(fixtures.late.run)
    expect(rows[0]?.stalls).toMatchObject([{ fromMs: 3_400.2, toMs: 14_890, attempt: 1 }])
  })

  it('say of a moment from which deck its words are, and where it is silent', () => {
    const at = { moment: 'slow', atMs: 300 } as const
    const moments = [
      { ...at, deck: null },
      { ...at, deck: 'draft-reply/de' },
      { ...at, deck: 'draft-reply/de', silent: true },
    ]
    const notes = all(layOut(createRun({ attempts: [], moments }))).flatMap(({ kind, note }) =>
      kind === 'moment' ? [note] : [],
    )
    expect(notes).toEqual([
      'From the default words.',
      'From the deck draft-reply/de.',
      'Silent on purpose, says the deck draft-reply/de.',
    ])
  })

  it('say what a failure means', () => {
    const { attempts: rows } = layOut(fixtures.degraded.run)
    expect(rows[0]?.whole.note).toBe('http.server: The server failed (5xx).')
    expect(rows[1]?.whole.note).toBeNull()
  })

  it('come in the order of the eye: lines, attempts each in time, moments', () => {
    const rows = marksByRow(layOut(fixtures.answered.run))
    expect(rows.map((row) => row.map(({ name }) => name))).toEqual([
      ['First token budget', 'Complete budget', 'Settled'],
      ['Attempt 1, model primary', 'auth', 'retrieval', 'model', 'unknown', 'delivery', 'First token'],
      ['waiting', 'slow', 'disclosure', 'feedback.ask'],
    ])
  })

  it('of fifty attempts are fifty', () => {
    expect(layOut(createLongRun(0).run).attempts.map(({ number }) => number)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAttempt } from '../fixtures.ts'
import { segmentsOf } from './segments.ts'

const lengths = fc.double({ min: 0, max: 20_000, noNaN: true })

describe('the stretches of an attempt', () => {
  it('fill it from its beginning to its end, without a gap and without an overlap', () => {
    fc.assert(
      fc.property(
        lengths,
        lengths,
        fc.option(lengths),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), lengths, { maxKeys: 5 }),
        (startedMs, lengthMs, firstMs, stages) => {
          const endedMs = startedMs + lengthMs
          const firstTokenMs = firstMs === null ? null : startedMs + firstMs
          const segments = segmentsOf(createAttempt({ startedMs, endedMs, firstTokenMs, stages }))
          expect(segments[0]?.fromMs).toBe(startedMs)
          expect(segments.at(-1)?.toMs).toBe(endedMs)
          for (const [index, { fromMs, toMs }] of segments.entries()) {
            expect(toMs).toBeGreaterThanOrEqual(fromMs)
            if (index > 0) expect(fromMs).toBe(segments[index - 1]?.toMs)
          }
        },
      ),
    )
  })

  it.each([
    ['nothing came and nothing was said', { endedMs: 800 }, ['unknown 0–800']],
    [
      'stages, then nobody knows, then the answer',
      { endedMs: 800, firstTokenMs: 300, stages: { auth: 20, retrieval: 100 } },
      ['auth 0–20', 'retrieval 20–120', 'unknown 120–300', 'delivery 300–800'],
    ],
    [
      'stages that explain all the time to the first token',
      { endedMs: 800, firstTokenMs: 300, stages: { model: 300 } },
      ['model 0–300', 'delivery 300–800'],
    ],
    [
      'a stage that goes on while the answer arrives: delivery is what remains',
      { endedMs: 800, firstTokenMs: 300, stages: { model: 700 } },
      ['model 0–700', 'delivery 700–800'],
    ],
    ['an end before its beginning', { startedMs: 50, endedMs: 20 }, ['unknown 50–50']],
    ['a step that asks no server', { step: 'template' as const, endedMs: 2 }, ['template 0–2']],
  ])('of %s', (_, fields, said) => {
    const segments = segmentsOf(createAttempt(fields))
    expect(segments.map(({ name, fromMs, toMs }) => `${name} ${fromMs}–${toMs}`)).toEqual(said)
  })

  it('keep what the server reported where the attempt was shorter', () => {
    const [stage] = segmentsOf(createAttempt({ endedMs: 100, stages: { model: 4_000 } }))
    expect(stage).toMatchObject({ name: 'model', toMs: 100, reportedMs: 4_000 })
  })

  it('take no stage for cut because of a rounding', () => {
    const attempt = createAttempt({ startedMs: 0.1, endedMs: 0.3, stages: { model: 0.2 } })
    expect(segmentsOf(attempt)[0]?.reportedMs).toBeNull()
  })
})

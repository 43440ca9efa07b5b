import { exportTraceRequest, readTraceRequest } from '@evenkeel/shared'
import { runRecords } from '@evenkeel/shared/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anId } from '../testing/run.ts'
import { distinct, groupByTrace, requestOf } from './group.ts'

const records = fc.uniqueArray(runRecords, { selector: ({ runId }) => runId, maxLength: 4 })

describe('groupByTrace', () => {
  it('finds each run’s spans, and requestOf makes a request of them that says the same', () => {
    fc.assert(
      fc.property(records, (runs) => {
        const { traces, rejected } = groupByTrace(exportTraceRequest(runs))
        expect(rejected).toBe(0)
        expect(new Set(traces.keys())).toEqual(new Set(runs.map(({ runId }) => runId)))
        for (const run of runs) {
          const spans = traces.get(run.runId) ?? []
          expect(spans).toHaveLength(1 + run.attempts.length)
          expect(readTraceRequest(requestOf(spans)).runs).toEqual([run])
        }
      }),
    )
  })

  it('takes ids in capitals for the same', () => {
    const span = (traceId: string) => ({ traceId, spanId: 'ABCDEF0123456789' })
    const { traces } = groupByTrace({
      resourceSpans: [{ scopeSpans: [{ spans: [span('A'.repeat(32)), span('a'.repeat(32))] }] }],
    })
    expect([...traces.keys()]).toEqual(['a'.repeat(32)])
    expect(traces.get('a'.repeat(32))?.map(({ spanId }) => spanId)).toEqual(Array(2).fill('abcdef0123456789'))
  })

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (one, other) => {
        groupByTrace(one)
        groupByTrace({ resourceSpans: one })
        groupByTrace({ resourceSpans: [{ scopeSpans: one, resource: other }] })
        groupByTrace({ resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: one, spanId: other }] }] }] })
      }),
    )
  })
})

describe('distinct', () => {
  const loose = (spanId: string, name: string) => ({
    traceId: anId(1),
    spanId,
    resource: {},
    scope: {},
    span: { spanId, name },
  })

  it('keeps one of each id, the same one in any order, sorted', () => {
    const spans = [loose('b', 'x'), loose('a', 'y'), loose('b', 'z'), loose('b', 'x')]
    expect(distinct(spans)).toEqual([loose('a', 'y'), loose('b', 'z')])
    expect(distinct(spans.toReversed())).toEqual(distinct(spans))
  })
})

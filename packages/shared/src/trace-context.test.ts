import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newSpanId, newTraceId } from './ids.ts'
import { spanIds, traceIds } from './testing/index.ts'
import { formatTraceparent, parseTraceparent } from './trace-context.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const SPAN = 'b7ad6b7169203331'

describe('a new id', () => {
  it('is lower-case hex of the random bytes', () => {
    const bytes = (length: number) => Uint8Array.from({ length }, (_, index) => index * 16)
    expect(newTraceId(bytes)).toBe('00102030405060708090a0b0c0d0e0f0')
    expect(newSpanId(bytes)).toBe('0010203040506070')
  })

  it('is never all zero, which the specification forbids', () => {
    const zeros = (length: number) => new Uint8Array(length)
    expect(newTraceId(zeros)).toBe(`${'0'.repeat(31)}1`)
    expect(newSpanId(zeros)).toBe(`${'0'.repeat(15)}1`)
  })
})

describe('traceparent', () => {
  it('is read back as it was written', () => {
    const contexts = fc.record(
      { traceId: traceIds, spanId: spanIds, sampled: fc.boolean() },
      { noNullPrototype: true },
    )
    fc.assert(
      fc.property(contexts, (context) => {
        expect(parseTraceparent(formatTraceparent(context))).toEqual(context)
      }),
    )
  })

  it('is read from a later version too, whatever that adds', () => {
    const context = { traceId: TRACE, spanId: SPAN, sampled: true }
    expect(parseTraceparent(`cc-${TRACE}-${SPAN}-01-more`)).toEqual(context)
    expect(parseTraceparent(` 00-${TRACE}-${SPAN}-03 `)).toEqual(context)
    expect(parseTraceparent(`00-${TRACE}-${SPAN}-02`)).toEqual({ ...context, sampled: false })
  })

  it.each([
    ['missing', null],
    ['not there', undefined],
    ['empty', ''],
    ['in capitals', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ['too short', `00-${TRACE.slice(1)}-${SPAN}-01`],
    ['of zeros for a trace', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['of zeros for a span', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['of version ff', `ff-${TRACE}-${SPAN}-01`],
    ['of version 00 with more', `00-${TRACE}-${SPAN}-01-more`],
    ['without flags', `00-${TRACE}-${SPAN}`],
    ['two in one', `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`],
  ])('that is %s is none', (_what, header) => {
    expect(parseTraceparent(header)).toBeNull()
  })
})

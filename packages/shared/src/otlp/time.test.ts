import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantise } from '../quantise.ts'
import { quantisedMs } from '../testing/index.ts'
import { readMicros, unixNano } from './time.ts'

const EPOCH_MS = 1_768_464_000_123

describe('quantise', () => {
  it.each([
    [1.23456, 1.235],
    [0.0004, 0],
    [0.0005, 0.001],
    [412.3000000001, 412.3],
    [0.1 + 0.2, 0.3],
    [1e9 + 0.0001, 1e9],
  ])('%d ms is %d ms', (ms, quantised) => {
    expect(quantise(ms)).toBe(quantised)
  })

  it('leaves alone what it has been through, and never gives -0', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (ms) => {
        expect(quantise(quantise(ms))).toBe(quantise(ms))
        expect(Object.is(quantise(ms), -0)).toBe(false)
      }),
    )
  })
})

describe('nanoseconds since the epoch', () => {
  it('are exact to the digit, as BigInt would say', () => {
    expect(unixNano(EPOCH_MS)).toBe('1768464000123000000')
    expect(unixNano(EPOCH_MS, 412.345)).toBe('1768464000535345000')
    expect(unixNano(0)).toBe('0')
    fc.assert(
      fc.property(fc.nat({ max: 1e9 }), fc.nat({ max: 1e9 }), (seconds, micros) => {
        const exact = BigInt(seconds) * 1_000_000_000n + BigInt(micros) * 1000n
        expect(BigInt(unixNano(seconds * 1000, micros / 1000))).toBe(exact)
      }),
    )
  })

  it('are read back to the microsecond, from text and from a number that lost its last digits', () => {
    const epochMs = fc.integer({ min: 0, max: 4_102_444_800_000 })
    fc.assert(
      fc.property(epochMs, quantisedMs, (startMs, offsetMs) => {
        const micros = startMs * 1000 + Math.round(offsetMs * 1000)
        expect(readMicros(unixNano(startMs, offsetMs))).toBe(micros)
        expect(readMicros(Number(unixNano(startMs, offsetMs)))).toBe(micros)
      }),
    )
  })

  it.each([
    [499, 0],
    ['500', 1],
    ['1768464000123456789', 1_768_464_000_123_457],
    ['', null],
    ['-1', null],
    [-1, null],
    ['1.5', null],
    [1.5, null],
    ['0x10', null],
    ['9'.repeat(21), null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    [null, null],
    [undefined, null],
    [{}, null],
    [true, null],
  ])('%j is %j microseconds', (nanos, micros) => {
    expect(readMicros(nanos)).toBe(micros)
  })
})

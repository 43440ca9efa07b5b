import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatServerTiming, parseServerTiming } from './server-timing.ts'

describe('Server-Timing', () => {
  it('names stages and their milliseconds', () => {
    expect(parseServerTiming('retrieval;dur=12.5, inference;dur=180')).toEqual({
      retrieval: 12.5,
      inference: 180,
    })
  })

  it('is read in every form that the specification allows', () => {
    expect(
      parseServerTiming(
        'db ; desc="a, b; dur=9 \\" c" ; DUR = "53.2",cache;desc=hit;dur=1,,\tapp;dur=2;dur=3',
      ),
    ).toEqual({ db: 53.2, cache: 1, app: 2 })
  })

  it('skips metrics without a time and keeps the rest', () => {
    expect(
      parseServerTiming('miss, cold;dur, neg;dur=-1, nan;dur=x, @bad;dur=1, two words;dur=1, ok;dur=7'),
    ).toEqual({
      ok: 7,
    })
  })

  it('adds up a stage that is named twice', () => {
    expect(parseServerTiming('tool;dur=1, tool;dur=2.5')).toEqual({ tool: 3.5 })
  })

  it.each([null, '', ',', ';', '=', '"', 'a;dur="1'])('reads %j as no stage', (header) => {
    expect(parseServerTiming(header)).toEqual({})
  })

  it('is bounded and cannot reach a prototype', () => {
    const many = Array.from({ length: 500 }, (_, index) => `s${index};dur=1`).join(',')
    expect(Object.keys(parseServerTiming(many))).toHaveLength(64)
    expect(Object.getPrototypeOf(parseServerTiming('__proto__;dur=1, a;dur=1'))).toBe(Object.prototype)
  })

  it('never throws, and is quick on what was made to be slow', () => {
    const started = performance.now()
    parseServerTiming('"'.repeat(100_000))
    parseServerTiming(`a${';'.repeat(100_000)}`)
    parseServerTiming(`a;dur="${'\\'.repeat(100_000)}`)
    parseServerTiming(`a;${' '.repeat(100_000)}`)
    expect(performance.now() - started).toBeLessThan(2_000)
    fc.assert(fc.property(fc.string(), (header) => typeof parseServerTiming(header) === 'object'))
  })

  it('is read back as it was written, to the microsecond', () => {
    const micros = fc.integer({ min: 0, max: 10_000_000 }).map((value) => value / 1000)
    const name = fc.stringMatching(/^[a-z][a-z0-9_.-]{0,20}$/)
    fc.assert(
      fc.property(fc.dictionary(name, micros, { maxKeys: 20 }), (stages) => {
        expect(parseServerTiming(formatServerTiming(stages))).toEqual({ ...stages })
      }),
    )
  })

  it('writes names as tokens and leaves out what is no time', () => {
    expect(formatServerTiming({ 'look up, é': 1.23456, bad: Number.NaN, worse: -1, '': 2 })).toBe(
      'look_up___;dur=1.235',
    )
  })
})

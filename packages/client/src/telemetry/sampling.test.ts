import type { RunRecord, Signal } from '@evenkeel/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { featureForTests } from '../run/feature.test.kit.ts'
import { scriptedRecord, scriptedSignal } from '../testing/scripted-record.ts'
import { IDLE_STATE } from '../testing/scripted-run.ts'
import { createSampling, isSampled } from './sampling.ts'

const AWAY = '0'.repeat(31).concat('1')
const KEPT = 'f'.repeat(32)
const feature = featureForTests()

function aRecord(runId: string, over: Partial<RunRecord> = {}): RunRecord {
  return { ...scriptedRecord(feature, { ...IDLE_STATE, runId, outcome: 'answered' }, ''), ...over }
}

function createKit(rate = 0.1) {
  const runs: RunRecord[] = []
  const signals: Signal[] = []
  const forgotten: string[] = []
  const sampling = createSampling(rate, {
    addRun: (record) => runs.push(record),
    addSignal: (signal) => signals.push(signal),
    forget: (runId) => forgotten.push(runId),
  })
  const say = (runId: string) => sampling.addSignal(scriptedSignal(feature, runId, 'thumbs', { value: -1 }))
  return { sampling, runs, signals, forgotten, say }
}

const attempt = (failure: 'network' | 'aborted' | null) =>
  ({ attempts: [{ failure }] }) as unknown as Partial<RunRecord>

describe('sampling', () => {
  it('lets a run pass that is among its share, and says for how many it stands', () => {
    const { sampling, runs } = createKit()
    sampling.addRun(aRecord(KEPT))
    expect(runs).toMatchObject([{ runId: KEPT, weight: 10 }])
  })

  it('keeps back a run that is not, and says that it will not come', () => {
    const { sampling, runs, forgotten } = createKit()
    sampling.addRun(aRecord(AWAY))
    expect(runs).toEqual([])
    expect(forgotten).toEqual([AWAY])
  })

  it.each([
    ['degraded', aRecord(AWAY, { outcome: 'degraded', fallbackCause: 'failure' })],
    ['incomplete', aRecord(AWAY, { outcome: 'incomplete', fallbackCause: 'failure' })],
    ['omitted', aRecord(AWAY, { outcome: 'omitted', fallbackCause: 'failure' })],
    ['answered after a failed attempt', aRecord(AWAY, attempt('network'))],
  ])('lets pass, standing for itself, a run that was %s', (_how, record) => {
    const { sampling, runs } = createKit()
    sampling.addRun(record)
    expect(runs).toEqual([record])
    expect(runs[0]?.weight).toBe(1)
  })

  it.each([
    ['stopped', aRecord(AWAY, { outcome: 'stopped', ...attempt('aborted') })],
    ['abandoned', aRecord(AWAY, { outcome: 'abandoned', ...attempt('aborted') })],
    ['disabled', aRecord(AWAY, { outcome: 'disabled' })],
  ])('samples as any other a run that was %s', (_how, record) => {
    const { sampling, runs } = createKit()
    sampling.addRun(record)
    expect(runs).toEqual([])
  })

  it('sends a run that was sampled away when its user says something, standing for none, and once', () => {
    const { sampling, runs, signals, say } = createKit()
    sampling.addRun(aRecord(AWAY))
    say(AWAY)
    say(AWAY)
    expect(runs).toMatchObject([{ runId: AWAY, weight: 0 }])
    expect(signals).toHaveLength(2)
  })

  it('lets pass, standing for itself, a run of which the user said something before it settled', () => {
    const { sampling, runs, say } = createKit()
    say(AWAY)
    sampling.addRun(aRecord(AWAY))
    expect(runs).toMatchObject([{ runId: AWAY, weight: 1 }])
  })

  it('does not send again a run that was kept, and passes signals on runs that it never saw', () => {
    const { sampling, runs, signals, say } = createKit()
    sampling.addRun(aRecord(KEPT))
    say(KEPT)
    say(AWAY)
    expect(runs).toHaveLength(1)
    expect(signals.map(({ runId }) => runId)).toEqual([KEPT, AWAY])
  })

  it('remembers a bounded number of runs that it kept back', () => {
    const { sampling, runs, say } = createKit()
    const idOf = (index: number) => index.toString(16).padStart(8, '0').padEnd(32, '0')
    for (let index = 1; index <= 201; index += 1) sampling.addRun(aRecord(idOf(index)))
    say(idOf(1))
    say(idOf(2))
    expect(runs.map(({ runId }) => runId)).toEqual([idOf(2)])
  })

  it('decides by the id alone, keeps more where the rate is higher, and all where it is 1', () => {
    const id = fc.stringMatching(/^[0-9a-f]{32}$/)
    const rate = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(id, rate, rate, (runId, one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one]
        if (isSampled(runId, low)) expect(isSampled(runId, high)).toBe(true)
        expect(isSampled(runId, 1)).toBe(true)
        expect(isSampled(runId, 0)).toBe(false)
      }),
    )
  })

  it('keeps what a sampler of OpenTelemetry keeps that looks at the last 56 bits', () => {
    const id = fc.stringMatching(/^[0-9a-f]{32}$/)
    fc.assert(
      fc.property(id, fc.constantFrom(0.5, 0.25, 0.125, 1 / 16), (runId, rate) => {
        const threshold = BigInt((1 - rate) * 2 ** 56)
        expect(isSampled(runId, rate)).toBe(BigInt(`0x${runId.slice(-14)}`) >= threshold)
      }),
    )
  })
})

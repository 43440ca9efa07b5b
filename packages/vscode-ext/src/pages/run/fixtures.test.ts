import { decodeTimeline, FAILURE_TABLE, isFallback } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { createLongRun, createRunFixtures, createTinyRun } from './fixtures.ts'

const NOW = 1_800_000_000_000
const answers = {
  ...createRunFixtures(NOW),
  long: createLongRun(NOW),
  tiny: createTinyRun(NOW),
}

describe.each(Object.entries(answers))('the fixture %s could have happened', (_, { run, signals }) => {
  it('has ids of the right form, each span once', () => {
    expect(run.runId).toMatch(/^[0-9a-f]{32}$/)
    for (const { spanId } of run.attempts) expect(spanId).toMatch(/^[0-9a-f]{16}$/)
    expect(new Set(run.attempts.map(({ spanId }) => spanId)).size).toBe(run.attempts.length)
    for (const { signalId, runId } of signals) {
      expect(signalId).toMatch(/^[0-9a-f]{32}$/)
      expect(runId).toBe(run.runId)
    }
    expect(new Set(signals.map(({ signalId }) => signalId)).size).toBe(signals.length)
  })

  it('has its times in order', () => {
    for (const { startedMs, endedMs, firstTokenMs, failure } of run.attempts) {
      expect(endedMs).toBeGreaterThanOrEqual(startedMs)
      expect(endedMs).toBeLessThanOrEqual(run.settledMs)
      if (firstTokenMs !== null) expect(firstTokenMs).toBeGreaterThanOrEqual(startedMs)
      if (failure !== null) expect(FAILURE_TABLE).toHaveProperty([failure])
    }
    expect(run.startedAtEpochMs).toBeLessThanOrEqual(NOW)
    for (const { atEpochMs } of signals) expect(atEpochMs).toBeGreaterThan(run.startedAtEpochMs)
  })

  it('has an answer as long as what arrived, and a cause where it is a fallback', () => {
    const arrivals = decodeTimeline(run.timeline)
    if (arrivals.length > 0) {
      expect(arrivals.reduce((sum, { characters }) => sum + characters, 0)).toBe(run.answerLength)
    }
    expect(run.fallbackCause !== null).toBe(isFallback(run.outcome))
  })
})

it('the same moment gives the same records', () => {
  expect(createRunFixtures(NOW)).toEqual(createRunFixtures(NOW))
})

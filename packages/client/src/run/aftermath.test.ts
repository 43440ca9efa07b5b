import { isRated } from '@evenkeel/shared'
import { runRecords } from '@evenkeel/shared/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { IDLE_STATE } from '../testing/scripted-run.ts'
import { recordAfter, stateAfter } from './aftermath.ts'

it('a rated run was omitted after all, any other keeps its outcome, and both ended as a bug', () => {
  fc.assert(
    fc.property(runRecords, fc.nat(10_000_000), (record, atMs) => {
      const after = recordAfter(record, 'drawing threw TypeError', atMs)
      expect(after.outcome).toBe(
        isRated(record.outcome) || record.outcome === 'abandoned' ? 'omitted' : record.outcome,
      )
      expect(after.settledMs).toBeGreaterThanOrEqual(record.settledMs)
      expect(after.attempts.map(({ spanId }) => spanId)).toEqual(record.attempts.map(({ spanId }) => spanId))
      const gave = record.outcome === 'abandoned' ? 'aborted' : null
      const answered = record.attempts.findLastIndex(({ failure }) => failure === gave)
      if (answered >= 0) {
        expect(after.attempts[answered]).toMatchObject({ failure: 'bug', detail: 'drawing threw TypeError' })
      }
      expect(
        after.attempts.filter((each, index) => each !== record.attempts[index]).length,
      ).toBeLessThanOrEqual(1)
      if (isRated(record.outcome)) expect(after.fallbackCause).not.toBeNull()
      expect(after.moments.at(-1)).toEqual({ moment: 'omitted', atMs: after.settledMs, deck: null })
    }),
  )
})

it('the state says so too', () => {
  const settled = { ...IDLE_STATE, phase: 'settled', outcome: 'answered', moment: 'disclosure' } as const
  expect(stateAfter(settled)).toEqual({
    ...settled,
    outcome: 'omitted',
    failure: 'bug',
    moment: 'omitted',
  })
  const off = { ...settled, outcome: 'disabled', moment: 'disabled' } as const
  expect(stateAfter(off)).toEqual({ ...off, failure: 'bug' })
})

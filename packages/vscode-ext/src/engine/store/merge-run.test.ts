import { runRecords } from '@evenkeel/shared/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anAttempt, aRun } from '../testing/run.ts'
import { mergeRuns } from './merge-run.ts'

const attempt = (number: number, over = {}) =>
  anAttempt({ spanId: number.toString(16).padStart(16, '0'), startedMs: number, ...over })

/** Parts of one run: some of its attempts each. */
const parts = fc
  .tuple(runRecords, fc.subarray([1, 2, 3, 4]), fc.subarray([1, 2, 3, 4]), fc.subarray([1, 2, 3, 4]))
  .map(([run, ...subsets]) =>
    subsets.map((subset) => ({ ...run, attempts: subset.map((number) => attempt(number)) })),
  )

describe('mergeRuns', () => {
  it('does not care who came first', () => {
    fc.assert(
      fc.property(runRecords, runRecords, (left, right) => {
        const [one, other] = [mergeRuns(left, right), mergeRuns(right, left)]
        expect({ ...one, attempts: new Set(one.attempts) }).toEqual({
          ...other,
          attempts: new Set(other.attempts),
        })
      }),
    )
  })

  it('puts parts together in any order and any grouping', () => {
    fc.assert(
      fc.property(parts, ([a = aRun(), b = aRun(), c = aRun()]) => {
        expect(mergeRuns(mergeRuns(a, b), c)).toEqual(mergeRuns(a, mergeRuns(c, b)))
      }),
    )
  })

  it('changes nothing that is merged with itself', () => {
    fc.assert(
      fc.property(runRecords, (run) => {
        expect(mergeRuns(run, run)).toEqual(run)
      }),
    )
  })

  it('keeps the order of the reading that has all attempts, even where their times are equal', () => {
    const whole = aRun({ attempts: [attempt(9, { startedMs: 5 }), attempt(2, { startedMs: 5 })] })
    const part = aRun({ attempts: [attempt(2, { startedMs: 5 })] })
    expect(mergeRuns(part, whole).attempts).toEqual(whole.attempts)
    expect(mergeRuns(whole, part).attempts).toEqual(whole.attempts)
  })

  it('takes the attempt that ended later', () => {
    const early = aRun({ attempts: [attempt(1, { endedMs: 10, failure: 'aborted' })] })
    const late = aRun({ attempts: [attempt(1, { endedMs: 20 })] })
    expect(mergeRuns(early, late).attempts).toEqual(late.attempts)
    expect(mergeRuns(late, early).attempts).toEqual(late.attempts)
  })
})

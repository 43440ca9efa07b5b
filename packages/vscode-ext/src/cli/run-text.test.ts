import { describe, expect, it } from 'vitest'
import { anId, aRun, aSignal } from '../engine/testing/run.ts'
import { runText } from './run-text.ts'

const textOf = (over: Parameters<typeof aRun>[0]) =>
  runText({ run: aRun({ runId: anId(1), ...over }), signals: [] })

describe('the text of a run', () => {
  it('says what enforcing would have done, where budgets were only observed', () => {
    expect(textOf({ observed: { failure: 'timeout.complete', atMs: 1_000, step: 'template' } })).toMatch(
      /^enforcing +would have ended the attempt at 1\.0 s \(timeout\.complete\) and gone on with template$/m,
    )
    expect(textOf({ observed: { failure: 'timeout.stall', atMs: 1_000, step: null } })).toContain(
      'kept what was there',
    )
    expect(textOf({ observed: null })).toMatch(/^enforcing +would have changed nothing$/m)
    expect(textOf({})).not.toContain('enforcing')
  })

  it('says of each signal what it says: how far, how long after, and in the user’s words on one line', () => {
    const run = aRun({ runId: anId(1) })
    const said = [
      aSignal({ kind: 'accept', afterMs: 4_200 }),
      aSignal({ kind: 'edit', value: 0.118 }),
      aSignal({ kind: 'thumbs', value: -1, comment: 'Wrong\u001b[2J sum' }),
      aSignal({ kind: 'report', value: null, reasons: [] }),
    ]
    const lines = runText({ run, signals: said }).split('\n').slice(-4)
    expect(lines[0]).toMatch(/^accept +after 4\.2 s /)
    expect(lines[1]).toMatch(/^edit +12 % changed /)
    expect(lines[2]).toMatch(/^thumbs +down .* Wrong \[2J sum$/)
    expect(lines[3]).toMatch(/^report {2,}\d{4}-.* UTC$/)
  })

  it('says how old an answer was that was kept from before', () => {
    expect(textOf({ answerAgeMs: 90_000 })).toMatch(/^answer age +1 min 30 s$/m)
    expect(textOf({})).not.toContain('answer age')
  })
})

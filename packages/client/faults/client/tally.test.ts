import { describe, expect, it } from 'vitest'
import type { Observed } from './observed.ts'
import { judgePeer } from './peers.ts'
import { ROWS, SHORT_ROWS } from './rows.ts'
import { isRight, type Judged, tally, tallyPeer } from './tally.ts'
import { PRIMARY } from './texts.ts'

const seen: Observed = {
  sightings: [{ atMs: 40, answer: PRIMARY, notice: '', isBusy: false, isThere: true }],
  last: { atMs: 90, answer: PRIMARY, notice: '', isBusy: false, isThere: true },
  isStuck: false,
  complaints: [],
  shift: 0,
  moved: [],
  lagMs: 0,
  requests: [],
  asked: 0,
  records: [],
  bugs: [],
  kept: null,
}
const judgedOf = (id: string, wrong: readonly string[] = [], shift = 0): Judged => {
  const row = ROWS.find((each) => each.id === id)
  if (row === undefined) throw new Error(`no row ${id}`)
  return {
    row,
    seen: { ...seen, shift },
    verdict: { isBlank: false, isStuck: false, unhandled: 0, wrong },
  }
}

describe('tally', () => {
  it('counts how often the second model stood in, of the rows where it had to', () => {
    const judged = [judgedOf('503-progressive-primary'), judgedOf('500-progressive-primary', ['x'])]
    expect(tally(judged)).toMatchObject({ rows: 2, wrong: 1, rescued_by_model: 0.5 })
    expect(tally([...judged, judgedOf('503-progressive-all', ['y'])])).toMatchObject({
      wrong: 2,
      rescued_by_model: 0.5,
    })
  })

  it('keeps what moves at a change apart from what a long answer pushes', () => {
    const judged = [
      judgedOf('503-progressive-primary', [], 0.0004),
      judgedOf('no-fault-a-long-answer-progressive-primary', [], 0.02),
    ]
    expect(tally(judged)).toMatchObject({ transition_cls_max: 0.0004, stream_cls_max: 0.02 })
    expect(judged.every(isRight)).toBe(true)
    expect(isRight(judgedOf('503-progressive-primary', [], 0.02))).toBe(false)
    expect(isRight(judgedOf('no-fault-a-long-answer-progressive-primary', [], 0.06))).toBe(false)
  })

  it('takes the time to the first words, by interaction', () => {
    expect(tally([judgedOf('503-progressive-primary')]).useful_ms_p95).toMatchObject({ progressive: 40 })
  })
})

describe('a peer', () => {
  const [row] = ROWS
  if (row === undefined) throw new Error('no row')
  const judge = (change: Partial<Observed>) => judgePeer(row, { ...seen, ...change })
  const last = (answer: string, notice = '') => ({ last: { ...seen.last, answer, notice } })

  it('is well with the whole answer, and with words that say what happened', () => {
    const well = { unhandled: false, stuck: false, truncatedAsComplete: false, blank: false }
    expect(judge({})).toEqual(well)
    expect(judge(last('', 'Something went wrong.'))).toEqual(well)
    expect(judge(last('Primary answer:', 'Something went wrong.'))).toEqual(well)
  })

  it('calls a part of the answer the answer, or has nothing to say, or never ends', () => {
    const verdicts = [judge(last('Primary answer:')), judge(last('')), judge({ isStuck: true, ...last('') })]
    expect(tallyPeer(verdicts)).toEqual({ unhandled: 0, stuck: 1, truncated_as_complete: 1, blank: 1 })
  })
})

describe('the rows', () => {
  it('are enough, and in their short form meet every fault', () => {
    expect(ROWS.length).toBeGreaterThanOrEqual(200)
    expect(SHORT_ROWS.length).toBeGreaterThanOrEqual(60)
    const faults = (rows: typeof ROWS) => new Set(rows.map(({ fault }) => fault))
    expect(faults(SHORT_ROWS)).toEqual(faults(ROWS))
  })
})

import { describe, expect, it } from 'vitest'
import type { LoggedRequest } from './access-log.ts'
import { checkRow } from './check.ts'
import type { Observed } from './observed.ts'
import { ROWS, type Row } from './rows.ts'
import { PRIMARY, TEMPLATE, WORDS } from './texts.ts'
import type { Sighting } from './witness.ts'

const rowOf = (id: string): Row => {
  const row = ROWS.find((each) => each.id === id)
  if (row === undefined) throw new Error(`no row ${id}`)
  return row
}
const row = rowOf('no-fault-progressive-primary')

const sighting = (answer: string, more: Partial<Sighting> = {}): Sighting => ({
  atMs: 10,
  answer,
  notice: WORDS.disclosure,
  isBusy: false,
  isThere: true,
  ...more,
})

const request: LoggedRequest = {
  job: row.id,
  tier: 'primary',
  body: '{"input":{"question":"Where is my parcel?"}}',
  idempotencyKey: 'a',
  traceparent: '00-a-1-01',
  attempt: null,
  ended: 'whole',
}

const good: Observed = {
  sightings: [sighting('Primary answer:'), sighting(PRIMARY)],
  last: sighting(PRIMARY),
  isStuck: false,
  complaints: [],
  shift: 0,
  moved: [],
  lagMs: 0,
  requests: [request],
  asked: 1,
  records: [
    {
      outcome: 'answered',
      attempts: [{ step: 'model', tier: 'primary', hedge: false, failure: null }],
      moments: [{ moment: 'waiting' }, { moment: 'disclosure' }],
    },
  ],
  bugs: [],
  kept: null,
}
const wrongWith = (change: Partial<Observed>) => checkRow(row, { ...good, ...change }).wrong

describe('checkRow', () => {
  it('finds nothing wrong with what is as it has to be', () => {
    expect(checkRow(row, good)).toEqual({ isBlank: false, isStuck: false, unhandled: 0, wrong: [] })
  })

  it('says that nothing is seen, of the answer or of its words', () => {
    expect(checkRow(row, { ...good, last: sighting('') }).isBlank).toBe(true)
    expect(checkRow(row, { ...good, last: sighting(PRIMARY, { notice: '' }) }).isBlank).toBe(true)
  })

  it('counts every exception and every word on the console', () => {
    expect(checkRow(row, { ...good, complaints: ['rejection: x', 'console: y'] }).unhandled).toBe(2)
  })

  it('does not take a part of the answer, or the words of another, for it', () => {
    expect(wrongWith({ last: sighting('Primary answer:') })).toContain('shows "Primary answer:", not primary')
    expect(wrongWith({ last: sighting(TEMPLATE) })).toHaveLength(1)
  })

  it('sees what is told wrongly', () => {
    expect(wrongWith({ last: sighting(PRIMARY, { notice: WORDS.retry }) })).toHaveLength(1)
  })

  it('sees that what was read was taken away, be it for a frame', () => {
    const sightings = [sighting('Primary answer:'), sighting(''), sighting(PRIMARY)]
    expect(wrongWith({ sightings })).toEqual(['what was read was taken away'])
  })

  it('sees words that nobody wrote for the user', () => {
    expect(wrongWith({ sightings: [sighting('data: {"type"'), sighting(PRIMARY)] })).toHaveLength(1)
  })

  it('sees a request too many, and not one that the browser sent again by itself', () => {
    const again = { ...request, traceparent: '00-a-2-01' }
    expect(wrongWith({ requests: [request, again], asked: 2 })).toHaveLength(2)
    expect(wrongWith({ requests: [request, request] })).toEqual([])
  })

  it('sees a wish that changed its key, and a body with more than the input in it', () => {
    expect(wrongWith({ requests: [request, { ...request, idempotencyKey: 'b' }] })).toHaveLength(1)
    expect(wrongWith({ requests: [{ ...request, body: '{"input":{},"user":"x"}' }] })).toHaveLength(1)
  })

  it('holds the record against what was seen', () => {
    expect(wrongWith({ records: [] })).toEqual(['0 records'])
    const [record] = good.records
    if (record === undefined) throw new Error('no record')
    expect(wrongWith({ records: [{ ...record, outcome: 'degraded' }] })).toHaveLength(1)
    expect(wrongWith({ records: [{ ...record, attempts: [] }] })).toHaveLength(1)
    expect(wrongWith({ records: [{ ...record, moments: [] }] })).toHaveLength(1)
  })

  it('sees an exception that the engine reported where there was none', () => {
    expect(wrongWith({ bugs: ['health: x'] })).toHaveLength(1)
  })

  it('wants a server to be hung up on by whoever left', () => {
    const left = rowOf('unmount-mid-stream-progressive-primary')
    const gone = sighting('', { isThere: false, notice: '' })
    const record = {
      outcome: 'abandoned',
      attempts: [{ step: 'model', tier: 'primary', hedge: false, failure: 'aborted' }],
      moments: [],
    }
    const seen = { ...good, sightings: [gone], last: gone, records: [record] }
    expect(checkRow(left, seen).wrong).toEqual(['the server was not hung up on'])
    expect(checkRow(left, { ...seen, requests: [{ ...request, ended: 'left' }] }).wrong).toEqual([])
  })
})

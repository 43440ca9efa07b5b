import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Change } from '../contract.ts'
import { CHANGE_INTERVAL_MS, createChanges } from './changes.ts'

/** A clock that a test turns. */
function clock() {
  let nowMs = 0
  const waiting: { atMs: number; work: () => void }[] = []
  return {
    timers: {
      nowMs: () => nowMs,
      setTimeout: (work: () => void, ms: number) => waiting.push({ atMs: nowMs + ms, work }),
    },
    pass(ms: number) {
      const untilMs = nowMs + ms
      for (;;) {
        const next = waiting.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0]
        if (next === undefined) break
        waiting.splice(waiting.indexOf(next), 1)
        nowMs = next.atMs
        next.work()
      }
      nowMs = untilMs
    },
    nowMs: () => nowMs,
  }
}

const one = (feature: string): Change => ({ features: [feature], runs: 1, signals: 0 })

describe('changes', () => {
  it('are told at once when nothing was told for a while', () => {
    const { timers, pass } = clock()
    const changes = createChanges(timers)
    const heard: Change[] = []
    changes.listen((change) => heard.push(change))
    changes.publish(one('a'))
    expect(heard).toEqual([one('a')])
    pass(1000)
    changes.publish(one('b'))
    expect(heard).toHaveLength(2)
  })

  it('are gathered between two tellings', () => {
    const { timers, pass } = clock()
    const changes = createChanges(timers)
    const heard: Change[] = []
    changes.listen((change) => heard.push(change))
    for (const feature of ['a', 'b', 'a', 'c']) changes.publish(one(feature))
    pass(CHANGE_INTERVAL_MS - 1)
    expect(heard).toHaveLength(1)
    pass(1)
    expect(heard.slice(1)).toEqual([{ features: ['b', 'a', 'c'], runs: 3, signals: 0 }])
  })

  it('are never told more than four times a second, and none is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 60 }), (pauses) => {
        const { timers, pass, nowMs } = clock()
        const changes = createChanges(timers)
        const at: number[] = []
        let runs = 0
        changes.listen((change) => {
          at.push(nowMs())
          runs += change.runs
        })
        for (const pause of pauses) {
          changes.publish(one('a'))
          pass(pause)
        }
        pass(CHANGE_INTERVAL_MS)
        expect(runs).toBe(pauses.length)
        for (const [index, ms] of at.entries())
          if (index > 0) expect(ms - (at[index - 1] ?? 0)).toBeGreaterThanOrEqual(CHANGE_INTERVAL_MS)
      }),
    )
  })

  it('are not told to those who stopped listening', () => {
    const changes = createChanges(clock().timers)
    const heard: Change[] = []
    const stop = changes.listen((change) => heard.push(change))
    stop()
    changes.publish(one('a'))
    expect(heard).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { answerReply } from '../testing/replies.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { A, featureForTests, OMIT, PRIMARY } from './feature.test.kit.ts'

describe('regenerating while an answer is on its way', () => {
  it('shows the latest, however late an earlier one answers', async () => {
    const { engine, server, clock, records, signals } = createTestEngine()
    server.on(
      A,
      answerReply(['first '], { headAfterMs: 10, everyMs: 100 }),
      answerReply(['second'], { headAfterMs: 300 }),
      answerReply(['third'], { headAfterMs: 20, everyMs: 50 }),
    )
    const run = engine.createRun(featureForTests({ ladder: [PRIMARY, OMIT] }))
    const texts = new Set<string>()
    run.subscribeText(() => texts.add(run.text))
    void run.start('x')
    await clock.advance(50)
    void run.regenerate()
    void run.regenerate()
    await clock.advance(1_000)
    expect(run.text).toBe('third')
    expect([...texts].filter((text) => text !== '')).toEqual(['third'])
    expect(run.state).toMatchObject({ outcome: 'answered', phase: 'settled' })
    expect(records.map(({ outcome }) => outcome)).toEqual(['abandoned', 'abandoned', 'answered'])
    expect(server.requests.map(({ isAborted }) => isAborted)).toEqual([true, true, false])
    expect(signals.map(({ kind, ordinal }) => [kind, ordinal])).toEqual([
      ['regenerate', 1],
      ['regenerate', 2],
    ])
    expect(clock.pendingTimers).toBe(0)
  })
})

import type { RunRecord } from '@evenkeel/shared'
import { describe, expect, it, vi } from 'vitest'
import { A, B, ELSEWHERE, featureForTests, OMIT, PRIMARY, TEMPLATE } from '../run/feature.test.kit.ts'
import { answerReply, statusReply } from '../testing/replies.ts'
import type { ScriptedReply } from '../testing/scripted-server.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { createVirtualClock } from '../testing/virtual-clock.ts'
import { replayRun } from './replay-run.ts'
import { shapeOf } from './shape.ts'

/** What a user saw at one instant, as far as it is the same without the words. */
interface Seen {
  readonly atMs: number
  readonly phase: string
  readonly characters: number
  readonly moment: string | null
  readonly outcome: string | null
}

/** A real run, and what was to be seen of it every 10 ms. */
async function watched(reply: ScriptedReply, other: ScriptedReply = statusReply(500), stopAtMs?: number) {
  const { engine, server, clock, records } = createTestEngine()
  server.on(A, reply)
  server.on(B, other)
  const run = engine.createRun(featureForTests({ ladder: [PRIMARY, ELSEWHERE, TEMPLATE, OMIT] }))
  void run.start('x')
  const seen: Seen[] = []
  for (let atMs = 5; atMs < 5_000 && records.length === 0; atMs += 10) {
    await clock.advance(seen.length === 0 ? 5 : 10)
    if (atMs === stopAtMs) run.stop()
    const { phase, moment, outcome } = run.state
    seen.push({ atMs, phase, moment, outcome, characters: run.text.length })
  }
  const [record] = records
  if (record === undefined) throw new Error('The run did not settle.')
  return { record, seen, text: run.text }
}

const STREAM = answerReply(['Dear ', 'Ada, ', 'thank you for writing.'], { headAfterMs: 100, everyMs: 200 })
const BROKEN = answerReply(['Dear ', 'Ada, '], { everyMs: 200, ending: 'break' })

const CASES: readonly (readonly [string, () => ReturnType<typeof watched>])[] = [
  ['an answer', () => watched(STREAM)],
  ['a slow one', () => watched(answerReply(['Here it is.'], { headAfterMs: 1_200 }))],
  [
    'a fallback',
    () => watched(statusReply(500, { headAfterMs: 150 }), answerReply(['From elsewhere.'], { everyMs: 90 })),
  ],
  ['a template', () => watched(statusReply(500))],
  [
    'an answer that took the place of a partial one',
    () => watched(BROKEN, answerReply(['Another answer.'], { everyMs: 300 })),
  ],
  ['one that was stopped', () => watched(STREAM, undefined, 405)],
]

describe('replayRun', () => {
  it.each(CASES)('shows %s as it was seen, at every instant', async (_what, make) => {
    const { record, seen } = await make()
    const replay = replayRun(record)
    for (const { atMs, ...expected } of seen) {
      replay.seek(atMs)
      const { phase, moment, outcome } = replay.run.state
      expect({ atMs, phase, moment, outcome, characters: replay.run.text.length }).toEqual({
        atMs,
        ...expected,
      })
    }
  })

  it('plays in real time, and ends where the run did', async () => {
    const { record, seen } = await watched(STREAM)
    const clock = createVirtualClock()
    const replay = replayRun(record, { clock })
    replay.play()
    for (const { characters } of seen) {
      await clock.advance(clock.nowMs() === 0 ? 5 : 10)
      expect(replay.run.text.length).toBe(characters)
    }
    await clock.advance(1_000)
    expect(replay.isPlaying).toBe(false)
    expect(replay.positionMs).toBe(record.settledMs)
    expect(clock.pendingTimers).toBe(0)
  })

  it('plays faster, pauses, and begins again from the end', async () => {
    const { record } = await watched(STREAM)
    const clock = createVirtualClock()
    const replay = replayRun(record, { clock, speed: 10 })
    replay.play()
    await clock.advance(record.settledMs / 20)
    expect(replay.positionMs).toBeCloseTo(record.settledMs / 2, 5)
    replay.pause()
    await clock.advance(1_000)
    expect(replay.positionMs).toBeCloseTo(record.settledMs / 2, 5)
    replay.setSpeed(1)
    replay.play()
    await clock.advance(record.settledMs)
    expect(replay.run.state.phase).toBe('settled')
    replay.play()
    expect(replay.run.state.phase).toBe('waiting')
    expect(replay.run.text).toBe('')
    replay.dispose()
    expect(clock.pendingTimers).toBe(0)
  })

  it('goes on playing from where it is moved to', async () => {
    const { record } = await watched(STREAM)
    const clock = createVirtualClock()
    const replay = replayRun(record, { clock })
    replay.play()
    replay.seek(record.settledMs - 10)
    await clock.advance(20)
    expect(replay.run.state.outcome).toBe('answered')
  })

  it('shows blocks where there is no content, and the words where the app kept them', async () => {
    const { record, text } = await watched(STREAM)
    const blocks = replayRun(record)
    blocks.seek(record.settledMs)
    expect(blocks.run.text).toMatch(/^[▒\s]+$/)
    expect(blocks.run.text).toHaveLength(text.length)
    const words = replayRun(record, { text })
    words.seek(record.settledMs)
    expect(words.run.text).toBe(text)
    words.seek(350)
    expect(text.startsWith(words.run.text) && words.run.text.length < text.length).toBe(true)
  })

  it('tells listeners what changed, and tells them to read anew after a jump back', async () => {
    const { record } = await watched(STREAM)
    const replay = replayRun(record)
    const [onText, onState] = [vi.fn(), vi.fn()]
    replay.run.subscribeText(onText)
    replay.run.subscribe(onState)
    replay.seek(record.settledMs)
    expect(onText).toHaveBeenCalledOnce()
    expect(onState).toHaveBeenCalledOnce()
    const { textRevision } = replay.run
    replay.seek(0)
    expect(replay.run.textRevision).toBeGreaterThan(textRevision)
  })

  it('touches nothing outside: no request, no signal, and a record that is in no figure', async () => {
    const { record } = await watched(STREAM)
    const fetch = vi.spyOn(globalThis, 'fetch')
    const { run } = replayRun({ ...record, synthetic: false })
    expect((await run.start('again')).synthetic).toBe(true)
    expect(run.regenerate()).toBeNull()
    expect(run.signal('thumbs', { value: 1 })).toBeNull()
    run.stop()
    run.leave()
    expect(fetch).not.toHaveBeenCalled()
    fetch.mockRestore()
  })

  it('says nothing where the deck was silent on purpose', async () => {
    const { record } = await watched(STREAM)
    const silent: RunRecord = {
      ...record,
      moments: record.moments.map((each) => ({ ...each, silent: true })),
    }
    const replay = replayRun(silent)
    replay.seek(record.settledMs)
    expect(replay.run.state.moment).toBeNull()
  })

  it('survives a record whose timeline is damaged or lies', async () => {
    const { record } = await watched(STREAM)
    for (const timeline of ['', 'x', '-5.3,zz.zzzzz', '0.5,,9.']) {
      const replay = replayRun({ ...record, timeline, answerLength: 7 })
      replay.seek(record.settledMs / 2)
      replay.seek(record.settledMs)
      expect(replay.run.text).toHaveLength(7)
    }
  })
})

describe('shapeOf', () => {
  it('has the length that was asked for, and grows at its end only', () => {
    const long = shapeOf(2_000)
    for (let length = 0; length < 2_000; length += 7) {
      expect(shapeOf(length)).toHaveLength(length)
      expect(long.startsWith(shapeOf(length))).toBe(true)
    }
  })
})

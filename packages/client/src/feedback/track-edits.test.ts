import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { A, featureForTests } from '../run/feature.test.kit.ts'
import { answerReply } from '../testing/replies.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { editDistance } from './edit-distance.ts'
import { trackEdits } from './track-edits.ts'

async function answered(text = 'Dear Ada, thank you.') {
  const kit = createTestEngine()
  kit.server.on(A, answerReply([text]))
  const run = kit.engine.createRun(featureForTests())
  void run.start('x')
  await kit.clock.advance(10)
  return { ...kit, run, options: { epochMs: kit.clock.epochMs, whenIdle: async () => {} } }
}

const told = (signals: readonly { kind: string; value: number | null; afterMs: number | null }[]) =>
  signals.map(({ kind, value, afterMs }) => [kind, value, afterMs])

describe('trackEdits', () => {
  it('records how far the accepted text is from the answer, and how long the user took', async () => {
    const { run, signals, records, clock, options } = await answered()
    const field = { value: 'Dear Ada, thank you.', textContent: 'what it was rendered with' }
    const edits = trackEdits(run, field, options)
    await clock.advance(4_990)
    field.value = 'Dear Eva, thank you.'
    await edits.accept()
    const afterMs = Math.round(
      clock.epochMs() - (records[0]?.startedAtEpochMs ?? 0) - (records[0]?.settledMs ?? 0),
    )
    expect(told(signals)).toEqual([
      ['accept', null, afterMs],
      ['edit', 0.1, null],
    ])
    expect(signals.map(({ runId }) => runId)).toEqual([run.state.runId, run.state.runId])
    expect(JSON.stringify(signals)).not.toMatch(/Dear|Ada|Eva|thank/)
  })

  it.each([
    ['a text', 'Dear Ada, thank you.'],
    ['a function', () => 'Dear Ada, thank you.'],
    ['an element', { textContent: 'Dear Ada, thank you.' }],
  ])('takes %s, and 0 for what was not changed', async (_what, source) => {
    const { run, options } = await answered()
    expect(await trackEdits(run, source, options).accept()).toMatchObject({ kind: 'edit', value: 0 })
  })

  it('is about the answer that was accepted, though another one was asked for meanwhile', async () => {
    const { run, signals, options, clock } = await answered()
    const first = run.state.runId
    let goOn = () => {}
    const idle = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const accepting = trackEdits(run, 'Dear Ada', { ...options, whenIdle: () => idle }).accept()
    await vi.waitFor(() => expect(signals).toHaveLength(1))
    void run.regenerate()
    await clock.advance(10)
    goOn()
    await accepting
    expect(run.state.runId).not.toBe(first)
    expect(signals.filter(({ kind }) => kind === 'edit').map(({ runId }) => runId)).toEqual([first])
  })

  it('is about the answer that was accepted, though the next one is asked for in the same moment', async () => {
    const { run, signals, options, clock } = await answered()
    const first = run.state.runId
    const accepting = trackEdits(run, 'Dear Ada', options).accept()
    void run.regenerate()
    await clock.advance(10)
    await accepting
    expect(run.state.runId).not.toBe(first)
    expect(signals.map(({ kind, runId }) => [kind, runId])).toEqual([
      ['regenerate', first],
      ['accept', first],
      ['edit', first],
    ])
  })

  it('is about the answer that was taken into a field, though another one was asked for before it was sent', async () => {
    const { run, signals, server, options, clock } = await answered('Dear Ada')
    const first = run.state.runId
    let reply = ''
    const edits = trackEdits(run, () => reply, options)
    await clock.advance(3_000)
    reply = run.text
    const taken = await edits.take()
    expect(taken).toMatchObject({ kind: 'accept', runId: first })
    expect(taken?.afterMs).toBeGreaterThanOrEqual(3_000)
    server.on(A, answerReply(['Something else altogether, and longer.']))
    void run.regenerate()
    await clock.advance(10)
    reply = 'Dear Eva'
    await edits.accept()
    expect(signals.map(({ kind, value, runId }) => [kind, value, runId])).toEqual([
      ['accept', null, first],
      ['regenerate', null, first],
      ['edit', 0.25, first],
    ])
  })

  it('says once of one taking that it was accepted, and again of the next', async () => {
    const { run, signals, options } = await answered('Dear Ada')
    const edits = trackEdits(run, 'Dear Ada', options)
    await edits.take()
    await edits.accept()
    await edits.accept()
    expect(signals.map(({ kind }) => kind)).toEqual(['accept', 'edit', 'accept', 'edit'])
  })

  it('takes nothing where there is no answer', async () => {
    const { engine, signals } = createTestEngine()
    const edits = trackEdits(engine.createRun(featureForTests()), 'x')
    expect(await edits.take()).toBeNull()
    expect(await edits.accept()).toBeNull()
    expect(signals).toEqual([])
  })

  it('records nothing where there is no answer', async () => {
    const { engine, signals } = createTestEngine()
    const run = engine.createRun(featureForTests())
    expect(await trackEdits(run, 'x').accept()).toBeNull()
    expect(signals).toEqual([])
  })

  it('has no time to accept for an answer that is accepted before it has ended', async () => {
    const kit = createTestEngine()
    kit.server.on(A, answerReply(['Dear ', 'Ada'], { everyMs: 1_000 }))
    const run = kit.engine.createRun(featureForTests())
    void run.start('x')
    await kit.clock.advance(1_500)
    await trackEdits(run, 'Dear ', { whenIdle: async () => {} }).accept()
    expect(told(kit.signals)).toEqual([
      ['accept', null, null],
      ['edit', 0, null],
    ])
  })

  it('records a dismissal', async () => {
    const { run, signals, options } = await answered()
    trackEdits(run, '', options).dismiss()
    expect(told(signals)).toEqual([['dismiss', null, null]])
  })
})

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['', 'abc', 1],
    ['abc', '', 1],
    ['kitten', 'sitting', 3 / 7],
    ['abc', 'xyz', 1],
    ['Dear Ada', 'Dear Ada, thank you', 11 / 19],
  ])('from %j to %j is %d', (from, to, expected) => {
    expect(editDistance(from, to)).toBeCloseTo(expected, 10)
  })

  /** By the recurrence that defines it. */
  function byHand(a: string, b: string): number {
    const rows = Array.from({ length: a.length + 1 }, (_, i) =>
      Array.from({ length: b.length + 1 }, (_, j) => i + j),
    )
    for (let i = 1; i <= a.length; i += 1)
      for (let j = 1; j <= b.length; j += 1) {
        const [up, left, across] = [rows[i - 1]?.[j] ?? 0, rows[i]?.[j - 1] ?? 0, rows[i - 1]?.[j - 1] ?? 0]
        const row = rows[i]
        if (row !== undefined) row[j] = Math.min(up + 1, left + 1, across + (a[i - 1] === b[j - 1] ? 0 : 1))
      }
    return (rows[a.length]?.[b.length] ?? 0) / Math.max(a.length, b.length, 1)
  }

  it('is what its definition says', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 30 })
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(editDistance(a, b)).toBeCloseTo(byHand(a, b), 10)
      }),
    )
  })

  it('of long texts is bounded, between 0 and 1, and small for a small change', () => {
    const words = Array.from({ length: 60_000 }, (_, index) => `word${index % 997}`)
    const long = words.join(' ')
    const from = performance.now()
    expect(editDistance(long, [...words].reverse().join(' '))).toBeGreaterThan(0.5)
    expect(editDistance(long, `x ${long.replaceAll('word500 ', 'other ')} x`)).toBeLessThan(0.05)
    expect(editDistance(long, 'y'.repeat(300_000))).toBeLessThanOrEqual(1)
    expect(performance.now() - from).toBeLessThan(3_000)
  })
})

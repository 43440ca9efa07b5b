import { describe, expect, it } from 'vitest'
import { createRedactor } from '../redact/create-redactor.ts'
import { answerReply, statusReply } from '../testing/replies.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import type { EngineOptions } from './engine.ts'
import { A, featureForTests, OMIT, PRIMARY } from './feature.test.kit.ts'

const REPLY = answerReply(['One ', 'two'], {
  everyMs: 100,
  metadata: { prompt: 'draft', version: '3', hash: 'ab', model: 'm' },
})

async function answered(options: EngineOptions = {}) {
  const kit = createTestEngine(options)
  kit.server.on(A, REPLY)
  const run = kit.engine.createRun(featureForTests({ ladder: [PRIMARY, OMIT] }))
  void run.start('x')
  await kit.clock.advance(500)
  return { ...kit, run }
}

describe('signal', () => {
  it('is complete in itself', async () => {
    const { run, signals, records, clock } = await answered()
    const signal = run.signal('thumbs', { value: -1, reasons: ['hallucination'] })
    expect(signals).toEqual([signal])
    expect(signal).toEqual({
      signalId: expect.stringMatching(/^[0-9a-f]{32}$/),
      runId: records[0]?.runId,
      kind: 'thumbs',
      atEpochMs: clock.epochMs(),
      value: -1,
      reasons: ['hallucination'],
      comment: null,
      ordinal: null,
      afterMs: null,
      replacedBy: null,
      feature: records[0]?.feature,
      triple: {
        prompt: { name: 'draft', version: '3', hash: 'ab' },
        requestModel: 'm',
        responseModel: null,
        context: null,
      },
      level: 5,
      environment: 'test',
      synthetic: true,
      weight: 1,
    })
  })

  it('is one for all thumbs of a run, whatever its value becomes', async () => {
    const { run, signals } = await answered()
    run.signal('thumbs', { value: 1 })
    run.signal('thumbs', { value: -1 })
    run.signal('thumbs', { value: 0 })
    expect(signals.map(({ value }) => value)).toEqual([1, -1, 0])
    expect(new Set(signals.map(({ signalId }) => signalId)).size).toBe(1)
  })

  it('is another one for another run and for another kind', async () => {
    const { run, signals, clock } = await answered()
    run.signal('thumbs', { value: 1 })
    run.signal('copy')
    run.signal('copy')
    void run.start('y')
    await clock.advance(500)
    run.signal('thumbs', { value: 1 })
    expect(new Set(signals.map(({ signalId }) => signalId)).size).toBe(4)
    expect(new Set(signals.map(({ runId }) => runId)).size).toBe(2)
  })

  it('is nothing where nothing was shown yet', async () => {
    const { engine, server, clock, signals } = createTestEngine()
    server.on(A, REPLY)
    const run = engine.createRun(featureForTests())
    expect(run.signal('thumbs', { value: 1 })).toBeNull()
    void run.start('x')
    expect(run.signal('thumbs', { value: 1 })).toBeNull()
    await clock.advance(150)
    expect(run.signal('thumbs', { value: 1 })).not.toBeNull()
    expect(signals).toHaveLength(1)
  })

  it('may report a run that gave nothing', async () => {
    const { engine, server, clock } = createTestEngine()
    server.on(A, statusReply(500))
    const run = engine.createRun(featureForTests({ ladder: [PRIMARY, OMIT] }))
    void run.start('x')
    await clock.advance(10)
    expect(run.signal('report')?.kind).toBe('report')
  })

  it("keeps a user's words only where the app chose to", async () => {
    const off = await answered()
    expect(off.run.signal('report', { comment: 'my words' })?.comment).toBeNull()
    const full = await answered({ content: 'full' })
    expect(full.run.signal('report', { comment: 'my words' })?.comment).toBe('my words')
  })

  it("keeps of a comment what the app's redactor leaves, before anybody hears of it", async () => {
    const { run, signals } = await answered({ content: 'redacted', redact: createRedactor() })
    run.signal('report', { comment: 'Write to ada@example.com' })
    expect(signals.map(({ comment }) => comment)).toEqual(['Write to [email]'])
  })

  it('keeps nothing where there is no redactor, or where it throws, and says that', async () => {
    const redact = () => {
      throw new RangeError('no')
    }
    const without = await answered({ content: 'redacted' })
    expect(without.run.signal('report', { comment: 'my words' })?.comment).toBeNull()
    const throwing = await answered({ content: 'redacted', redact })
    expect(throwing.run.signal('report', { comment: 'my words' })?.comment).toBeNull()
    expect(throwing.bugs).toEqual([['redact', expect.any(RangeError)]])
  })
})

describe('the signal of a regenerate', () => {
  it('is about the run that was replaced, counts the repetitions and names the new run', async () => {
    const { run, signals, records, clock } = await answered()
    void run.regenerate()
    await clock.advance(500)
    void run.regenerate()
    await clock.advance(500)
    const ids = records.map(({ runId }) => runId)
    expect(signals.map(({ kind, runId, ordinal, replacedBy }) => [kind, runId, ordinal, replacedBy])).toEqual(
      [
        ['regenerate', ids[0], 1, ids[1]],
        ['regenerate', ids[1], 2, ids[2]],
      ],
    )
  })

  it('counts from 1 again after a new start', async () => {
    const { run, signals, clock } = await answered()
    void run.regenerate()
    void run.start('y')
    await clock.advance(500)
    void run.regenerate()
    expect(signals.map(({ ordinal }) => ordinal)).toEqual([1, 1])
  })

  it('may come while the run is still going, which is then abandoned', async () => {
    const { run, signals, records, clock } = await answered()
    void run.start('y')
    await clock.advance(150)
    void run.regenerate()
    expect(records.at(-1)).toMatchObject({ outcome: 'abandoned', runId: signals.at(-1)?.runId })
  })
})

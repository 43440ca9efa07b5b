import { NO_TRIPLE } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { A, featureForTests } from '../run/feature.test.kit.ts'
import { answerReply } from '../testing/replies.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { recordSignal, referenceOf } from './record-signal.ts'

async function yesterday() {
  const kit = createTestEngine({ environment: 'production' })
  const metadata = { prompt: 'draft', version: '3', hash: 'ab', model: 'm' }
  kit.server.on(A, answerReply(['A secret answer'], { metadata }))
  const run = kit.engine.createRun(featureForTests())
  const settled = run.start('a secret question')
  await kit.clock.advance(10)
  const thumb = run.signal('thumbs', { value: 1 })
  return { record: await settled, thumb }
}

describe('recordSignal', () => {
  it('says on another page what a signal of the run itself would say', async () => {
    const { record, thumb } = await yesterday()
    const kept: ReturnType<typeof referenceOf> = JSON.parse(JSON.stringify(referenceOf(record)))
    const { engine, signals } = createTestEngine({ environment: 'production' })
    recordSignal(kept, 'thumbs', { value: -1, reasons: ['latency'] }, engine)
    expect(signals).toEqual([{ ...thumb, value: -1, reasons: ['latency'], atEpochMs: expect.any(Number) }])
  })

  it('takes the place of the thumb that was given before', async () => {
    const { record, thumb } = await yesterday()
    const { engine } = createTestEngine()
    expect(recordSignal(referenceOf(record), 'thumbs', { value: 0 }, engine).signalId).toBe(thumb?.signalId)
    expect(recordSignal(referenceOf(record), 'copy', {}, engine).signalId).not.toBe(thumb?.signalId)
  })

  it('does with the run and the feature alone', async () => {
    const { engine } = createTestEngine()
    expect(
      recordSignal({ runId: 'a'.repeat(32), feature: 'draft-reply' }, 'report', {}, engine),
    ).toMatchObject({
      feature: 'draft-reply',
      triple: NO_TRIPLE,
      level: 5,
    })
  })

  it('keeps nothing of the content in what an app keeps', async () => {
    const { record } = await yesterday()
    expect(JSON.stringify(referenceOf(record))).not.toContain('secret')
  })

  it('refuses what is no run id, in words', () => {
    const { engine } = createTestEngine()
    expect(() => recordSignal({ runId: '9FWJ-YDBQ-PD6F', feature: 'x' }, 'report', {}, engine)).toThrow(
      /"9FWJ-YDBQ-PD6F" is no run id/,
    )
  })
})

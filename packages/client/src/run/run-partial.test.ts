import { decodeTimeline } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { answerReply, statusReply } from '../testing/replies.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { A, B, ELSEWHERE, featureForTests, OMIT, PRIMARY } from './feature.test.kit.ts'

type Spec = Parameters<typeof featureForTests>[0]

const CUT = answerReply(['Dear ', 'customer'], { everyMs: 10, ending: 'break' })
const ELSEWHERE_TOO: Spec = { ladder: [PRIMARY, ELSEWHERE, OMIT] }

function begin(spec: Spec = {}, elsewhere = answerReply(['Whole ', 'answer'], { everyMs: 100 })) {
  const kit = createTestEngine()
  kit.server.on(A, CUT)
  kit.server.on(B, elsewhere)
  const run = kit.engine.createRun(featureForTests(spec))
  const texts: string[] = []
  run.subscribeText(() => texts.push(run.text))
  void run.start('x')
  return { ...kit, run, texts }
}

describe('a run whose answer breaks off after something was shown', () => {
  it('puts a template in its place, in one commit', async () => {
    const { run, clock, texts, records } = begin()
    await clock.advance(50)
    expect(texts).toEqual(['Dear ', 'Dear customer', 'template for x'])
    expect(run.state).toMatchObject({ outcome: 'degraded', moment: 'replaced', step: 'template' })
    expect(records[0]).toMatchObject({ answerLength: 'template for x'.length, firstTokenMs: 10 })
    expect(records[0]?.moments.map(({ moment }) => moment)).toEqual(['waiting', 'disclosure', 'replaced'])
    expect(decodeTimeline(records[0]?.timeline ?? '').map(({ characters }) => characters)).toEqual([
      5,
      8 + 14,
    ])
  })

  it('keeps the partial answer while another model writes, and replaces it once the new one is complete', async () => {
    const { run, clock, texts } = begin(ELSEWHERE_TOO)
    await clock.advance(150)
    expect(run.text).toBe('Dear customer')
    expect(run.state).toMatchObject({ phase: 'streaming', step: 'model', tier: 'other', failure: 'network' })
    await clock.advance(100)
    expect(texts).toEqual(['Dear ', 'Dear customer', 'Whole answer'])
    expect(run.state).toMatchObject({ phase: 'settled', outcome: 'degraded', moment: 'replaced' })
  })

  it('grows the revision of the text by the replacement only', async () => {
    const { run, clock } = begin()
    const before = run.textRevision
    await clock.advance(15)
    expect(run.textRevision).toBe(before)
    await clock.advance(50)
    expect(run.textRevision).toBe(before + 1)
    expect(run.textFrom(9)).toBe('for x')
  })

  it('keeps the partial answer where nothing else answers', async () => {
    const { run, clock, records } = begin(ELSEWHERE_TOO, statusReply(500))
    await clock.advance(50)
    expect(run.text).toBe('Dear customer')
    expect(run.state).toMatchObject({ outcome: 'incomplete', moment: 'incomplete', failure: 'http.server' })
    expect(records[0]?.attempts.map(({ step }) => step)).toEqual(['model', 'model'])
  })

  it('keeps the partial answer where the second model breaks off too', async () => {
    const cut = answerReply(['Other'], { everyMs: 10, ending: 'break' })
    const { run, clock, records } = begin(ELSEWHERE_TOO, cut)
    await clock.advance(50)
    expect(run.text).toBe('Dear customer')
    expect(records[0]).toMatchObject({ outcome: 'incomplete', answerLength: 13 })
  })

  it.each([
    ['a template', {}],
    ['another model', ELSEWHERE_TOO],
  ])('does not replace it by %s while it is in use', async (_name, spec) => {
    const { run, clock, records, texts } = begin(spec)
    const asked: string[] = []
    run.guardReplacement(() => {
      asked.push(run.text)
      return false
    })
    await clock.advance(500)
    expect(asked).toEqual(['Dear customer'])
    expect(texts).toEqual(['Dear ', 'Dear customer'])
    expect(records[0]).toMatchObject({ outcome: 'incomplete', fallbackCause: 'failure' })
    expect(records[0]?.attempts.at(-1)).toMatchObject({
      failure: 'aborted',
      detail: expect.stringContaining('in use'),
    })
    expect(clock.pendingTimers).toBe(0)
  })

  it('asks a guard no more once it is removed, and the last one set counts', async () => {
    const { run, clock } = begin()
    const removeFirst = run.guardReplacement(() => false)
    const removeSecond = run.guardReplacement(() => false)
    removeFirst()
    removeSecond()
    await clock.advance(50)
    expect(run.state.moment).toBe('replaced')
  })

  it('keeps the partial answer where the guard throws, and tells the team', async () => {
    const { run, clock, bugs } = begin()
    run.guardReplacement(() => {
      throw new Error('guard')
    })
    await clock.advance(50)
    expect(run.state.outcome).toBe('incomplete')
    expect(bugs).toHaveLength(1)
  })

  it('asks no guard where only blanks were shown, and shows none of them', async () => {
    const { engine, server, clock } = createTestEngine()
    server.on(A, answerReply(['\n\n'], { everyMs: 10, ending: 'break' }))
    server.on(B, answerReply(['Good'], { everyMs: 10 }))
    const run = engine.createRun(featureForTests(ELSEWHERE_TOO))
    run.guardReplacement(() => false)
    void run.start('x')
    await clock.advance(100)
    expect(run.text).toBe('Good')
    expect(run.state).toMatchObject({ outcome: 'degraded', moment: 'disclosure' })
  })
})

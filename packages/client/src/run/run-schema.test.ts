import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { answerReply, statusReply } from '../testing/replies.ts'
import type { ScriptedReply } from '../testing/scripted-server.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { A, B, ELSEWHERE, FAST, featureForTests, OMIT, PRIMARY } from './feature.test.kit.ts'

const TICKET = z.object({ topic: z.enum(['billing', 'other']), urgent: z.boolean() })
type Ticket = z.infer<typeof TICKET>

const GOOD = answerReply(['{"topic":', '"billing",', '"urgent":true}'], { everyMs: 10 })
const WRONG = answerReply(['{"topic":"cats","urgent":1}'], { everyMs: 10 })

async function classify(
  replies: readonly ScriptedReply[],
  spec: Partial<Parameters<typeof featureForTests<Ticket>>[0]> = {},
) {
  const kit = createTestEngine()
  kit.server.on(A, ...replies)
  kit.server.on(B, GOOD)
  const run = kit.engine.createRun(
    featureForTests<Ticket>({ schema: TICKET, ladder: [PRIMARY, OMIT], ...spec }),
  )
  const settled = run.start('x')
  const texts: string[] = []
  run.subscribeText(() => texts.push(run.text))
  await kit.clock.advance(1_000)
  return { ...kit, run, texts, record: await settled }
}

const bodies = (requests: readonly { readonly body: string | null }[]) =>
  requests.map(({ body }) => JSON.parse(body ?? 'null'))

describe('a run of a feature with a schema', () => {
  it('gives the checked output when settled, and shows nobody the JSON', async () => {
    const { run, record, texts } = await classify([GOOD])
    expect(run.state).toMatchObject({ outcome: 'answered', output: { topic: 'billing', urgent: true } })
    expect(run.text).toBe('')
    expect(texts).toEqual([])
    expect(record).toMatchObject({ firstTokenMs: 20, completeMs: 30, answerLength: 33 })
  })

  it('asks the same step once more after a violation, naming the paths and no values', async () => {
    const { run, record, server } = await classify([WRONG, GOOD])
    expect(run.state).toMatchObject({ outcome: 'answered', output: { topic: 'billing' } })
    expect(bodies(server.requests)).toEqual([{ input: 'x' }, { input: 'x', violations: ['topic', 'urgent'] }])
    expect(record.attempts.map(({ failure, detail }) => [failure, detail])).toEqual([
      ['schema', 'wrong at topic, urgent'],
      [null, null],
    ])
    expect(JSON.stringify(record)).not.toContain('cats')
  })

  it('takes the next step after the second violation', async () => {
    const { run, record, server } = await classify([WRONG], { ladder: [PRIMARY, ELSEWHERE, OMIT] })
    expect(record.attempts.map(({ tier, failure }) => [tier, failure])).toEqual([
      ['primary', 'schema'],
      ['primary', 'schema'],
      ['other', null],
    ])
    expect(run.state.outcome).toBe('degraded')
    expect(server.requests.map(({ url }) => url)).toEqual([A, A, B])
  })

  it('asks another tier of the same server after it, because the server is well', async () => {
    const { record } = await classify([WRONG, WRONG, GOOD], { ladder: [PRIMARY, FAST, OMIT] })
    expect(record.attempts.map(({ tier }) => tier)).toEqual(['primary', 'primary', 'fast'])
  })

  it('does not name an old violation to a step that has nothing to do with it', async () => {
    const { server } = await classify([WRONG], { ladder: [PRIMARY, ELSEWHERE, OMIT] })
    expect(bodies(server.requests).map((body) => 'violations' in body)).toEqual([false, true, true])
  })

  it('finds an answer that is no JSON wrong as a whole', async () => {
    const { record } = await classify([answerReply(['I think it is billing'])])
    expect(record.attempts[0]).toMatchObject({ failure: 'schema', detail: 'wrong at $' })
    expect(record.outcome).toBe('omitted')
  })

  it('keeps no partial JSON: a broken answer is omitted, not incomplete', async () => {
    const { run, record } = await classify([answerReply(['{"topic":'], { ending: 'break', everyMs: 5 })])
    expect(record).toMatchObject({ outcome: 'omitted', answerLength: 0 })
    expect(run.state.output).toBeNull()
  })

  it('takes an object from its template', async () => {
    const { run, record } = await classify([statusReply(500)], {
      ladder: [PRIMARY, { step: 'template', render: () => ({ topic: 'other', urgent: false }) }],
    })
    expect(run.state).toMatchObject({ outcome: 'degraded', output: { topic: 'other' }, moment: 'template' })
    expect(record.firstTokenMs).not.toBeNull()
    expect(run.text).toBe('')
  })

  it('settles as a bug where the schema throws, and tells the team', async () => {
    const schema = z.unknown().transform((): Ticket => {
      throw new Error('schema')
    })
    const { record, bugs } = await classify([GOOD], { schema })
    expect(record.attempts[0]?.failure).toBe('bug')
    expect(bugs[0]?.[0]).toContain('schema')
  })

  it('may be stopped while an asynchronous schema thinks, and does not come back to life', async () => {
    const { engine, server, clock, records } = createTestEngine()
    server.on(A, answerReply(['1']))
    let pass = () => {}
    const thinking = new Promise<void>((resolve) => {
      pass = resolve
    })
    const schema = z.number().refine(async () => {
      await thinking
      return true
    })
    const run = engine.createRun(featureForTests<number>({ schema, ladder: [PRIMARY, OMIT] }))
    void run.start('x')
    await clock.advance(10)
    expect(run.state.phase).toBe('streaming')
    run.stop()
    pass()
    await clock.advance(10)
    expect(run.state).toMatchObject({ outcome: 'stopped', output: null })
    expect(records).toHaveLength(1)
    expect(clock.pendingTimers).toBe(0)
  })

  it('does not give up an answer that is complete and being checked', async () => {
    const { engine, server, clock, records } = createTestEngine()
    server.on(A, answerReply(['1']))
    const schema = z.number().refine(async () => {
      await new Promise<void>((resolve) => clock.setTimeout(resolve, 3_000))
      return true
    })
    const feature = featureForTests<number>({ schema, interaction: 'synchronous', ladder: [PRIMARY, OMIT] })
    const run = engine.createRun(feature)
    void run.start('x')
    await clock.advance(5_000)
    expect(records[0]?.outcome).toBe('answered')
    expect(run.state.output).toBe(1)
  })
})

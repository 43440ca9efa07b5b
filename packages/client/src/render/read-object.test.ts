import { defineFeature } from '@evenkeel/shared'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import type { DeepPartial } from '../stream/object/deep-partial.ts'
import { answerReply, chunksReply, statusReply } from '../testing/replies.ts'
import type { ScriptedReply } from '../testing/scripted-server.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { readObject } from './read-object.ts'
import { readParts } from './read-parts.ts'

const PLAN = z.object({
  title: z.string(),
  steps: z.array(z.object({ name: z.string(), minutes: z.number().default(5) })),
})
type Plan = z.infer<typeof PLAN>

async function plan(...replies: readonly ScriptedReply[]) {
  const kit = createTestEngine()
  kit.server.on('/api/plan', ...replies)
  const feature = defineFeature<string, Plan>({
    id: 'plan',
    interaction: 'progressive',
    schema: PLAN,
    ladder: [{ step: 'model', url: '/api/plan' }, { step: 'omit' }],
  })
  const run = kit.engine.createRun(feature)
  void run.start('a walk')
  return { ...kit, run }
}

const PIECES = ['{"title":"A wa', 'lk","steps":[{"name":"up"},', '{"name":"do', 'wn","minutes":9}]}']

describe('readObject', () => {
  it('shows what has arrived, and at last the answer that passed the schema', async () => {
    const { run, clock } = await plan(answerReply(PIECES, { everyMs: 10 }))
    expectTypeOf(readObject(run)).toEqualTypeOf<DeepPartial<Plan> | undefined>()
    const seen: unknown[] = []
    for (let step = 0; step < 5; step += 1) {
      seen.push(readObject(run))
      await clock.advance(10)
    }
    expect(seen).toEqual([
      undefined,
      { title: 'A wa' },
      { title: 'A walk', steps: [{ name: 'up' }] },
      { title: 'A walk', steps: [{ name: 'up' }, { name: 'do' }] },
      {
        title: 'A walk',
        steps: [
          { name: 'up', minutes: 5 },
          { name: 'down', minutes: 9 },
        ],
      },
    ])
    expect(run.state.output).toEqual(readObject(run))
    expect(run.text).toBe('')
  })

  it('gives the same value until something has changed, and keeps what did not, also when it settles', async () => {
    const { run, clock } = await plan(answerReply(PIECES, { everyMs: 10 }))
    await clock.advance(30)
    const before = readObject(run)
    expect(readObject(run)).toBe(before)
    await clock.advance(100)
    const after = readObject(run)
    expect(run.state.phase).toBe('settled')
    expect(readObject(run)).toBe(after)
    // The schema adds a default to the first row; the second is as it streamed in.
    expect(after?.steps?.[0]).not.toBe(before?.steps?.[0])
    expect(after?.steps?.[1]).toEqual({ name: 'down', minutes: 9 })
  })

  it('keeps the identity of rows through the schema', async () => {
    const { run, clock } = await plan(
      answerReply(['{"title":"t","steps":[{"name":"up","minutes":1},', '{"name":"x","minutes":2}]}'], {
        everyMs: 10,
      }),
    )
    await clock.advance(10)
    const row = readObject(run)?.steps?.[0]
    await clock.advance(100)
    expect(run.state.output?.steps[0]).not.toBe(row)
    expect(readObject(run)?.steps?.[0]).toBe(row)
  })

  it('holds what was seen of a failed attempt until the next one is complete', async () => {
    const { run, clock } = await plan(
      answerReply(['{"title":"Wrong","steps":1}']),
      answerReply(['{"title":"Ri', 'ght","steps":[]}'], { everyMs: 10 }),
    )
    await clock.advance(15)
    expect(readObject(run)).toEqual({ title: 'Wrong', steps: 1 })
    await clock.advance(100)
    expect(readObject(run)).toEqual({ title: 'Right', steps: [] })
  })

  it('shows nothing where nothing answered', async () => {
    const { run, clock } = await plan(answerReply(['{"title":"Hal'], { ending: 'break' }), statusReply(500))
    await clock.advance(100)
    expect(run.state.outcome).toBe('omitted')
    expect(readObject(run)).toBeUndefined()
  })

  it('keeps what had come of an answer that the user stopped, and starts anew with the next', async () => {
    const { run, clock } = await plan(answerReply(['{"title":"Hal'], { ending: 'hang' }))
    await clock.advance(10)
    run.stop()
    expect(readObject(run)).toEqual({ title: 'Hal' })
    void run.start('again')
    expect(readObject(run)).toBeUndefined()
  })

  it('takes the last text as the object where the model used tools before, and says nothing of it in the parts', async () => {
    const { run, clock } = await plan(
      chunksReply([
        { type: 'text-delta', id: '1', delta: 'I shall look at the map.' },
        { type: 'tool-input-available', toolCallId: 'c', toolName: 'map', input: {}, providerExecuted: true },
        { type: 'tool-output-available', toolCallId: 'c', output: 1, providerExecuted: true },
        { type: 'text-delta', id: '2', delta: '{"title":"Map","steps":[]}' },
        { type: 'finish', finishReason: 'stop' },
      ]),
    )
    await clock.advance(10)
    expect(run.state.output).toEqual({ title: 'Map', steps: [] })
    expect(readObject(run)).toEqual({ title: 'Map', steps: [] })
    expect(readParts(run).map(({ type }) => type)).toEqual(['tool'])
  })
})

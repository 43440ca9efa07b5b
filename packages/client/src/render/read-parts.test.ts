import { defineFeature, type FeatureSpec } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { answerReply, chunksReply, statusReply } from '../testing/replies.ts'
import type { ScriptedReply } from '../testing/scripted-server.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { readParts } from './read-parts.ts'

async function ask(replies: readonly ScriptedReply[], spec: Partial<FeatureSpec<string, string>> = {}) {
  const kit = createTestEngine()
  kit.server.on('/api/chat', ...replies)
  const run = kit.engine.createRun(
    defineFeature<string, string>({
      id: spec.visibleData === undefined ? 'chat' : 'chat-with-charts',
      interaction: 'progressive',
      ladder: [
        { step: 'model', url: '/api/chat' },
        { step: 'template', render: () => 'Later, please.' },
      ],
      ...spec,
    }),
  )
  let arrivals = 0
  run.subscribeContent(() => {
    arrivals += 1
  })
  void run.start('x')
  return { ...kit, run, arrivals: () => arrivals }
}

describe('readParts', () => {
  it('is empty before anything came, and costs nothing where nothing is new', async () => {
    const { run, clock } = await ask([answerReply(['One ', 'two'], { everyMs: 10 })])
    expect(readParts(run)).toEqual([])
    await clock.advance(10)
    const parts = readParts(run)
    expect(parts).toMatchObject([{ type: 'text', text: 'One ' }])
    expect(readParts(run)).toBe(parts)
    await clock.advance(20)
    expect(readParts(run)).toMatchObject([{ type: 'text', text: 'One two' }])
  })

  it('tells of what is no text as well, and starts anew with the next run', async () => {
    const { run, clock, arrivals } = await ask([
      chunksReply([
        { type: 'reasoning-delta', id: 'r', delta: 'Hm.' },
        { type: 'text-delta', id: '1', delta: 'Yes.' },
        { type: 'finish', finishReason: 'stop' },
      ]),
      answerReply(['Again']),
    ])
    await clock.advance(10)
    expect(arrivals()).toBe(2)
    expect(readParts(run).map(({ type }) => type)).toEqual(['reasoning', 'text'])
    void run.regenerate()
    expect(readParts(run)).toEqual([])
    await clock.advance(10)
    expect(readParts(run)).toMatchObject([{ type: 'text', text: 'Again' }])
  })

  it('shows what is shown: a partial answer until the template has taken its place', async () => {
    const { run, clock } = await ask([answerReply(['Half an '], { ending: 'break' }), statusReply(500)])
    await clock.advance(10)
    expect(run.text).toBe('Later, please.')
    expect(readParts(run)).toMatchObject([{ type: 'text', text: 'Later, please.' }])
  })

  it('forgets what the server took back', async () => {
    const { run, clock } = await ask([
      chunksReply([
        { type: 'start-step' },
        { type: 'text-start', id: '1' },
        { type: 'text-delta', id: '1', delta: 'Dropped' },
        { type: 'tool-input-available', toolCallId: 'c', toolName: 'find', input: {} },
        { type: 'reset-step' },
        { type: 'text-start', id: '2' },
        { type: 'text-delta', id: '2', delta: 'Kept' },
        { type: 'finish', finishReason: 'stop' },
      ]),
    ])
    await clock.advance(10)
    expect(readParts(run)).toMatchObject([{ type: 'text', text: 'Kept' }])
  })

  it('counts data as visible where the feature says so, and no other', async () => {
    const chart = chunksReply([
      { type: 'data-chart', id: 'a', data: [1] },
      { type: 'finish', finishReason: 'stop' },
    ])
    const shown = await ask([chart], { visibleData: ['chart'] })
    await shown.clock.advance(10)
    expect(shown.run.state.outcome).toBe('answered')
    expect(readParts(shown.run)).toMatchObject([{ type: 'data', name: 'chart', data: [1] }])
    const hidden = await ask([chart])
    await hidden.clock.advance(10)
    expect(hidden.run.state.outcome).toBe('degraded')
  })
})

import type { FeatureSpec } from '@evenkeel/shared'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { answerReply, statusReply } from '../testing/replies.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { createEngine } from './engine.ts'
import { A, featureForTests, OMIT, PRIMARY, TEMPLATE } from './feature.test.kit.ts'

const broken = (): never => {
  throw new RangeError('secret words of a user')
}

async function runWith(spec: Partial<FeatureSpec<string>>, reply = answerReply(['Good'])) {
  const kit = createTestEngine()
  kit.server.on(A, reply)
  const run = kit.engine.createRun(featureForTests(spec))
  const settled = run.start('x')
  await kit.clock.advance(10)
  return { ...kit, run, record: await settled }
}

afterEach(() => vi.restoreAllMocks())

describe("an exception in the app's own code", () => {
  it('in `request` ends the attempt as a bug, and the template answers', async () => {
    const { record, run, bugs, server } = await runWith({
      ladder: [{ ...PRIMARY, request: broken }, TEMPLATE, OMIT],
    })
    expect(record.attempts[0]).toMatchObject({ failure: 'bug', detail: 'request threw RangeError' })
    expect(run.text).toBe('template for x')
    expect(server.requests).toEqual([])
    expect(bugs[0]?.[0]).toContain('request')
  })

  it('in `render` falls to the step below', async () => {
    const { record, run } = await runWith(
      { ladder: [PRIMARY, { step: 'template', render: broken }, OMIT] },
      statusReply(500),
    )
    expect(record.attempts.map(({ failure }) => failure)).toEqual(['http.server', 'bug', null])
    expect(record.outcome).toBe('omitted')
    expect(run.state.moment).toBe('omitted')
  })

  it('in `render` settles the run also where no step is below', async () => {
    const { record } = await runWith(
      { ladder: [PRIMARY, { step: 'template', render: broken }] },
      statusReply(500),
    )
    expect(record).toMatchObject({ outcome: 'omitted', completeMs: null })
  })

  it('in `intent` costs the user nothing, and is in the record', async () => {
    const { record, bugs } = await runWith({ intent: broken })
    expect(record).toMatchObject({ outcome: 'answered', intent: null })
    expect(record.attempts[0]?.detail).toBe('intent threw RangeError')
    expect(bugs).toHaveLength(1)
  })

  it('never takes its message into the record', async () => {
    const { record } = await runWith({
      ladder: [{ ...PRIMARY, request: broken }, { step: 'template', render: broken }, OMIT],
      intent: broken,
    })
    expect(JSON.stringify(record)).not.toContain('secret')
  })

  it('in an empty template is no exception: it gave nothing', async () => {
    const { record } = await runWith(
      { ladder: [PRIMARY, { step: 'template', render: () => ' ' }, OMIT] },
      statusReply(500),
    )
    expect(record.attempts.map(({ failure }) => failure)).toEqual(['http.server', 'empty', null])
  })

  it('in `onRun`, `onSignal`, `route` and `onBug` itself harms no run', async () => {
    const { engine, server, clock } = createTestEngine({
      onRun: broken,
      onSignal: broken,
      route: broken,
      onBug: broken,
    })
    server.on(A, answerReply(['Good']))
    const run = engine.createRun(featureForTests())
    const settled = run.start('x')
    await clock.advance(10)
    expect(await settled).toMatchObject({ outcome: 'answered', route: null })
    expect(run.signal('thumbs', { value: 1 })).not.toBeNull()
  })

  it('is told in the console during development where the app listens to none', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    const engine = createEngine({ sandbox: true })
    void engine.createRun(featureForTests({ intent: broken, ladder: [TEMPLATE] })).start('x')
    expect(error).toHaveBeenCalledWith(expect.stringContaining('intent'), expect.any(RangeError))
  })
})

describe('an exception in our own code', () => {
  it('or an injected fetch ends the attempt as a bug, and the team hears of it', async () => {
    const { engine, clock, bugs } = createTestEngine({ fetch: broken })
    const settled = engine.createRun(featureForTests({ ladder: [PRIMARY, OMIT] })).start('x')
    await clock.advance(1)
    expect((await settled).attempts[0]?.failure).toBe('bug')
    expect(bugs).toHaveLength(1)
  })

  it('while it reads the answer becomes the failure of the attempt', async () => {
    const response = new Response('x')
    vi.spyOn(response, 'headers', 'get').mockImplementation(() => {
      throw new Error('ours')
    })
    const { engine, clock, bugs } = createTestEngine({ fetch: async () => response })
    const settled = engine.createRun(featureForTests()).start('x')
    await clock.advance(1)
    expect((await settled).attempts.map(({ failure }) => failure)).toEqual(['bug', null])
    expect(bugs).toHaveLength(1)
    expect(clock.pendingTimers).toBe(0)
  })
})

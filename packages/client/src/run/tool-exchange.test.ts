import { defineTool, type FeatureSpec, type ToolCallContext } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readParts } from '../render/read-parts.ts'
import { chunksReply, statusReply, textReply } from '../testing/replies.ts'
import type { ScriptedReply } from '../testing/scripted-server.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { A, featureForTests, OMIT, PRIMARY, TEMPLATE } from './feature.test.kit.ts'

const call = (id: string, toolName = 'find', more: object = {}) => ({
  type: 'tool-input-available',
  toolCallId: id,
  toolName,
  input: { q: id },
  ...more,
})
const text = (delta: string) => ({ type: 'text-delta', id: '0', delta })
const turn = (...chunks: readonly object[]) =>
  chunksReply([{ type: 'start' }, ...chunks, { type: 'finish', finishReason: 'tool-calls' }])
const last = (...chunks: readonly object[]) =>
  chunksReply([{ type: 'start' }, ...chunks, { type: 'finish', finishReason: 'stop' }])

async function ask(
  replies: readonly ScriptedReply[],
  spec: Partial<FeatureSpec<string, string>>,
  forMs = 100,
) {
  const kit = createTestEngine()
  kit.server.on(A, ...replies)
  const run = kit.engine.createRun(featureForTests({ ladder: [PRIMARY, OMIT], ...spec }))
  void run.start('x')
  await kit.clock.advance(forMs)
  const bodies = () => kit.server.requests.map(({ body }): unknown => JSON.parse(body ?? 'null'))
  return { ...kit, run, bodies }
}

describe('a turn that calls tools of the page', () => {
  it('goes on in the same attempt with what they gave', async () => {
    const { run, records, bodies, server } = await ask(
      [turn(text('Let me look.'), call('c1'), call('c2')), last(text('Both are here.'))],
      { tools: { find: async (input) => ({ found: input }) } },
    )
    expect(bodies()).toEqual([
      { input: 'x' },
      {
        input: 'x',
        toolResults: [
          { callId: 'c1', name: 'find', input: { q: 'c1' }, output: { found: { q: 'c1' } }, round: 0 },
          { callId: 'c2', name: 'find', input: { q: 'c2' }, output: { found: { q: 'c2' } }, round: 0 },
        ],
      },
    ])
    expect(run.text).toBe('Let me look.\n\nBoth are here.')
    expect(records[0]).toMatchObject({
      outcome: 'answered',
      attempts: [{ finishReason: 'stop', failure: null }],
    })
    const [first, second] = server.requests.map(({ headers }) => headers)
    expect(second?.get('traceparent')).toBe(first?.get('traceparent'))
    expect(second?.get('idempotency-key')).not.toBe(first?.get('idempotency-key'))
  })

  it('shows each call in the parts, from its input to its output', async () => {
    let give = (_: string) => {}
    const waiting = new Promise<string>((resolve) => {
      give = resolve
    })
    const { run, clock } = await ask([turn(call('c1')), last(text('Done.'))], {
      tools: { find: () => waiting },
    })
    expect(readParts(run)).toMatchObject([{ type: 'tool', state: 'input-available', input: { q: 'c1' } }])
    give('a book')
    await clock.advance(10)
    expect(readParts(run)).toMatchObject([
      { type: 'tool', state: 'output-available', input: { q: 'c1' }, output: 'a book' },
      { type: 'text', text: 'Done.' },
    ])
  })

  it('tells the model of a tool that throws, and the team too', async () => {
    const { bodies, bugs, records } = await ask([turn(call('c1')), last(text('Without it, then.'))], {
      tools: { find: () => Promise.reject(new RangeError('no such shelf')) },
    })
    expect(bodies()[1]).toMatchObject({ toolResults: [{ callId: 'c1', error: 'no such shelf' }] })
    expect(bugs[0]?.[0]).toContain('find')
    expect(records[0]?.outcome).toBe('answered')
    expect(JSON.stringify(records)).not.toContain('shelf')
  })

  it('never calls a tool with an input that its schema refuses', async () => {
    const { bodies } = await ask([turn(call('c1')), last(text('Sorry.'))], {
      tools: { find: defineTool(z.object({ q: z.number() }), () => 'never') },
    })
    expect(bodies()[1]).toMatchObject({
      toolResults: [{ error: expect.stringMatching(/^The input is wrong\. q: /) }],
    })
  })

  it('goes on for as many rounds as the model asks, and sends all results each time', async () => {
    const { bodies, run, records } = await ask([turn(call('c1')), turn(call('c2')), last(text('At last.'))], {
      tools: { find: () => 'x' },
    })
    expect(bodies()[2]).toMatchObject({
      toolResults: [
        { callId: 'c1', round: 0 },
        { callId: 'c2', round: 1 },
      ],
    })
    expect(run.text).toBe('At last.')
    expect(records[0]?.attempts).toHaveLength(1)
  })

  it('gives up on a model that goes in circles', async () => {
    const { server, records } = await ask([turn(call('c1'))], {
      tools: { find: () => 'x' },
      ladder: [PRIMARY, TEMPLATE],
    })
    expect(server.requests).toHaveLength(9)
    expect(records[0]?.attempts[0]).toMatchObject({
      failure: 'provider',
      detail: 'still calling tools after 8 rounds',
    })
    expect(records[0]?.outcome).toBe('degraded')
  })

  it('adds up the tokens of its requests', async () => {
    const usage = (inputTokens: number, outputTokens: number) => ({
      type: 'message-metadata',
      messageMetadata: { usage: { inputTokens, outputTokens } },
    })
    const { records } = await ask([turn(call('c1'), usage(10, 5)), last(text('Done.'), usage(20, 7))], {
      tools: { find: () => 'x' },
    })
    expect(records[0]?.attempts[0]?.usage).toEqual({ inputTokens: 30, outputTokens: 12 })
  })

  it("gives `request` the results, so that any server's form can be sent", async () => {
    const { bodies } = await ask([turn(call('c1')), last(text('Done.'))], {
      tools: { find: () => 'a book' },
      ladder: [
        {
          ...PRIMARY,
          request: (input, { toolResults = [], attempt }) => ({
            body: { attempt, messages: [input, ...toolResults.map(({ output }) => output)] },
          }),
        },
        OMIT,
      ],
    })
    expect(bodies()).toEqual([
      { attempt: 0, messages: ['x'] },
      { attempt: 0, messages: ['x', 'a book'] },
    ])
  })
})

describe('a run of a feature with tools', () => {
  it('is waiting from its start, and may be stopped before anything was asked', async () => {
    const { engine, server, clock, records } = createTestEngine()
    const run = engine.createRun(featureForTests({ tools: { find: () => 'x' }, ladder: [PRIMARY, OMIT] }))
    void run.start('x')
    expect(run.state.phase).toBe('waiting')
    run.stop()
    await clock.advance(100)
    expect(server.requests).toEqual([])
    expect(records.map(({ outcome }) => outcome)).toEqual(['stopped'])
    expect(clock.pendingTimers).toBe(0)
  })
})

describe('the clocks, while a tool is open', () => {
  it('count no stall', async () => {
    const { records, clock } = await ask(
      [turn(text('One moment.'), call('c1')), last(text('Here.'))],
      {
        budget: { stallMs: 200, giveUpMs: 60_000 },
        tools: { find: () => new Promise((resolve) => setTimeoutOn(2_000, resolve)) },
      },
      0,
    )
    function setTimeoutOn(ms: number, done: (value: unknown) => void) {
      clock.setTimeout(() => done('slow'), ms)
    }
    await clock.advance(3_000)
    expect(records[0]).toMatchObject({ outcome: 'answered', stalls: [] })
  })

  it('give up all the same; the tool hears of it, and what it gives then is not sent', async () => {
    let context: ToolCallContext | null = null
    let give = (_: unknown) => {}
    const { server, clock, records, run } = await ask([turn(call('c1'))], {
      budget: { giveUpMs: 1_000 },
      ladder: [PRIMARY, TEMPLATE],
      tools: {
        find: (_, told) => {
          context = told
          return new Promise((resolve) => {
            give = resolve
          })
        },
      },
    })
    expect(context).toMatchObject({ callId: 'c1', runId: run.state.runId, signal: { aborted: false } })
    await clock.advance(1_000)
    expect(context).toMatchObject({ signal: { aborted: true } })
    expect(records[0]).toMatchObject({
      outcome: 'degraded',
      attempts: [{ failure: 'timeout.first-token' }, {}],
    })
    give('too late')
    await clock.advance(100)
    expect(server.requests).toHaveLength(1)
    expect(run.text).toBe('template for x')
    expect(clock.pendingTimers).toBe(0)
  })
})

describe('what is not for the page', () => {
  it.each([
    ['a call that the provider makes', call('c1', 'find', { providerExecuted: true })],
    ['a tool that the feature does not have', call('c1', 'other')],
    ['a name that every object has', call('c1', 'toString')],
  ])('%s ends the turn', async (_, chunk) => {
    const { server, records } = await ask([turn(text('Hm.'), chunk)], { tools: { find: () => 'x' } })
    expect(server.requests).toHaveLength(1)
    expect(records[0]?.outcome).toBe('answered')
  })

  it('a call that the server answered itself is not made again', async () => {
    const { server } = await ask(
      [last(text('Hm.'), call('c1'), { type: 'tool-output-available', toolCallId: 'c1', output: 1 })],
      { tools: { find: () => 'x' } },
    )
    expect(server.requests).toHaveLength(1)
  })
})

describe('a follow-up that fails', () => {
  it('fails its attempt; what was read stays until a lower step has answered', async () => {
    const { run, records } = await ask([turn(text('Let me look.'), call('c1')), statusReply(500)], {
      tools: { find: () => 'x' },
      ladder: [PRIMARY, TEMPLATE],
    })
    expect(records[0]?.attempts.map(({ failure, status }) => [failure, status])).toEqual([
      ['http.server', 500],
      [null, null],
    ])
    expect(run.text).toBe('template for x')
  })

  it('is a bug where `request` throws, and the run still settles', async () => {
    const { records, bugs } = await ask([turn(call('c1'))], {
      tools: { find: () => 'x' },
      ladder: [
        {
          ...PRIMARY,
          request: (input, { toolResults }) => {
            if (toolResults !== undefined) throw new RangeError('cannot say that')
            return { body: { input } }
          },
        },
        TEMPLATE,
      ],
    })
    expect(records[0]?.attempts[0]).toMatchObject({ failure: 'bug', detail: 'request threw RangeError' })
    expect(records[0]?.outcome).toBe('degraded')
    expect(bugs).toHaveLength(1)
  })

  it('may be in another protocol than the first', async () => {
    const { run } = await ask([turn(call('c1')), textReply(['Plain.'])], { tools: { find: () => 'x' } })
    expect(run.text).toBe('Plain.')
  })
})

import { describe, expect, it } from 'vitest'
import type { StreamEvent } from './event.ts'
import { createToolCalls } from './tool-calls.ts'

function setUp() {
  const events: StreamEvent[] = []
  return { events, tools: createToolCalls((event) => events.push(event)) }
}

describe('createToolCalls', () => {
  it('streams the pieces of an input, then gives it whole', () => {
    const { tools, events } = setUp()
    tools.start(0, 'a', 'add')
    tools.append(0, '{"x":')
    tools.append(0, '1}')
    tools.complete(0)
    expect(events).toEqual([
      { type: 'tool', id: 'a', name: 'add', state: 'input-streaming' },
      { type: 'tool', id: 'a', name: 'add', state: 'input-streaming', inputDelta: '{"x":' },
      { type: 'tool', id: 'a', name: 'add', state: 'input-streaming', inputDelta: '1}' },
      { type: 'tool', id: 'a', name: 'add', state: 'input-available', input: { x: 1 } },
    ])
  })

  it('gives an input once, however often the protocol ends it', () => {
    const { tools, events } = setUp()
    tools.start(0, 'a', 'add')
    tools.complete(0, '{"x":1}')
    tools.complete(0, '{"x":2}')
    tools.append(0, 'late')
    tools.completeAll()
    expect(events.filter((event) => event.type === 'tool' && event.state === 'input-available')).toEqual([
      { type: 'tool', id: 'a', name: 'add', state: 'input-available', input: { x: 1 } },
    ])
    expect(events).toHaveLength(2)
  })

  it('marks what the provider executes, on every step', () => {
    const { tools, events } = setUp()
    tools.start(0, 'a', 'search', { providerExecuted: true })
    tools.append(0, '{}')
    tools.complete(0)
    tools.succeed('a', [])
    expect(events).toHaveLength(4)
    for (const event of events) expect(event).toMatchObject({ providerExecuted: true })
  })

  it('takes the input of a tool that speaks text as it is', () => {
    const { tools, events } = setUp()
    tools.start(0, 'a', 'patch', { plain: true })
    tools.append(0, '*** Begin')
    tools.complete(0)
    expect(events.at(-1)).toMatchObject({ state: 'input-available', input: '*** Begin' })
  })

  it('says that an input which is no JSON failed, without quoting it', () => {
    const { tools, events } = setUp()
    tools.start(0, 'a', 'add')
    tools.append(0, '{"secret')
    tools.complete(0)
    expect(events.at(-1)).toEqual({
      type: 'tool',
      id: 'a',
      name: 'add',
      state: 'output-error',
      error: 'The input is not valid JSON (8 characters).',
    })
  })

  it('knows the name of a call whose output comes in a later response', () => {
    const { tools, events } = setUp()
    tools.start(0, 'a', 'add')
    tools.forgetKeys()
    tools.start(0, 'b', 'now')
    tools.succeed('a', 2)
    tools.fail('c', 'who')
    expect(events.slice(-2)).toEqual([
      { type: 'tool', id: 'a', name: 'add', state: 'output-available', output: 2 },
      { type: 'tool', id: 'c', name: null, state: 'output-error', error: 'who' },
    ])
  })

  it('costs the same for each piece, however many came before', () => {
    const { tools, events } = setUp()
    tools.start(0, 'a', 'write')
    tools.append(0, '"')
    for (let count = 0; count < 20_000; count += 1) tools.append(0, 'x')
    tools.append(0, '"')
    tools.complete(0)
    expect(events.at(-1)).toMatchObject({ input: 'x'.repeat(20_000) })
  })
})

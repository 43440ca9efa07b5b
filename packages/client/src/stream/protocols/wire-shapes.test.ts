import { describe, expect, it } from 'vitest'
import type { StreamEvent } from '../event.ts'
import { readBody } from '../read-body.ts'

const sse = (...events: readonly object[]) =>
  events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')

/** All events but the ending. */
const read = async (...events: readonly object[]): Promise<StreamEvent[]> =>
  (await readBody(sse(...events))).slice(0, -1)

describe('OpenAI chat completions, event by event', () => {
  const delta = (value: object, more: object = {}) => ({
    id: 'c1',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: value, finish_reason: null }],
    ...more,
  })

  it('streams the input of a call under its id, which only its first piece bears', async () => {
    expect(
      await read(
        delta({ tool_calls: [{ index: 0, id: 'call_1', function: { name: 'add', arguments: '' } }] }),
        delta({ tool_calls: [{ index: 0, function: { arguments: '{"x":1}' } }] }),
        { id: 'c1', choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
      ),
    ).toEqual([
      { type: 'tool', id: 'call_1', name: 'add', state: 'input-streaming' },
      { type: 'tool', id: 'call_1', name: 'add', state: 'input-streaming', inputDelta: '{"x":1}' },
      { type: 'tool', id: 'call_1', name: 'add', state: 'input-available', input: { x: 1 } },
    ])
  })

  it('reads calls that bear no index, and calls that come whole', async () => {
    expect(
      await read(
        delta({ tool_calls: [{ id: 'a', function: { name: 'add', arguments: '{"x":1}' } }] }),
        delta({ tool_calls: [{ id: 'b', function: { name: 'now', arguments: { zone: 'UTC' } } }] }),
        { id: 'c1', choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
      ),
    ).toEqual([
      { type: 'tool', id: 'a', name: 'add', state: 'input-streaming' },
      { type: 'tool', id: 'a', name: 'add', state: 'input-streaming', inputDelta: '{"x":1}' },
      { type: 'tool', id: 'b', name: 'now', state: 'input-streaming' },
      { type: 'tool', id: 'b', name: 'now', state: 'input-available', input: { zone: 'UTC' } },
      { type: 'tool', id: 'a', name: 'add', state: 'input-available', input: { x: 1 } },
    ])
  })

  it('tells the model once', async () => {
    const events = await read(
      delta({ content: 'H' }, { model: 'm' }),
      delta({ content: 'i' }, { model: 'm' }),
    )
    expect(events.filter(({ type }) => type === 'model')).toEqual([{ type: 'model', model: 'm' }])
  })

  it('gives pictures that come with the text', async () => {
    const url = 'data:image/jpeg;base64,AA=='
    expect(await read(delta({ content: '', images: [{ type: 'image_url', image_url: { url } }] }))).toEqual([
      { type: 'file', url, mediaType: 'image/jpeg' },
    ])
  })

  it('reads the legacy function call', async () => {
    expect(
      await read(
        delta({ function_call: { name: 'add', arguments: '{"x"' } }),
        delta({ function_call: { arguments: ':1}' } }),
        { id: 'c1', choices: [{ index: 0, delta: {}, finish_reason: 'function_call' }] },
      ),
    ).toMatchObject([
      { name: 'add', state: 'input-streaming' },
      { inputDelta: '{"x"' },
      { inputDelta: ':1}' },
      { state: 'input-available', input: { x: 1 } },
    ])
  })
})

describe('OpenAI Responses, event by event', () => {
  it('keeps a block together although a gateway gives each event another item id', async () => {
    const say = (item_id: string, delta: string) => ({
      type: 'response.output_text.delta',
      item_id,
      output_index: 0,
      content_index: 0,
      delta,
    })
    const events = await read({ type: 'response.created', response: {} }, say('x', 'H'), say('y', 'i'))
    expect(new Set(events.map((event) => (event.type === 'text' ? event.id : '')))).toEqual(
      new Set(['0.0.0']),
    )
  })

  it('tells the parts of a summary apart', async () => {
    const think = (summary_index: number) => ({
      type: 'response.reasoning_summary_text.delta',
      output_index: 0,
      summary_index,
      delta: 'x',
    })
    const events = await read({ type: 'response.created', response: {} }, think(0), think(1))
    expect(events.map((event) => (event.type === 'reasoning' ? event.id : ''))).toEqual(['0.0.0', '0.0.1'])
  })

  it('leaves calls of the provider to the provider, and calls of the page to the page', async () => {
    const done = (item: object, output_index: number) => ({
      type: 'response.output_item.done',
      output_index,
      item,
    })
    const events = await read(
      { type: 'response.created', response: {} },
      done({ type: 'mcp_call', id: 'a', name: 'find', arguments: '{"q":1}', output: 'found' }, 0),
      done({ type: 'code_interpreter_call', id: 'b', code: 'print(1)', outputs: [] }, 1),
      done({ type: 'file_search_call', id: 'c', queries: ['q'], results: null }, 2),
      done({ type: 'mcp_call', id: 'd', name: 'find', arguments: '{}', error: 'down' }, 3),
      done({ type: 'function_call', id: 'e', call_id: 'call_e', name: 'add', arguments: '{"x":1}' }, 4),
      done({ type: 'custom_tool_call', id: 'f', call_id: 'call_f', name: 'patch', input: '*** Begin' }, 5),
    )
    const told = events.flatMap((event) =>
      event.type === 'tool' && event.state !== 'input-streaming'
        ? [
            [
              event.id,
              event.name,
              event.state,
              event.input ?? event.output ?? event.error,
              event.providerExecuted,
            ],
          ]
        : [],
    )
    expect(told).toEqual([
      ['a', 'find', 'input-available', { q: 1 }, true],
      ['a', 'find', 'output-available', 'found', true],
      ['b', 'code_interpreter', 'input-available', { code: 'print(1)' }, true],
      ['b', 'code_interpreter', 'output-available', [], true],
      ['c', 'file_search', 'input-available', { queries: ['q'] }, true],
      ['c', 'file_search', 'output-available', undefined, true],
      ['d', 'find', 'input-available', {}, true],
      ['d', 'find', 'output-error', 'failed', true],
      ['call_e', 'add', 'input-available', { x: 1 }, undefined],
      ['call_f', 'patch', 'input-available', '*** Begin', undefined],
    ])
  })

  it('waits for a person where a call needs a word of approval', async () => {
    const events = await readBody(
      sse(
        { type: 'response.created', response: {} },
        {
          type: 'response.output_item.done',
          output_index: 0,
          item: { type: 'mcp_approval_request', id: 'p', name: 'delete', arguments: '{}' },
        },
        { type: 'response.completed', response: {} },
      ),
    )
    expect(events).toContainEqual({
      type: 'tool',
      id: 'p',
      name: 'delete',
      state: 'approval-requested',
      approvalId: 'p',
    })
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'tool-calls' })
  })
})

describe('Anthropic Messages, event by event', () => {
  const start = { type: 'message_start', message: { usage: {} } }

  it('streams the input of a call and marks what the provider executes', async () => {
    const block = (content_block: object, index: number) => ({
      type: 'content_block_start',
      index,
      content_block,
    })
    const json = (partial_json: string, index: number) => ({
      type: 'content_block_delta',
      index,
      delta: { type: 'input_json_delta', partial_json },
    })
    expect(
      await read(
        start,
        block({ type: 'server_tool_use', id: 's', name: 'web_search', input: {} }, 0),
        json('{"query":"q"}', 0),
        { type: 'content_block_stop', index: 0 },
        block({ type: 'mcp_tool_use', id: 'm', name: 'find', input: {} }, 1),
        { type: 'content_block_stop', index: 1 },
        block({ type: 'mcp_tool_result', tool_use_id: 'm', is_error: true, content: [] }, 2),
      ),
    ).toEqual([
      { type: 'tool', id: 's', name: 'web_search', state: 'input-streaming', providerExecuted: true },
      {
        type: 'tool',
        id: 's',
        name: 'web_search',
        state: 'input-streaming',
        inputDelta: '{"query":"q"}',
        providerExecuted: true,
      },
      {
        type: 'tool',
        id: 's',
        name: 'web_search',
        state: 'input-available',
        input: { query: 'q' },
        providerExecuted: true,
      },
      { type: 'tool', id: 'm', name: 'find', state: 'input-streaming', providerExecuted: true },
      { type: 'tool', id: 'm', name: 'find', state: 'input-available', input: {}, providerExecuted: true },
      { type: 'tool', id: 'm', name: 'find', state: 'output-error', error: 'error', providerExecuted: true },
    ])
  })

  it('names the document that a citation is from', async () => {
    expect(
      await read(start, {
        type: 'content_block_delta',
        index: 0,
        delta: {
          type: 'citations_delta',
          citation: { type: 'page_location', document_index: 2, document_title: 'Terms' },
        },
      }),
    ).toEqual([{ type: 'source', id: 'document-2', url: null, title: 'Terms', mediaType: null }])
  })

  it('keeps text that comes with the start of its block', async () => {
    expect(
      await read(start, {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'text', text: 'Hi' },
      }),
    ).toEqual([{ type: 'text', id: '0', delta: 'Hi' }])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createReader } from './create-reader.ts'
import type { StreamEvent } from './event.ts'
import { PROTOCOLS, preloadProtocols } from './protocols.ts'
import { readBody } from './read-body.ts'

const SSE = { 'content-type': 'text/event-stream' }
const encoder = new TextEncoder()

function expectOneEnding(events: readonly StreamEvent[]): void {
  const isTerminal = ({ type }: StreamEvent) => type === 'end' || type === 'failed'
  expect(events.filter(isTerminal)).toHaveLength(1)
  expect(events.findIndex(isTerminal)).toBe(events.length - 1)
}

const notABug = (events: readonly StreamEvent[]) =>
  expect(events.at(-1)).not.toMatchObject({ type: 'failed', failure: 'bug' })

describe('nothing throws past a reader, and every body has exactly one ending', () => {
  it('whatever the bytes and the content type', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('text/event-stream', 'application/x-ndjson', 'text/plain', 'application/json', ''),
        async (bytes, type) => {
          const events = await readBody(bytes, { headers: { 'content-type': type } })
          expectOneEnding(events)
          notABug(events)
        },
      ),
      { numRuns: 200 },
    ))

  for (const { name } of PROTOCOLS) {
    it(`whatever JSON the events of ${name} hold`, () =>
      fc.assert(
        fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 6 }), async (values) => {
          const body = values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join('')
          const events = await readBody(body, {}, { protocol: name })
          expectOneEnding(events)
          notABug(events)
        }),
      ))
  }

  it('whatever the members of real events hold', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record(
            {
              type: fc.constantFrom(...TYPES),
              id: fc.jsonValue(),
              delta: fc.oneof(
                fc.jsonValue(),
                fc.record({ type: fc.constantFrom(...DELTAS), text: fc.jsonValue() }),
              ),
              message: fc.jsonValue(),
              response: fc.oneof(
                fc.jsonValue(),
                fc.record({ output: fc.array(fc.jsonValue()), usage: fc.jsonValue() }),
              ),
              item: fc.oneof(
                fc.jsonValue(),
                fc.record({ type: fc.constantFrom(...ITEMS), content: fc.jsonValue() }),
              ),
              content_block: fc.oneof(
                fc.jsonValue(),
                fc.record({ type: fc.constantFrom(...BLOCKS), id: fc.jsonValue(), input: fc.jsonValue() }),
              ),
              choices: fc.array(
                fc.record({ index: fc.jsonValue(), delta: fc.jsonValue(), finish_reason: fc.jsonValue() }),
              ),
              index: fc.jsonValue(),
              output_index: fc.jsonValue(),
              messages: fc.jsonValue(),
              messageMetadata: fc.jsonValue(),
              usage: fc.jsonValue(),
              error: fc.jsonValue(),
              toolCallId: fc.jsonValue(),
            },
            { requiredKeys: ['type'] },
          ),
          { maxLength: 8 },
        ),
        fc.constantFrom(undefined, ...PROTOCOLS.map(({ name }) => name)),
        async (values, protocol) => {
          const body = values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join('')
          const events = await readBody(body, {}, protocol === undefined ? {} : { protocol })
          expectOneEnding(events)
          notABug(events)
        },
      ),
      { numRuns: 150 },
    ))

  it('also where a value cannot even be made a text', async () => {
    const evil = { toString: 1, valueOf: 1 }
    for (const event of [
      { type: 'content_block_start', index: evil, content_block: { type: 'tool_use' } },
      { type: 'content_block_delta', index: evil, delta: { type: 'text_delta', text: 'Hi' } },
      { type: 'response.output_text.delta', output_index: evil, content_index: evil, delta: 'Hi' },
      { type: 'response.output_item.added', output_index: evil, item: { type: 'function_call' } },
      { choices: [{ delta: { tool_calls: [{ index: evil, function: {} }] } }] },
      {
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'citations_delta', citation: { document_index: evil } },
      },
    ]) {
      notABug(await readBody(`data: ${JSON.stringify(event)}\n\n`))
    }
  })

  it('also when the listener throws, which ends this stream and nothing else', async () => {
    await preloadProtocols()
    const seen: StreamEvent[] = []
    const reader = createReader({ status: 200, headers: new Headers(SSE) }, (event) => {
      seen.push(event)
      if (event.type === 'text') throw new RangeError('the app')
    })
    reader.push(encoder.encode('data: {"type":"text-delta","id":"0","delta":"Hi"}\n\n'))
    reader.close()
    expect(seen.map(({ type }) => type)).toEqual(['text', 'failed'])
    expect(seen.at(-1)).toMatchObject({ failure: 'bug', detail: 'The reader threw RangeError.' })
  })

  it('also when the listener throws at the ending itself', () => {
    const reader = createReader({ status: 200, headers: new Headers() }, () => {
      throw new Error('always')
    })
    expect(() => {
      reader.push(encoder.encode('Hi'))
      reader.close()
    }).not.toThrow()
  })
})

describe('memory', () => {
  it('is bounded while an event of any length comes in', () => {
    let failedAt = 0
    let sent = 0
    const reader = createReader(
      { status: 200, headers: new Headers(SSE) },
      (event) => {
        if (event.type === 'failed') failedAt = sent
      },
      { maxEventLength: 100_000 },
    )
    const piece = encoder.encode('x'.repeat(10_000))
    reader.push(encoder.encode('data: '))
    for (; sent < 10_000_000; sent += piece.length) reader.push(piece)
    expect(failedAt).toBeGreaterThan(0)
    expect(failedAt).toBeLessThanOrEqual(220_000)
  })

  it('is bounded while a line of any length comes in', () => {
    let failedAt = 0
    let sent = 0
    const headers = new Headers({ 'content-type': 'application/x-ndjson' })
    const reader = createReader(
      { status: 200, headers },
      (event) => {
        if (event.type === 'failed') failedAt = sent
      },
      { maxEventLength: 100_000 },
    )
    const piece = encoder.encode('{'.repeat(10_000))
    for (; sent < 10_000_000; sent += piece.length) reader.push(piece)
    expect(failedAt).toBeGreaterThan(0)
    expect(failedAt).toBeLessThanOrEqual(110_000)
  })
})

const TYPES = [
  'text-delta',
  'text-start',
  'start',
  'finish',
  'message-metadata',
  'tool-input-start',
  'tool-input-delta',
  'tool-input-available',
  'tool-output-available',
  'source-url',
  'file',
  'data-x',
  'reset-step',
  'error',
  'abort',
  'message_start',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
  'response.created',
  'response.output_item.added',
  'response.output_item.done',
  'response.output_text.delta',
  'response.output_text.done',
  'response.output_text.annotation.added',
  'response.function_call_arguments.delta',
  'response.function_call_arguments.done',
  'response.completed',
  'response.incomplete',
  'response.failed',
  'RUN_STARTED',
  'RUN_FINISHED',
  'RUN_ERROR',
  'TEXT_MESSAGE_START',
  'TEXT_MESSAGE_CONTENT',
  'TEXT_MESSAGE_CHUNK',
  'TOOL_CALL_START',
  'TOOL_CALL_ARGS',
  'TOOL_CALL_CHUNK',
  'TOOL_CALL_END',
  'TOOL_CALL_RESULT',
  'MESSAGES_SNAPSHOT',
  'CUSTOM',
]
const DELTAS = ['text_delta', 'thinking_delta', 'input_json_delta', 'citations_delta', 'signature_delta']
const ITEMS = [
  'message',
  'reasoning',
  'function_call',
  'web_search_call',
  'image_generation_call',
  'mcp_approval_request',
]
const BLOCKS = [
  'text',
  'thinking',
  'tool_use',
  'server_tool_use',
  'web_search_tool_result',
  'mcp_tool_result',
]

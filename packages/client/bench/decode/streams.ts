import { tokens } from '../stream/text.ts'

/** One answer in one protocol, as its server sends it. */
export interface SampleStream {
  readonly protocol: string
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly deltas: number
  /** One encoded event each. */
  readonly events: readonly Uint8Array[]
}

interface Shape {
  readonly headers?: Readonly<Record<string, string>>
  readonly named: boolean
  readonly begin: readonly object[]
  readonly say: (delta: string, index: number) => object
  readonly end: readonly (object | string)[]
}

const chatChunk = (choice: object) => ({
  id: 'chatcmpl-D8Z5oo6uDh67AD85p73ksdT1KxhE0',
  object: 'chat.completion.chunk',
  created: 1_770_933_892,
  model: 'gpt-4.1-nano-2025-04-14',
  service_tier: 'default',
  system_fingerprint: 'fp_de604bd877',
  choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: null, ...choice }],
  usage: null,
})

const SHAPES: Readonly<Record<string, Shape>> = {
  'ai-sdk': {
    headers: { 'x-vercel-ai-ui-message-stream': 'v1' },
    named: false,
    begin: [{ type: 'start', messageId: 'm1' }, { type: 'start-step' }, { type: 'text-start', id: '0' }],
    say: (delta) => ({ type: 'text-delta', id: '0', delta }),
    end: [
      { type: 'text-end', id: '0' },
      { type: 'finish-step' },
      { type: 'finish', finishReason: 'stop' },
      '[DONE]',
    ],
  },
  'openai-chat': {
    named: false,
    begin: [chatChunk({ delta: { role: 'assistant', content: '', refusal: null } })],
    say: (content) => chatChunk({ delta: { content } }),
    end: [chatChunk({ finish_reason: 'stop' }), '[DONE]'],
  },
  'openai-responses': {
    named: true,
    begin: [
      { type: 'response.created', sequence_number: 0, response: { id: 'r1', model: 'gpt-5', output: [] } },
    ],
    say: (delta, index) => ({
      type: 'response.output_text.delta',
      sequence_number: index + 1,
      item_id: 'msg_01830d662ab3856501693c32183a488190a612c410a0a39823',
      output_index: 0,
      content_index: 0,
      delta,
      logprobs: [],
    }),
    end: [
      {
        type: 'response.completed',
        response: { id: 'r1', output: [], usage: { input_tokens: 9, output_tokens: 9 } },
      },
    ],
  },
  anthropic: {
    named: true,
    begin: [
      {
        type: 'message_start',
        message: { id: 'm', model: 'claude', usage: { input_tokens: 9, output_tokens: 1 } },
      },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    ],
    say: (text) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
    end: [
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } },
      { type: 'message_stop' },
    ],
  },
  'ag-ui': {
    named: false,
    begin: [
      { type: 'RUN_STARTED', threadId: 't1', runId: 'r1' },
      { type: 'TEXT_MESSAGE_START', messageId: 'm1', role: 'assistant' },
    ],
    say: (delta) => ({ type: 'TEXT_MESSAGE_CONTENT', messageId: 'm1', delta }),
    end: [
      { type: 'TEXT_MESSAGE_END', messageId: 'm1' },
      { type: 'RUN_FINISHED', threadId: 't1', runId: 'r1' },
    ],
  },
}

export const PROTOCOL_NAMES: readonly string[] = Object.keys(SHAPES)

export function sampleStream(protocol: string, deltas: number): SampleStream {
  const shape = SHAPES[protocol]
  if (shape === undefined) throw new Error(`no sample of ${protocol}`)
  const words = tokens(deltas, 80)
  const events = [...shape.begin, ...words.map(shape.say), ...shape.end]
  const encoder = new TextEncoder()
  return {
    protocol,
    headers: { 'content-type': 'text/event-stream', ...shape.headers },
    text: words.join(''),
    deltas,
    events: events.map((event) => encoder.encode(frame(event, shape.named))),
  }
}

function frame(event: object | string, named: boolean): string {
  const data = typeof event === 'string' ? event : JSON.stringify(event)
  const name = named && typeof event === 'object' && 'type' in event ? `event: ${event.type}\n` : ''
  return `${name}data: ${data}\n\n`
}

/** The events as the network hands them over, `perChunk` at a time. */
export function chunksOf({ events }: SampleStream, perChunk: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(events.length / perChunk) }, (_, index) =>
    concat(events.slice(index * perChunk, (index + 1) * perChunk)),
  )
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

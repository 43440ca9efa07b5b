import { piecesOf } from './texts.ts'

/** The wire of one kind of client: ours reads the AI SDK's, and each peer its own. */
export type Wire = 'ai-sdk' | 'ag-ui'

/** How one protocol says what a fault needs said. */
export interface Framing {
  readonly headers: Readonly<Record<string, string>>
  readonly begin: string
  /** The answer's text in pieces. */
  text(text: string): readonly string[]
  /** A sign of life that is nothing to see. */
  readonly progress: string
  readonly end: string
  /** The provider failed. */
  readonly error: string
  /** The end of an answer that a filter stopped. */
  readonly filtered: string
}

const SSE = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }
const frame = (event: object): string => `data: ${JSON.stringify(event)}\n\n`
const frames = (...events: readonly object[]): string => events.map(frame).join('')

export const FRAMINGS: Readonly<Record<Wire, Framing>> = {
  'ai-sdk': {
    headers: { ...SSE, 'x-vercel-ai-ui-message-stream': 'v1' },
    begin: frames(
      { type: 'start', messageId: 'm1' },
      { type: 'start-step' },
      { type: 'text-start', id: '1' },
    ),
    text: (text) => piecesOf(text).map((delta) => frame({ type: 'text-delta', id: '1', delta })),
    progress: frame({ type: 'data-progress', data: { done: 1 }, transient: true }),
    end: `${frames(
      { type: 'text-end', id: '1' },
      { type: 'finish-step' },
      { type: 'finish', finishReason: 'stop' },
    )}data: [DONE]\n\n`,
    error: frame({ type: 'error', errorText: 'The provider is overloaded.' }),
    filtered: `${frames(
      { type: 'text-end', id: '1' },
      { type: 'finish-step' },
      { type: 'finish', finishReason: 'content-filter' },
    )}data: [DONE]\n\n`,
  },
  'ag-ui': {
    headers: SSE,
    begin: frames(
      { type: 'RUN_STARTED', threadId: 't1', runId: 'r1' },
      { type: 'TEXT_MESSAGE_START', messageId: 'm1', role: 'assistant' },
    ),
    text: (text) =>
      piecesOf(text).map((delta) => frame({ type: 'TEXT_MESSAGE_CONTENT', messageId: 'm1', delta })),
    progress: frame({ type: 'CUSTOM', name: 'progress', value: { done: 1 } }),
    end: frames(
      { type: 'TEXT_MESSAGE_END', messageId: 'm1' },
      { type: 'RUN_FINISHED', threadId: 't1', runId: 'r1', finishReason: 'stop' },
    ),
    error: frame({ type: 'RUN_ERROR', message: 'The provider is overloaded.' }),
    filtered: frames(
      { type: 'TEXT_MESSAGE_END', messageId: 'm1' },
      { type: 'RUN_FINISHED', threadId: 't1', runId: 'r1', finishReason: 'content_filter' },
    ),
  },
}

/** A model that declines in Anthropic's own words, which no other stream has. */
export const ANTHROPIC_REFUSAL = [
  {
    type: 'message_start',
    message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude', content: [], usage: {} },
  },
  {
    type: 'message_delta',
    delta: { stop_reason: 'refusal', stop_sequence: null },
    usage: { output_tokens: 1 },
  },
  { type: 'message_stop' },
]
  .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  .join('')

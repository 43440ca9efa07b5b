import {
  createUIMessageStream,
  createUIMessageStreamResponse,
  stepCountIs,
  streamText,
  tool,
  toUIMessageStream,
  type UIMessageChunk,
} from 'ai'
import { convertArrayToReadableStream, MockLanguageModelV4 } from 'ai/test'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { StreamEvent } from '../event.ts'
import { joinDeltas, readBody } from '../read-body.ts'
import { isAiSdkChunk } from './ai-sdk-chunk.ts'

async function readResponse(response: Response): Promise<StreamEvent[]> {
  return readBody(new Uint8Array(await response.arrayBuffer()), {
    headers: Object.fromEntries(response.headers),
  })
}

/** What the SDK's own server sends for these parts of a model. */
function serve(...steps: readonly (readonly object[])[]): Promise<StreamEvent[]> {
  let step = 0
  const model = new MockLanguageModelV4({
    doStream: async () => ({
      stream: convertArrayToReadableStream([
        { type: 'stream-start', warnings: [] },
        ...(steps[step++] ?? []),
      ] as never[]),
    }),
  })
  const result = streamText({
    model,
    prompt: 'Hi',
    stopWhen: stepCountIs(3),
    onError: () => {},
    tools: {
      add: tool({
        inputSchema: z.object({ x: z.number() }),
        execute: async ({ x }) => x + 1,
      }),
    },
  })
  const stream = toUIMessageStream({
    stream: result.stream,
    sendReasoning: true,
    messageMetadata: ({ part }) =>
      part.type === 'finish'
        ? { totalUsage: part.totalUsage, evenkeel: { prompt: 'draft', version: '3' } }
        : undefined,
  })
  return readResponse(createUIMessageStreamResponse({ stream }))
}

const finish = (unified: string) => ({
  type: 'finish',
  finishReason: { unified, raw: unified },
  usage: {
    inputTokens: { total: 9, noCache: 9, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: 4, text: 4, reasoning: 0 },
  },
})
const text = (id: string, ...deltas: readonly string[]) => [
  { type: 'text-start', id },
  ...deltas.map((delta) => ({ type: 'text-delta', id, delta })),
  { type: 'text-end', id },
]

describe("what the AI SDK's own server sends", () => {
  it('is read with its text, metadata and usage', async () => {
    const events = await serve([...text('0', 'Hel', 'lo'), finish('stop')])
    expect(joinDeltas(events, 'text')).toBe('Hello')
    expect(events).toContainEqual({ type: 'metadata', metadata: { prompt: 'draft', version: '3' } })
    expect(events).toContainEqual({ type: 'usage', usage: { inputTokens: 9, outputTokens: 4 } })
    expect(events.at(-1)).toEqual({ type: 'end', reason: 'stop', rawReason: 'stop', verified: true })
    expect(events.filter(({ type }) => type === 'unknown')).toEqual([])
  })

  it('is read through the steps of a tool, whose text blocks bear the same id and stay apart', async () => {
    const events = await serve(
      [
        ...text('0', 'Let me see.'),
        { type: 'tool-call', toolCallId: 'c', toolName: 'add', input: '{"x":1}' },
        finish('tool-calls'),
      ],
      [...text('0', 'It is 2.'), finish('stop')],
    )
    expect(joinDeltas(events, 'text')).toBe('Let me see.It is 2.')
    expect(new Set(events.flatMap((event) => (event.type === 'text' ? [event.id] : []))).size).toBe(2)
    expect(events.filter(({ type }) => type === 'tool')).toMatchObject([
      { id: 'c', name: 'add', state: 'input-available', input: { x: 1 } },
      { id: 'c', name: 'add', state: 'output-available', output: 2 },
    ])
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stop' })
  })

  it('keeps reasoning apart', async () => {
    const events = await serve([
      { type: 'reasoning-start', id: 'r' },
      { type: 'reasoning-delta', id: 'r', delta: 'Hmm.' },
      { type: 'reasoning-end', id: 'r' },
      ...text('0', 'Hi'),
      finish('stop'),
    ])
    expect(joinDeltas(events, 'reasoning')).toBe('Hmm.')
    expect(joinDeltas(events, 'text')).toBe('Hi')
  })

  it('is a failure of the provider where the model failed', async () => {
    const events = await serve([...text('0', 'Hel'), { type: 'error', error: new Error('boom') }])
    expect(joinDeltas(events, 'text')).toBe('Hel')
    expect(events.at(-1)).toMatchObject({ type: 'failed', failure: 'provider' })
  })

  it('is a refusal where the model was stopped by a filter', async () => {
    const events = await serve([...text('0', 'Hel'), finish('content-filter')])
    expect(events.at(-1)).toMatchObject({ type: 'failed', failure: 'refusal', code: 'content-filter' })
  })

  it('is truncated where an app writes its stream by hand and never finishes it', async () => {
    const stream = createUIMessageStream({
      execute: ({ writer }) => {
        for (const chunk of text('0', 'Hi')) writer.write(chunk as UIMessageChunk)
      },
    })
    const events = await readResponse(createUIMessageStreamResponse({ stream }))
    expect(joinDeltas(events, 'text')).toBe('Hi')
    expect(events.at(-1)).toMatchObject({ type: 'failed', failure: 'truncated' })
  })
})

/** One of each; the compiler says where the AI SDK has a chunk that is missing here. */
const CHUNKS: Readonly<{ [Type in UIMessageChunk['type']]: Extract<UIMessageChunk, { type: Type }> }> = {
  start: { type: 'start' },
  'start-step': { type: 'start-step' },
  'text-start': { type: 'text-start', id: '0' },
  'text-delta': { type: 'text-delta', id: '0', delta: 'Hi' },
  'text-end': { type: 'text-end', id: '0' },
  'reasoning-start': { type: 'reasoning-start', id: '0' },
  'reasoning-delta': { type: 'reasoning-delta', id: '0', delta: 'Hm' },
  'reasoning-end': { type: 'reasoning-end', id: '0' },
  'reasoning-file': { type: 'reasoning-file', url: 'u', mediaType: 'image/png' },
  custom: { type: 'custom', kind: 'a.b' },
  'steering-message': { type: 'steering-message', id: 's', parts: [] },
  'tool-input-start': { type: 'tool-input-start', toolCallId: 'c', toolName: 'add' },
  'tool-input-delta': { type: 'tool-input-delta', toolCallId: 'c', inputTextDelta: '{' },
  'tool-input-available': { type: 'tool-input-available', toolCallId: 'c', toolName: 'add', input: {} },
  'tool-input-error': {
    type: 'tool-input-error',
    toolCallId: 'c',
    toolName: 'add',
    input: {},
    errorText: 'e',
  },
  'tool-approval-request': { type: 'tool-approval-request', approvalId: 'a', toolCallId: 'c' },
  'tool-approval-response': { type: 'tool-approval-response', approvalId: 'a', approved: true },
  'tool-output-available': { type: 'tool-output-available', toolCallId: 'c', output: 1, preliminary: true },
  'tool-output-error': { type: 'tool-output-error', toolCallId: 'c', errorText: 'e' },
  'tool-output-denied': { type: 'tool-output-denied', toolCallId: 'c' },
  'source-url': { type: 'source-url', sourceId: 's', url: 'u' },
  'source-document': { type: 'source-document', sourceId: 's', mediaType: 'm', title: 't' },
  file: { type: 'file', url: 'u', mediaType: 'image/png' },
  'data-x': { type: 'data-x', data: 1, transient: true },
  'message-metadata': { type: 'message-metadata', messageMetadata: {} },
  'reset-step': { type: 'reset-step' },
  'finish-step': { type: 'finish-step' },
  error: { type: 'error', errorText: 'e' },
  abort: { type: 'abort' },
  finish: { type: 'finish' },
} as const satisfies Record<string, UIMessageChunk>

describe('every chunk of the AI SDK', () => {
  for (const chunk of Object.values(CHUNKS)) {
    it(`${chunk.type} is known, and tells the protocol on its own`, async () => {
      expect(isAiSdkChunk({ ...chunk })).toBe(true)
      const events = await readBody(`data: ${JSON.stringify(chunk)}\n\ndata: {"type":"finish"}\n\n`)
      expect(events.filter(({ type }) => type === 'unknown')).toEqual([])
      expect(events.some(({ type }) => type === 'end' || type === 'failed')).toBe(true)
    })
  }
})

describe('tools in the stream', () => {
  it('bear their name on every step, are marked where the server executes them, and may be preliminary', async () => {
    const chunks: UIMessageChunk[] = [
      { type: 'tool-input-start', toolCallId: 'c', toolName: 'search', providerExecuted: true },
      { type: 'tool-input-delta', toolCallId: 'c', inputTextDelta: '{"q"' },
      { type: 'tool-output-available', toolCallId: 'c', output: 1, preliminary: true },
      { type: 'tool-approval-request', toolCallId: 'c', approvalId: 'p' },
    ]
    const body = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('')
    expect((await readBody(body)).slice(0, -1)).toEqual([
      { type: 'tool', id: 'c', name: 'search', state: 'input-streaming', providerExecuted: true },
      { type: 'tool', id: 'c', name: 'search', state: 'input-streaming', inputDelta: '{"q"' },
      { type: 'tool', id: 'c', name: 'search', state: 'output-available', output: 1, preliminary: true },
      { type: 'tool', id: 'c', name: 'search', state: 'approval-requested', approvalId: 'p' },
    ])
  })
})

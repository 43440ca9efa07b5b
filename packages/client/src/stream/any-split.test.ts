import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StreamEvent } from './event.ts'
import { readBody } from './read-body.ts'

const encoder = new TextEncoder()

/** Neighbouring deltas of one block put together, because plain text has no events of its own. */
function merged(events: readonly StreamEvent[]): StreamEvent[] {
  const result: StreamEvent[] = []
  for (const event of events) {
    const last = result.at(-1)
    if (event.type === 'text' && last?.type === 'text' && last.id === event.id) {
      result[result.length - 1] = { ...last, delta: last.delta + event.delta }
    } else result.push(event)
  }
  return result
}

function cut(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const places = [...new Set(at.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b)
  return [...places, bytes.length].map((end, index) => bytes.slice(places[index - 1] ?? 0, end))
}

const words = fc.string({ unit: 'grapheme', maxLength: 12 })

/** One answer of each protocol, whose pieces are any text. */
const answers: Readonly<Record<string, (pieces: readonly string[]) => object[]>> = {
  'ai-sdk': (pieces) => [
    { type: 'start' },
    ...pieces.map((delta) => ({ type: 'text-delta', id: '0', delta })),
    { type: 'message-metadata', messageMetadata: { usage: { inputTokens: 1, outputTokens: 2 } } },
    { type: 'finish', finishReason: 'stop' },
  ],
  'openai-chat': (pieces) => [
    ...pieces.map((content) => ({
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta: { content } }],
    })),
    { object: 'chat.completion.chunk', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
    { choices: [], usage: { prompt_tokens: 1, completion_tokens: 2 } },
  ],
  'openai-responses': (pieces) => [
    { type: 'response.created', response: { model: 'm' } },
    ...pieces.map((delta) => ({ type: 'response.output_text.delta', output_index: 0, delta })),
    { type: 'response.completed', response: { usage: { input_tokens: 1, output_tokens: 2 } } },
  ],
  anthropic: (pieces) => [
    { type: 'message_start', message: { usage: { input_tokens: 1, output_tokens: 2 } } },
    ...pieces.map((text) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })),
    { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
    { type: 'message_stop' },
  ],
  'ag-ui': (pieces) => [
    { type: 'RUN_STARTED' },
    ...pieces.map((delta) => ({ type: 'TEXT_MESSAGE_CONTENT', messageId: 'm', delta })),
    { type: 'RUN_FINISHED', usage: [{ inputTokens: 1, outputTokens: 2 }] },
  ],
}

describe('any split of the bytes gives the same events', () => {
  const lineEnds = fc.constantFrom('\n', '\r\n', '\r')

  for (const [protocol, answer] of Object.entries(answers)) {
    it(`in ${protocol}, with any line end, a BOM and comments`, () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(words, { minLength: 1, maxLength: 6 }),
          lineEnds,
          fc.boolean(),
          fc.array(fc.nat(), { maxLength: 12 }),
          async (pieces, lineEnd, marked, places) => {
            const body = answer(pieces)
              .map((event) => `: comment${lineEnd}data: ${JSON.stringify(event)}${lineEnd}${lineEnd}`)
              .join('')
            const bytes = encoder.encode((marked ? '\ufeff' : '') + body)
            const whole = merged(await readBody(bytes))
            expect(merged(await readBody(cut(bytes, places)))).toEqual(whole)
            expect(whole.map((event) => (event.type === 'text' ? event.delta : '')).join('')).toBe(
              pieces.join(''),
            )
            expect(whole.at(-1)).toMatchObject({ type: 'end', reason: 'stop' })
          },
        ),
        { numRuns: 60 },
      ))

    it(`in ${protocol}, byte by byte`, async () => {
      const body = answer(['Grüße 🙂', '\u2028', ' 漢字'])
        .map((event) => `data: ${JSON.stringify(event)}\r\n\r\n`)
        .join('')
      const bytes = encoder.encode(body)
      expect(merged(await readBody([...bytes].map((byte) => Uint8Array.of(byte))))).toEqual(
        merged(await readBody(bytes)),
      )
    })
  }

  it('in plain text, whatever the bytes', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 60 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        async (bytes, places) => {
          const head = { headers: { 'content-type': 'text/plain' } }
          expect(merged(await readBody(cut(bytes, places), head))).toEqual(
            merged(await readBody(bytes, head)),
          )
        },
      ),
    ))

  it('in lines, with any line end', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(words, { minLength: 1 }),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.nat(), { maxLength: 12 }),
        async (pieces, lineEnd, places) => {
          const head = { headers: { 'content-type': 'application/x-ndjson' } }
          const all = [...pieces.map((text) => ({ text })), { done: true }]
          const bytes = encoder.encode(all.map((line) => JSON.stringify(line) + lineEnd).join(''))
          expect(merged(await readBody(cut(bytes, places), head))).toEqual(
            merged(await readBody(bytes, head)),
          )
        },
      ),
    ))

  it('also where the type says nothing and the first characters have to tell', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.constantFrom(
            '<!doctype html><p>',
            '{"text":"a"}\n{"done":true}\n',
            'data: {"text":"a"}\n\n',
            'event',
            ' \n<b',
          ),
          fc.string({ unit: 'grapheme', maxLength: 20 }),
        ),
        fc.array(fc.nat(), { maxLength: 6 }),
        async (body, places) => {
          const bytes = encoder.encode(body)
          const head = { headers: {} }
          expect(merged(await readBody(cut(bytes, places), head))).toEqual(
            merged(await readBody(bytes, head)),
          )
        },
      ),
    ))
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBodyReader, type OtherBodies } from './body-reader.ts'
import type { StreamEvent } from './event.ts'
import * as otherBodies from './other-bodies.ts'

const AI_SDK = { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' }

function read(pieces: readonly string[], others: OtherBodies | null) {
  const events: StreamEvent[] = []
  const emit = (event: StreamEvent) => void events.push(event)
  const reader = createBodyReader({ status: 200, headers: new Headers(AI_SDK) }, emit, {}, others)
  for (const piece of pieces) {
    reader.push(new TextEncoder().encode(piece))
    reader.settle()
  }
  reader.close()
  return { events, protocol: reader.protocol, lastEventId: reader.lastEventId }
}

const chunk = (message: object) => `data: ${JSON.stringify(message)}\n\n`

const pieceArbitrary = fc.oneof(
  fc.constantFrom(
    chunk({ type: 'start', messageMetadata: { evenkeel: { level: 3 } } }),
    chunk({ type: 'text-delta', id: '0', delta: 'Hi' }),
    chunk({ type: 'finish', finishReason: 'stop' }),
    chunk({ type: 'message_start', message: {} }),
    chunk({ choices: [{ delta: { content: 'Hi' } }] }),
    chunk({ error: { code: 'overloaded' } }),
    'data: [DONE]\n\n',
    'id: 7\n',
    ': ping\n\n',
    '<!doctype html><html>',
    '{"error":"no"}',
    '\n',
    ' '.repeat(600),
    'event: evenkeel\n',
  ),
  fc.string(),
)

describe('a reader of the AI SDK alone', () => {
  it("reads whatever comes under the AI SDK's headers as the reader of everything does", () => {
    fc.assert(
      fc.property(fc.array(pieceArbitrary, { maxLength: 12 }), (pieces) => {
        expect(read(pieces, null)).toEqual(read(pieces, otherBodies))
      }),
    )
  })

  it('takes a page of HTML for what it is', () => {
    expect(read(['\n<html>'], null).events).toMatchObject([{ type: 'failed', failure: 'protocol' }])
  })
})

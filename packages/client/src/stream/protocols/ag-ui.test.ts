import { EventType } from '@ag-ui/core'
import { toServerSentEventsResponse } from '@tanstack/ai'
import { describe, expect, it } from 'vitest'
import { joinDeltas, readBody } from '../read-body.ts'
import { agUi } from './ag-ui.ts'

describe('every event type of AG-UI', () => {
  for (const type of Object.values(EventType)) {
    it(`${type} is known, and tells the protocol on its own`, async () => {
      const event = {
        type,
        messageId: 'm',
        toolCallId: 'c',
        toolCallName: 'add',
        delta: 'x',
        name: 'n',
        messages: [],
      }
      expect(agUi.recognises(event)).toBe(true)
      const events = await readBody(`data: ${JSON.stringify(event)}\n\ndata: {"type":"RUN_FINISHED"}\n\n`)
      expect(events.filter((read) => read.type === 'unknown')).toEqual([])
    })
  }
})

describe("what TanStack AI's own server sends", () => {
  it('is read to its end', async () => {
    async function* agent() {
      const run = { threadId: 't', runId: 'r', timestamp: 1, model: 'm' }
      yield { type: EventType.RUN_STARTED, ...run } as const
      yield { type: EventType.TEXT_MESSAGE_START, messageId: 'm1', role: 'assistant' } as const
      yield { type: EventType.TEXT_MESSAGE_CONTENT, messageId: 'm1', delta: 'Hel' } as const
      yield { type: EventType.TEXT_MESSAGE_CONTENT, messageId: 'm1', delta: 'lo' } as const
      yield { type: EventType.TEXT_MESSAGE_END, messageId: 'm1' } as const
      yield { type: EventType.RUN_FINISHED, ...run, finishReason: 'stop' } as const
    }
    const response = toServerSentEventsResponse(agent() as never)
    const events = await readBody(new Uint8Array(await response.arrayBuffer()), {
      headers: Object.fromEntries(response.headers),
    })
    expect(joinDeltas(events, 'text')).toBe('Hello')
    expect(events).toContainEqual({ type: 'model', model: 'm' })
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stop' })
    expect(events.filter(({ type }) => type === 'unknown')).toEqual([])
  })

  it('is a refusal where a filter stopped the model, which it says in metadata of its own', async () => {
    async function* agent() {
      const run = { threadId: 't', runId: 'r', timestamp: 1, model: 'm' }
      yield { type: EventType.RUN_STARTED, ...run } as const
      yield { type: EventType.TOOL_CALL_START, toolCallId: 'c', toolCallName: 'add' } as const
      yield { type: EventType.TOOL_CALL_END, toolCallId: 'c', toolName: 'add', input: { x: 1 } } as const
      yield {
        type: EventType.RUN_FINISHED,
        ...run,
        finishReason: 'content_filter',
        usage: { promptTokens: 3, completionTokens: 4, totalTokens: 7 },
      } as const
    }
    const response = toServerSentEventsResponse(agent() as never)
    const events = await readBody(new Uint8Array(await response.arrayBuffer()))
    expect(events.at(-1)).toMatchObject({ type: 'failed', failure: 'refusal', code: 'content_filter' })
    expect(events).toContainEqual({ type: 'usage', usage: { inputTokens: 3, outputTokens: 4 } })
    expect(events).toContainEqual({
      type: 'tool',
      id: 'c',
      name: 'add',
      state: 'input-available',
      input: { x: 1 },
    })
  })

  it('is a failure where the agent threw', async () => {
    async function* agent() {
      yield { type: EventType.RUN_STARTED, threadId: 't', runId: 'r' } as const
      throw new Error('boom')
    }
    const response = toServerSentEventsResponse(agent() as never)
    const events = await readBody(new Uint8Array(await response.arrayBuffer()))
    expect(events.at(-1)).toMatchObject({ type: 'failed', failure: 'provider' })
  })
})

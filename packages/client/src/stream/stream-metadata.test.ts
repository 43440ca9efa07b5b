import { describe, expect, it } from 'vitest'
import type { StreamEvent } from './event.ts'
import { emitMessageMetadata, emitMetadata } from './stream-metadata.ts'

const told = (tell: (emit: (event: StreamEvent) => void) => void) => {
  const events: StreamEvent[] = []
  tell((event) => events.push(event))
  return events
}

describe('emitMetadata', () => {
  it('tells the known members, stages and usage', () => {
    expect(
      told((emit) =>
        emitMetadata(
          {
            prompt: 'draft',
            version: '3',
            level: 12,
            secret: 'x',
            stages: { inference: 180, odd: 'x', negative: -1 },
            usage: { inputTokens: 9, outputTokens: 4 },
          },
          emit,
        ),
      ),
    ).toEqual([
      { type: 'metadata', metadata: { prompt: 'draft', version: '3' }, stages: { inference: 180 } },
      { type: 'usage', usage: { inputTokens: 9, outputTokens: 4 } },
    ])
  })

  it('says nothing where there is no object', () => {
    for (const value of [null, undefined, 'x', 7, []])
      expect(told((emit) => emitMetadata(value, emit))).toEqual([])
  })

  it('keeps a bounded number of stages', () => {
    const stages = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`s${index}`, index]))
    const [event] = told((emit) => emitMetadata({ stages }, emit))
    expect(event?.type === 'metadata' && Object.keys(event.stages ?? {})).toHaveLength(64)
  })
})

describe('emitMessageMetadata', () => {
  it('reads usage and model under the names that apps give them', () => {
    expect(
      told((emit) =>
        emitMessageMetadata(
          { totalUsage: { inputTokens: 1, outputTokens: 2 }, usage: {}, modelId: 'm' },
          emit,
        ),
      ),
    ).toEqual([
      { type: 'usage', usage: { inputTokens: 1, outputTokens: 2 } },
      { type: 'model', model: 'm' },
    ])
  })

  it("leaves an app's own metadata alone", () => {
    expect(told((emit) => emitMessageMetadata({ createdAt: 1, author: 'x' }, emit))).toEqual([])
  })
})

import { describe, expect, it, vi } from 'vitest'
import type { CreateDecoder } from './protocol.ts'
import { loadedOnce } from './protocol.ts'
import { PROTOCOLS } from './protocols.ts'

/** What each protocol's first event looks like. */
const FIRST: Readonly<Record<string, readonly object[]>> = {
  'ai-sdk': [
    { type: 'start' },
    { type: 'text-start', id: '0' },
    { type: 'data-x' },
    { type: 'error', errorText: '' },
  ],
  'openai-chat': [
    { object: 'chat.completion.chunk', choices: [] },
    { choices: [], object: '', model: '' },
  ],
  'openai-responses': [{ type: 'response.created' }, { type: 'error', code: 'x', sequence_number: 0 }],
  anthropic: [{ type: 'message_start' }, { type: 'error', error: { type: 'overloaded_error' } }],
  'ag-ui': [{ type: 'RUN_STARTED' }, { type: 'CUSTOM', name: 'x' }],
  ollama: [
    { model: 'm', message: {}, done: false },
    { model: 'm', response: '', done: false },
  ],
  ndjson: [{ text: 'Hi' }, { done: true }, { reasoning: 'Hm' }],
}

describe('the protocols', () => {
  for (const protocol of PROTOCOLS) {
    it(`${protocol.name} is told from every other by its first event`, () => {
      for (const message of FIRST[protocol.name] ?? []) {
        const found = PROTOCOLS.find((candidate) => candidate.recognises(message as Record<string, unknown>))
        expect(found?.name).toBe(protocol.name)
      }
      expect(FIRST[protocol.name]).toBeDefined()
    })
  }

  it('leave what belongs to none of them', () => {
    for (const message of [{}, { type: 'hologram' }, { type: 7 }, { foo: 1 }]) {
      expect(PROTOCOLS.some((candidate) => candidate.recognises(message))).toBe(false)
    }
  })

  it('have the decoder of the usual one at hand, and load each of the others once', async () => {
    for (const { name, load } of PROTOCOLS) {
      if (name === 'ai-sdk') expect(load()).toBeTypeOf('function')
      else {
        expect(await load()).toBeTypeOf('function')
        expect(load()).toBeTypeOf('function')
      }
    }
  })
})

describe('loadedOnce', () => {
  it('tries a failed load again', async () => {
    const decoder: CreateDecoder = () => ({ read() {}, done() {}, close() {} })
    const fetchChunk = vi.fn().mockRejectedValueOnce(new Error('offline')).mockResolvedValue(decoder)
    const load = loadedOnce(fetchChunk)
    await expect(load()).rejects.toThrow('offline')
    expect(await load()).toBe(decoder)
    expect(load()).toBe(decoder)
    expect(fetchChunk).toHaveBeenCalledTimes(2)
  })
})

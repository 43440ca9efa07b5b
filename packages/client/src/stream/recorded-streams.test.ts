import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { StreamEvent } from './event.ts'
import { joinDeltas, readBody } from './read-body.ts'

// Recordings of real providers are not ours to publish. Where they lie beside the checkout they are read too;
// else these tests are skipped and counted as such.
const folder = join(import.meta.dirname, '../../../../..', 'shared', 'fixtures', 'provider-streams')
const isThere = existsSync(folder)
if (!isThere) console.warn('recorded-streams: no recordings beside the checkout, so these tests are skipped.')

const read = (path: string): Promise<StreamEvent[]> => {
  const payloads = readFileSync(join(folder, path), 'utf8').trim().split('\n')
  const isChat = path.startsWith('openai-chat')
  const frames = payloads.map((payload) => {
    const { type } = JSON.parse(payload) as { type?: string }
    return `${isChat ? '' : `event: ${type}\n`}data: ${payload}\n\n`
  })
  return readBody(frames.join('') + (isChat ? 'data: [DONE]\n\n' : ''))
}

const usageOf = (events: readonly StreamEvent[]) => events.findLast((event) => event.type === 'usage')?.usage
const toolsOf = (events: readonly StreamEvent[]) =>
  events.flatMap((event) =>
    event.type === 'tool' && event.state === 'input-available'
      ? [{ name: event.name, input: event.input }]
      : [],
  )

describe.skipIf(!isThere)('recorded answers of Anthropic', () => {
  it('reads text, usage, model and end', async () => {
    const events = await read('anthropic-messages/text.jsonl')
    expect(joinDeltas(events, 'text')).toBe(
      "Hello! I'm doing well, thank you for asking. How are you doing today? Is there anything I can help you with?",
    )
    expect(usageOf(events)).toEqual({ inputTokens: 12, outputTokens: 30 })
    expect(events).toContainEqual({ type: 'model', model: 'claude-sonnet-4-5-20250929' })
    expect(events.at(-1)).toEqual({ type: 'end', reason: 'stop', rawReason: 'end_turn', verified: true })
  })

  it('keeps thinking apart from the answer', async () => {
    const events = await read('anthropic-messages/thinking.jsonl')
    expect(joinDeltas(events, 'text')).toBe('925 ÷ 5 = 185')
    expect(joinDeltas(events, 'reasoning')).toMatch(/^The previous result was 925\. Now I need to divide/)
    expect(usageOf(events)).toEqual({ inputTokens: 69, outputTokens: 53 })
  })

  it('reads an answer that is JSON to its last brace', async () => {
    const events = await read('anthropic-messages/json-output.jsonl')
    const answer = JSON.parse(joinDeltas(events, 'text')) as { characters: unknown[] }
    expect(answer.characters.length).toBeGreaterThan(0)
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stop' })
  })

  it('says that a refusal is one', async () => {
    const events = await read('anthropic-messages/refusal.jsonl')
    expect(joinDeltas(events, 'text')).toBe('')
    expect(events.at(-1)).toMatchObject({ type: 'failed', failure: 'refusal', code: 'refusal' })
    expect(usageOf(events)).toEqual({ inputTokens: 18, outputTokens: 5 })
  })
})

describe.skipIf(!isThere)('recorded answers of OpenAI chat completions', () => {
  it('reads text, and the usage that follows the finish reason', async () => {
    const events = await read('openai-chat/text.jsonl')
    expect(joinDeltas(events, 'text')).toMatch(/^\*\*Holiday Name:\*\* Harmony Day\n/)
    expect(usageOf(events)).toEqual({ inputTokens: 16, outputTokens: 300 })
    expect(events.at(-1)).toEqual({ type: 'end', reason: 'stop', rawReason: 'stop', verified: true })
    expect(events.filter(({ type }) => type === 'unknown')).toEqual([])
  })

  it("reads Azure's, which begins with the results of its filters", async () => {
    const events = await read('openai-chat/azure-model-router.jsonl')
    expect(joinDeltas(events, 'text')).toBe('Capital of Denmark.')
    expect(events).toContainEqual({ type: 'model', model: 'gpt-5-nano-2025-08-07' })
    expect(usageOf(events)).toEqual({ inputTokens: 15, outputTokens: 78 })
  })
})

describe.skipIf(!isThere)('recorded answers of OpenAI Responses', () => {
  it("reads LM Studio's to its end", async () => {
    const events = await read('openai-responses/lmstudio.jsonl')
    expect(joinDeltas(events, 'text')).toMatch(/^## The Festival of Whispering Leaves/)
    expect(usageOf(events)).toEqual({ inputTokens: 31, outputTokens: 282 })
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stop' })
    expect(events.filter(({ type }) => type === 'unknown')).toEqual([])
  })

  it('keeps commentary and answer in blocks of their own', async () => {
    const events = await read('openai-responses/phase.jsonl')
    const ids = events.flatMap((event) => (event.type === 'text' ? [event.id] : []))
    expect(new Set(ids).size).toBe(2)
    expect(usageOf(events)).toEqual({ inputTokens: 7112, outputTokens: 463 })
  })

  it('reads on through the calls of a tool to the answer, and adds up what each response used', async () => {
    const events = await read('openai-responses/reasoning.jsonl')
    expect(joinDeltas(events, 'text')).toBe('The final result is **570**.')
    expect(joinDeltas(events, 'reasoning')).toMatch(/^\*\*Calculating step-by-step using calculator\*\*/)
    expect(toolsOf(events)).toEqual([
      { name: 'calculator', input: { a: 12, b: 7, op: 'add' } },
      { name: 'calculator', input: { a: 19, b: 3, op: 'multiply' } },
      { name: 'calculator', input: { a: 57, b: 10, op: 'multiply' } },
    ])
    expect(usageOf(events)).toEqual({ inputTokens: 914, outputTokens: 92 })
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stop' })
  })

  it("keeps the provider's code of an error, and not its message", async () => {
    const events = await read('openai-responses/error.jsonl')
    expect(events.at(-1)).toEqual({
      type: 'failed',
      failure: 'provider',
      code: 'insufficient_quota',
      detail: 'The provider reported an error: insufficient_quota.',
    })
  })
})

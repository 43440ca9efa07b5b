import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { describe, expect, it } from 'vitest'
import { createSimulatedModel, type Pace } from './simulated-model.ts'

const PACE: Pace = { firstTokenMs: [200, 300], tokensPerSecond: [60, 80] }
const CALL: LanguageModelV4CallOptions = {
  prompt: [
    { role: 'system', content: 'You draft replies.' },
    {
      role: 'user',
      content: [{ type: 'text', text: 'Customer: Mara\nSubject: Invoice\n\nI was charged twice.' }],
    },
  ],
  seed: 11,
}

async function parts(call: LanguageModelV4CallOptions, speed = 1000): Promise<LanguageModelV4StreamPart[]> {
  const { stream } = await createSimulatedModel({ modelId: 'simulated-1', pace: PACE, speed }).doStream(call)
  return await all(stream)
}

async function all<T>(stream: ReadableStream<T>): Promise<T[]> {
  const values: T[] = []
  for await (const value of stream) values.push(value)
  return values
}

const textOf = (answer: readonly LanguageModelV4StreamPart[]) =>
  answer.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('')

describe('createSimulatedModel', () => {
  it('streams the parts of a language model in their order', async () => {
    const types = (await parts(CALL)).map(({ type }) => type)
    expect(types.slice(0, 4)).toEqual(['stream-start', 'response-metadata', 'text-start', 'text-delta'])
    expect(types.slice(-2)).toEqual(['text-end', 'finish'])
  })

  it('answers what stands in the prompt', async () => {
    expect(textOf(await parts(CALL))).toMatch(/^\w+ Mara,[\s\S]*(payments|charge)/)
  })

  it('repeats an answer by its seed and varies it without one', async () => {
    expect(textOf(await parts(CALL))).toBe(textOf(await parts(CALL)))
    const { seed: _, ...unseeded } = CALL
    const drafts = await Promise.all(Array.from({ length: 12 }, () => parts(unseeded)))
    expect(new Set(drafts.map(textOf)).size).toBeGreaterThan(1)
  })

  it('says the same whole as in a stream', async () => {
    const model = createSimulatedModel({ modelId: 'simulated-1', pace: PACE })
    const { content } = await model.doGenerate(CALL)
    expect(content).toEqual([{ type: 'text', text: textOf(await parts(CALL)) }])
  })

  it('counts the tokens it read and wrote', async () => {
    const answer = await parts(CALL)
    const finish = answer.at(-1)
    if (finish?.type !== 'finish') throw new Error('no finish part')
    expect(finish.usage.outputTokens.total).toBe(answer.filter(({ type }) => type === 'text-delta').length)
    expect(finish.usage.inputTokens.total).toBeGreaterThan(10)
    expect(finish.finishReason).toEqual({ unified: 'stop', raw: 'end_turn' })
  })

  it('ends at the most tokens asked for, and says why', async () => {
    const answer = await parts({ ...CALL, maxOutputTokens: 5 })
    expect(answer.filter(({ type }) => type === 'text-delta')).toHaveLength(5)
    expect(answer.at(-1)).toMatchObject({ finishReason: { unified: 'length' } })
  })

  it('takes its time: the first token within its range, the rest at its rate', async () => {
    const model = createSimulatedModel({
      modelId: 'simulated-1',
      pace: { firstTokenMs: [80, 90], tokensPerSecond: [400, 500] },
    })
    const startedMs = performance.now()
    const { stream } = await model.doStream(CALL)
    let firstMs = 0
    let tokens = 0
    for await (const part of stream) {
      if (part.type !== 'text-delta') continue
      if (tokens === 0) firstMs = performance.now() - startedMs
      tokens += 1
    }
    const restMs = performance.now() - startedMs - firstMs
    expect(firstMs).toBeGreaterThan(75)
    // The upper bound is generous: other work shares the machine.
    expect(firstMs).toBeLessThan(400)
    expect(restMs).toBeGreaterThan((tokens / 500) * 1000 * 0.7)
  })

  it('stops at once when the call is aborted, with the reason given', async () => {
    const abort = new AbortController()
    const model = createSimulatedModel({
      modelId: 'simulated-1',
      pace: { firstTokenMs: [60_000, 60_000], tokensPerSecond: [1, 1] },
    })
    const { stream } = await model.doStream({ ...CALL, abortSignal: abort.signal })
    const startedMs = performance.now()
    const reading = all(stream)
    abort.abort(new Error('left'))
    await expect(reading).rejects.toThrow('left')
    expect(performance.now() - startedMs).toBeLessThan(1_000)
  })

  it('ends its work when its reader leaves', async () => {
    const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const model = createSimulatedModel({
      modelId: 'simulated-1',
      pace: { firstTokenMs: [60_000, 60_000], tokensPerSecond: [1, 1] },
    })
    const { stream } = await model.doStream(CALL)
    await stream.cancel()
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length).toBe(before)
  })
})

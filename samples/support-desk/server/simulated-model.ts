import { setTimeout as delay } from 'node:timers/promises'
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider'
import { type ComposeOptions, compose, type Message } from './compose.ts'
import { createRandom, seedOf } from './random.ts'
import { tokenize } from './tokens.ts'

/** How quickly a model answers. */
export interface Pace {
  /** Milliseconds before the first token: at least, at most. */
  readonly firstTokenMs: readonly [number, number]
  readonly tokensPerSecond: readonly [number, number]
}

/** What the model writes to the message that it found in its prompt. */
export type Write = (message: Message, options: ComposeOptions) => string

export interface SimulatedModelOptions {
  readonly modelId: string
  readonly pace: Pace
  /** A reply where absent. */
  readonly write?: Write
  /** `short` for a quick model that says less. */
  readonly length?: 'full' | 'short'
  /** Divides every wait; 1 is real time. */
  readonly speed?: number
}

/**
 * A language model without a network: it reads the prompt it is given, finds the customer's lines in it, and
 * answers with plausible words at a plausible pace. The call's `seed` decides both, so a test can repeat
 * an answer; without one every call chooses anew. It stops at once when the call is aborted.
 */
export function createSimulatedModel({
  modelId,
  pace,
  write = compose,
  length = 'full',
  speed = 1,
}: SimulatedModelOptions): LanguageModelV4 {
  function answer({ prompt, seed, maxOutputTokens }: LanguageModelV4CallOptions) {
    const text = promptText(prompt)
    const chosen = seed ?? Math.floor(Math.random() * 2 ** 32)
    const whole = tokenize(write(readMessage(prompt), { seed: chosen ^ seedOf(text), length }))
    const tokens = whole.slice(0, maxOutputTokens ?? whole.length)
    const finishReason: LanguageModelV4FinishReason =
      tokens.length < whole.length
        ? { unified: 'length', raw: 'max_tokens' }
        : { unified: 'stop', raw: 'end_turn' }
    return {
      tokens,
      random: createRandom(chosen),
      usage: usageOf(tokenize(text).length, tokens.length),
      finishReason,
    }
  }

  return {
    specificationVersion: 'v4',
    provider: 'simulated',
    modelId,
    supportedUrls: {},

    async doGenerate(options) {
      const { tokens, usage, finishReason } = answer(options)
      const content = [{ type: 'text' as const, text: tokens.join('') }]
      return { content, usage, finishReason, warnings: [], response: { modelId } }
    },

    async doStream(options) {
      const { tokens, random, usage, finishReason } = answer(options)
      const between = ([least, most]: readonly [number, number]) => least + random() * (most - least)
      const firstTokenMs = between(pace.firstTokenMs) / speed
      const tokenMs = 1000 / between(pace.tokensPerSecond) / speed
      const stream = streamOf(options.abortSignal, async (emit, signal) => {
        emit({ type: 'stream-start', warnings: [] })
        emit({ type: 'response-metadata', modelId })
        await wait(firstTokenMs, signal)
        emit({ type: 'text-start', id: 'text' })
        // Waits are measured from the start, so that a timer's rounding does not slow the whole answer down.
        let dueMs = performance.now()
        for (const token of tokens) {
          emit({ type: 'text-delta', id: 'text', delta: token })
          dueMs += tokenMs * (0.4 + 1.2 * random())
          await wait(dueMs - performance.now(), signal)
        }
        emit({ type: 'text-end', id: 'text' })
        emit({ type: 'finish', usage, finishReason })
      })
      return { stream }
    },
  }
}

type Emit = (part: LanguageModelV4StreamPart) => void

/** A stream of what is produced; both the caller's signal and the reader's leaving end the work. */
function streamOf(
  callerSignal: AbortSignal | undefined,
  produce: (emit: Emit, signal: AbortSignal) => Promise<void>,
): ReadableStream<LanguageModelV4StreamPart> {
  const left = new AbortController()
  const signal = callerSignal === undefined ? left.signal : AbortSignal.any([left.signal, callerSignal])
  return new ReadableStream({
    start(controller) {
      // Not awaited: `start` would hold back every read until the answer is whole.
      produce((part) => controller.enqueue(part), signal).then(
        () => controller.close(),
        (error: unknown) => {
          if (!left.signal.aborted) controller.error(signal.aborted ? signal.reason : error)
        },
      )
    },
    cancel: (reason) => left.abort(reason),
  })
}

async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds >= 1) await delay(milliseconds, undefined, { signal })
  signal.throwIfAborted()
}

function promptText(prompt: LanguageModelV4Prompt): string {
  return prompt
    .map(({ content }) =>
      typeof content === 'string'
        ? content
        : content.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    )
    .join('\n')
}

/** A real model would read the prompt's last message too; this one needs its lines in the usual form. */
function readMessage(prompt: LanguageModelV4Prompt): Message {
  const text = promptText(prompt.filter(({ role }) => role === 'user'))
  const [, customer = '', subject = '', body = text] =
    /^Customer: (.*)\nSubject: (.*)\n\n([\s\S]*)$/.exec(text.trim()) ?? []
  return { customer, subject, body, instructions: promptText(prompt.filter(({ role }) => role === 'system')) }
}

function usageOf(input: number, output: number): LanguageModelV4Usage {
  return {
    inputTokens: { total: input, noCache: input, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: output, text: output, reasoning: 0 },
  }
}

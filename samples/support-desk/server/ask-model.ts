import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { EvenkeelContext } from '@evenkeel/shared/server'
import { type FlexibleSchema, Output, streamText, toUIMessageStream, type UIMessageChunk } from 'ai'
import { isRehearsed } from './faults/rehearsed.ts'
import { inShort, modelFailureOf } from './model-failure.ts'
import type { Prompt } from './prompt.ts'

/** One call of a model. */
export interface ModelCall {
  readonly model: LanguageModelV4
  readonly prompt: Prompt
  /** What is filled into the prompt. */
  readonly input: Readonly<Record<string, string>>
  /** What a structured answer has to pass; without one the answer is text. */
  readonly schema?: FlexibleSchema<unknown>
  /** Where the answer before was wrong, as the browser says. */
  readonly violations?: readonly string[]
  /** For an answer that can be repeated; only the simulated model keeps its word on it. */
  readonly seed: number | null
  /** Ends the call, beside the browser's leaving. */
  readonly signal: AbortSignal
}

/** Names what is about to be asked, so that it stands in the header, before the first byte. */
export function describeCall(
  context: EvenkeelContext,
  { name: prompt, version, hash }: Prompt,
  { modelId: model }: LanguageModelV4,
): void {
  context.describe({ prompt, version, hash, model })
}

/** Asks a model, and gives its answer as a UI message stream with prompt, model, usage and stages named. */
export async function askModel(
  context: EvenkeelContext,
  { model, prompt, input, schema, violations = [], seed, signal }: ModelCall,
  /** False where something of the stream was sent before. */
  { sendStart = true } = {},
): Promise<ReadableStream<UIMessageChunk>> {
  describeCall(context, prompt, model)
  const { instructions, messages } = await context.stage('prompt', () => prompt.render(input))

  let answeredBy: string | undefined
  const endOfModel = context.startStage('model')
  const result = streamText({
    model,
    instructions,
    messages: [...messages, ...correction(violations)],
    maxOutputTokens: prompt.maxOutputTokens,
    ...(schema === undefined ? {} : { output: Output.object({ schema }) }),
    ...(seed === null ? {} : { seed }),
    // The ladder decides what is tried next.
    maxRetries: 0,
    abortSignal: AbortSignal.any([context.signal, signal]),
    onError: ({ error }) => {
      if (!isRehearsed(error)) console.error(`${context.feature}: the model failed: ${inShort(error)}`)
    },
  })
  return toUIMessageStream({
    stream: await begun(result.stream),
    sendStart,
    // Which model answered, its usage and its time are known at the end only: they travel in the closing metadata.
    messageMetadata({ part }) {
      if (part.type === 'finish-step') answeredBy = part.response.modelId
      if (part.type !== 'finish') return undefined
      endOfModel()
      const { inputTokens, outputTokens } = part.totalUsage
      return {
        model: answeredBy,
        evenkeel: { ...context.metadata(), usage: { inputTokens, outputTokens } },
      }
    },
  })
}

/**
 * The stream once the model has begun to answer. A provider that refuses says so before: that becomes a status of
 * ours, so that the next tier is asked at once.
 * @throws ModelFailure
 */
async function begun<Part extends { readonly type: string }>(
  stream: ReadableStream<Part>,
): Promise<ReadableStream<Part>> {
  const reader = stream.getReader()
  const seen: Part[] = []
  for (;;) {
    const { done, value } = await reader.read()
    if (value?.type === 'error') {
      await reader.cancel()
      throw modelFailureOf(Reflect.get(value, 'error'))
    }
    if (value !== undefined) seen.push(value)
    if (done || value.type !== 'start') break
  }
  return new ReadableStream({
    start(controller) {
      for (const part of seen) controller.enqueue(part)
    },
    async pull(controller) {
      const { done, value } = await reader.read()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

const PATH = /^[\w.$-]{1,64}$/
const MOST_PATHS = 8

// The paths are the browser's word: whatever is no path would be a sentence in the model's ear.
function correction(violations: readonly string[]): { role: 'user'; content: string }[] {
  const paths = violations.filter((path) => PATH.test(path)).slice(0, MOST_PATHS)
  if (paths.length === 0) return []
  return [
    {
      role: 'user',
      content: `The answer before did not have the form asked for. Wrong at: ${paths.join(', ')}. Answer again.`,
    },
  ]
}

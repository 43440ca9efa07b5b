import { setTimeout as delay } from 'node:timers/promises'
import type {
  LanguageModelV4,
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider'
import type { Weather } from '../../src/faults.ts'
import type { Simulation } from '../simulation.ts'
import { RehearsedFailure } from './rehearsed.ts'

const DELTAS_BEFORE = 6
const FILTERED: LanguageModelV4FinishReason = { unified: 'content-filter', raw: 'refusal' }
const ENDED: LanguageModelV4FinishReason = { unified: 'stop', raw: 'end_turn' }
const NOTHING_USED: LanguageModelV4Usage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
}
/** JSON, and no classification. */
const OTHER_OBJECT = '{"topic":"zeppelins","urgency":7,"language":"en"}'

type Part = LanguageModelV4StreamPart
type Sink = TransformStreamDefaultController<Part>

/**
 * The same model as it fares in this weather: whatever model it is, so that the demonstration can spoil
 * a real provider's answer too.
 */
export function spoilModel(
  model: LanguageModelV4,
  { weather, speed }: Pick<Simulation, 'weather' | 'speed'>,
  /** The answer before broke its schema, and the model is asked again. */
  isRetry: boolean,
): LanguageModelV4 {
  // The simulated model is slow by itself, at a pace of its own.
  const isSlow = weather === 'slow' && model.provider !== 'simulated'
  const spoiled = isSlow ? () => slowly(speed) : spoilOf(weather, isRetry)
  if (spoiled === null) return model
  const { specificationVersion, provider, modelId, supportedUrls } = model
  return {
    specificationVersion,
    provider,
    modelId,
    supportedUrls,
    doGenerate: (options) => model.doGenerate(options),
    async doStream(options) {
      const answer = await model.doStream(options)
      return { ...answer, stream: answer.stream.pipeThrough(spoiled()) }
    },
  }
}

function spoilOf(weather: Weather, isRetry: boolean): (() => TransformStream<Part, Part>) | null {
  switch (weather) {
    case 'provider-error':
      return () =>
        after(DELTAS_BEFORE, (sink) => {
          sink.enqueue({ type: 'error', error: new RehearsedFailure() })
        })
    case 'content-filter':
      return () => after(DELTAS_BEFORE, (sink, id) => finish(sink, id, FILTERED))
    case 'refusal':
      return () => after(0, (sink) => finish(sink, null, FILTERED))
    case 'empty-answer':
      return () => after(0, (sink) => finish(sink, null, ENDED))
    case 'schema-once':
      return isRetry ? null : () => instead(OTHER_OBJECT)
    case 'schema-always':
      return () => instead(OTHER_OBJECT)
    default:
      return null
  }
}

/** Lets that many pieces of text through, and ends otherwise. With none, no text is begun. */
function after(
  deltas: number,
  end: (sink: Sink, openText: string | null) => void,
): TransformStream<Part, Part> {
  let seen = 0
  return new TransformStream({
    transform(part, sink) {
      if (part.type === 'text-start' && deltas === 0) return stop(sink, null)
      if (part.type === 'text-delta') {
        seen += 1
        if (seen > deltas) return stop(sink, part.id)
      }
      sink.enqueue(part)
    },
  })

  function stop(sink: Sink, openText: string | null): void {
    end(sink, openText)
    sink.terminate()
  }
}

const SLOW_FIRST_MS = 1_900
const SLOW_DELTA_MS = 60

/** Each piece of text late, and the first one later. */
function slowly(speed: number): TransformStream<Part, Part> {
  let waitMs = SLOW_FIRST_MS
  return new TransformStream({
    async transform(part, sink) {
      if (part.type === 'text-delta') {
        await delay(waitMs / speed)
        waitMs = SLOW_DELTA_MS
      }
      sink.enqueue(part)
    },
  })
}

/** The answer is these words, whatever the model wrote. */
function instead(words: string): TransformStream<Part, Part> {
  let isSaid = false
  return new TransformStream({
    transform(part, sink) {
      if (part.type !== 'text-delta') return sink.enqueue(part)
      if (!isSaid) sink.enqueue({ ...part, delta: words })
      isSaid = true
    },
  })
}

function finish(sink: Sink, openText: string | null, finishReason: LanguageModelV4FinishReason): void {
  if (openText !== null) sink.enqueue({ type: 'text-end', id: openText })
  sink.enqueue({ type: 'finish', usage: NOTHING_USED, finishReason })
}

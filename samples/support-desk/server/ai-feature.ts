import { setTimeout as delay } from 'node:timers/promises'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import {
  type Controls,
  type ErrorPlace,
  type EvenkeelContext,
  type ResumeOptions,
  withEvenkeel,
} from '@evenkeel/shared/server'
import { createUIMessageStreamResponse, type UIMessageChunk } from 'ai'
import type { z } from 'zod'
import { identify } from './control-routes.ts'
import { cutConnection } from './cut-connection.ts'
import { refuse } from './faults/refuse.ts'
import { isRehearsed } from './faults/rehearsed.ts'
import { spoilBody } from './faults/spoil-body.ts'
import { modelFor } from './models.ts'
import type { Prompt, Prompts } from './prompt.ts'
import type { Provider } from './providers.ts'
import type { Write } from './simulated-model.ts'
import { type Simulation, type SimulationDefaults, simulationFor } from './simulation.ts'
import { violationsIn } from './violations.ts'
import type { WeatherStation } from './weather.ts'

/** What every feature of the product is served with. */
export interface FeatureOptions {
  readonly prompts: Prompts
  /** Where real models are asked; `null` for the simulated one. */
  readonly provider: Provider | null
  readonly controls: Controls
  readonly station: WeatherStation
  readonly defaults: SimulationDefaults
  /** How an answer goes on for a browser whose connection broke. */
  readonly resume: ResumeOptions
}

/** What a feature is asked. */
export interface Question<Input> {
  readonly input: Input
  /** The version in force. */
  readonly prompt: Prompt
  /** Where the answer before violated the schema. */
  readonly violations: readonly string[]
  readonly simulation: Simulation
  /** The model to ask; the simulated one writes so. */
  model(write: Write): LanguageModelV4
  /** Ends the model's work, beside the browser's leaving. */
  readonly signal: AbortSignal
}

/** One AI feature of the product: what it takes, and how it answers. */
export interface AIFeature<Input> {
  readonly id: string
  readonly input: z.ZodType<Input>
  /** Whether a broken connection may pick its answer up again: not worth it where somebody waits for the whole. */
  readonly isResumable: boolean
  /** Weather that spoils the middle of an answer begins after that many events of its stream. */
  readonly eventsBeforeCut: number
  answer(context: EvenkeelContext, question: Question<Input>): Promise<ReadableStream<UIMessageChunk>>
}

/** `POST /api/ai/<id>`: the feature's answer as an AI SDK UI message stream, under the weather in force. */
export function aiFeatureHandler<Input>(
  feature: AIFeature<Input>,
  { prompts, provider, controls, station, defaults, resume }: FeatureOptions,
): (request: Request) => Promise<Response> {
  const answer = withEvenkeel(
    feature.id,
    async (request, context) => {
      const retried = request.clone()
      const input = await context.input(feature.input)
      const simulation = simulationFor(request, station, defaults)
      const { weather, speed } = simulation
      if (weather === 'slow-headers') await delay(SLOW_HEADERS_MS / speed, undefined, context)
      const refusal = refuse(weather, simulation.isModelAlone)
      if (refusal !== null) return refusal

      const cut = new AbortController()
      const violations = await violationsIn(retried)
      const stream = await feature.answer(context, {
        input,
        prompt: prompts.byVersion.get(context.controls.prompt ?? '') ?? prompts.latest,
        violations,
        simulation,
        model: (write) => modelFor(provider, { tier: context.tier, simulation, violations, write }),
        signal: cut.signal,
      })
      const response = createUIMessageStreamResponse({ stream })
      return spoilBody(response, weather, {
        afterChunks: feature.eventsBeforeCut,
        isGone: context.signal,
        onEnd: () => cut.abort(),
      })
    },
    { ...(feature.isResumable ? { resume } : {}), controls, identify, onError: report },
  )
  return async (request) => {
    const response = await answer(request)
    // The network's own faults: outside of what is kept for resuming, so that a draft can be picked up.
    const isReset = station.meets(request) === 'reset' && response.ok
    return cutConnection(response, request, isReset ? feature.eventsBeforeCut : 0)
  }
}

const SLOW_HEADERS_MS = 2_000

function report(error: unknown, { feature, phase }: ErrorPlace): void {
  if (isRehearsed(error)) return
  // A provider's error was told where it was met, and quotes the request.
  if (phase === 'model') return
  console.error(`${feature} failed (${phase})`, error)
}

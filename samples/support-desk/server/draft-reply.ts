import { type Controls, problem, type ResumeOptions, withEvenkeel } from '@evenkeel/shared/server'
import { createUIMessageStreamResponse, streamText, toUIMessageStream } from 'ai'
import { identify } from './control-routes.ts'
import { cutConnection } from './cut-connection.ts'
import { draftInput } from './input.ts'
import { modelFor } from './models.ts'
import type { Prompts } from './prompt.ts'
import { type SimulationDefaults, simulationFor } from './simulation.ts'
import { cutOff, type WeatherStation } from './weather.ts'

export interface DraftReplyOptions {
  readonly prompts: Prompts
  readonly controls: Controls
  readonly station: WeatherStation
  readonly defaults: SimulationDefaults
  /** How a draft goes on for a browser whose connection broke. */
  readonly resume: ResumeOptions
}

/** Cut off after this many events of the stream: in the second sentence of a usual draft. */
const EVENTS_BEFORE_CUT = 28

/** `POST /api/ai/draft-reply`: a draft as an AI SDK UI message stream, with prompt, model and stages named. */
export function draftReplyHandler(options: DraftReplyOptions) {
  const { prompts, controls, station, defaults, resume } = options
  const answer = withEvenkeel(
    'draft-reply',
    async (request, context) => {
      const input = await context.input(draftInput)
      const { weather, seed, speed } = simulationFor(request, station, defaults)
      if (weather === 'down')
        return problem(503, {
          title: 'The server is down.',
          detail: 'It is the weather of the demonstration.',
        })

      const prompt = prompts.byVersion.get(context.controls.prompt ?? '') ?? prompts.latest
      const model = modelFor(context.tier, weather, speed)
      context.describe({
        prompt: prompt.name,
        version: prompt.version,
        hash: prompt.hash,
        model: model.modelId,
      })
      const { instructions, messages } = await context.stage('prompt', () => prompt.render(input))

      let answeredBy: string | undefined
      const endOfModel = context.startStage('model')
      const cut = new AbortController()
      const result = streamText({
        model,
        instructions,
        messages,
        maxOutputTokens: prompt.maxOutputTokens,
        ...(seed === null ? {} : { seed }),
        maxRetries: 0,
        abortSignal: AbortSignal.any([context.signal, cut.signal]),
      })
      const stream = toUIMessageStream({
        stream: result.stream,
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
      const response = createUIMessageStreamResponse({ stream })
      return weather === 'cut-off' ? cutOff(response, EVENTS_BEFORE_CUT, () => cut.abort()) : response
    },
    { resume, controls, identify },
  )
  return async (request: Request) => cutConnection(await answer(request), request)
}

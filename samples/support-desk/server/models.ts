import type { LanguageModelV4 } from '@ai-sdk/provider'
import { spoilModel } from './faults/spoil-model.ts'
import type { Provider } from './providers.ts'
import { createSimulatedModel, type Pace, type Write } from './simulated-model.ts'
import type { Simulation } from './simulation.ts'

/** Which model a tier of the ladder stands for. The browser names the tier only; the server knows the rest. */
const SIMULATED_MODELS = { primary: 'simulated-1', fast: 'simulated-fast-1' } as const

type SimulatedModel = (typeof SIMULATED_MODELS)[keyof typeof SIMULATED_MODELS]

const USUAL_PACE: Readonly<Record<SimulatedModel, Pace>> = {
  'simulated-1': { firstTokenMs: [200, 300], tokensPerSecond: [60, 80] },
  'simulated-fast-1': { firstTokenMs: [80, 140], tokensPerSecond: [120, 160] },
}

/** Past the budget for the first token and, with a full draft, past the one for the whole answer. */
const SLOW_PACE: Pace = { firstTokenMs: [1_600, 2_200], tokensPerSecond: [14, 18] }

/** What is known of the call that a model is for. */
export interface ModelAsked {
  readonly tier: string
  readonly simulation: Simulation
  /** Where the answer before was wrong. */
  readonly violations: readonly string[]
  /** What the simulated model writes; a real one reads its prompt. */
  readonly write: Write
}

/** The model for a call: the provider's, or the simulated one where there is no provider, in the weather in force. */
export function modelFor(provider: Provider | null, asked: ModelAsked): LanguageModelV4 {
  const { simulation, violations } = asked
  const tier = asked.tier === 'fast' ? 'fast' : 'primary'
  const model = provider === null ? simulatedModel(tier, asked) : provider.model(provider.models[tier])
  return spoilModel(model, simulation, violations.length > 0)
}

function simulatedModel(
  tier: keyof typeof SIMULATED_MODELS,
  { simulation: { weather, speed }, write }: ModelAsked,
): LanguageModelV4 {
  const modelId = SIMULATED_MODELS[tier]
  return createSimulatedModel({
    modelId,
    pace: weather === 'slow' ? SLOW_PACE : USUAL_PACE[modelId],
    write,
    length: tier === 'fast' ? 'short' : 'full',
    speed,
  })
}

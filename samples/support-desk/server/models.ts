import type { LanguageModelV4 } from '@ai-sdk/provider'
import { spoilModel } from './faults/spoil-model.ts'
import { createSimulatedModel, type Pace, type Write } from './simulated-model.ts'
import type { Simulation } from './simulation.ts'

/** Which model a tier of the ladder stands for. The browser names the tier only; the server knows the rest. */
const MODEL_OF_TIER: Readonly<Record<string, 'simulated-1' | 'simulated-fast-1'>> = {
  primary: 'simulated-1',
  fast: 'simulated-fast-1',
}

const USUAL_PACE: Readonly<Record<'simulated-1' | 'simulated-fast-1', Pace>> = {
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
  /** What the simulated model writes. */
  readonly write: Write
}

/** The model of a tier in this weather; an unknown tier gets the primary one. */
export function modelFor({ tier, simulation, violations, write }: ModelAsked): LanguageModelV4 {
  const { weather, speed } = simulation
  const modelId = MODEL_OF_TIER[tier] ?? 'simulated-1'
  const model = createSimulatedModel({
    modelId,
    pace: weather === 'slow' ? SLOW_PACE : USUAL_PACE[modelId],
    write,
    length: modelId === 'simulated-fast-1' ? 'short' : 'full',
    speed,
  })
  return spoilModel(model, weather, violations.length > 0)
}

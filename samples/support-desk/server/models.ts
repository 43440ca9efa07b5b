import type { LanguageModelV4 } from '@ai-sdk/provider'
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

/** The model of a tier in this weather, writing so; an unknown tier gets the primary one. */
export function modelFor(tier: string, { weather, speed }: Simulation, write: Write): LanguageModelV4 {
  const modelId = MODEL_OF_TIER[tier] ?? 'simulated-1'
  return createSimulatedModel({
    modelId,
    pace: weather === 'slow' ? SLOW_PACE : USUAL_PACE[modelId],
    write,
    length: modelId === 'simulated-fast-1' ? 'short' : 'full',
    speed,
  })
}

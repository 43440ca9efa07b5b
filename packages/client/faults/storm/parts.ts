import { createHealth } from '../../src/health/health.ts'
import { createMemoryHealthStorage } from '../../src/health/health-storage.ts'
import { nextStep, startOf } from '../../src/run/ladder-walk.ts'
import { levelSpecOf } from '../../src/run/level-spec.ts'
import { type Defect, plant } from '../plant.ts'

/** The real parts that decide what a client asks: its health, and the walk down its ladder. */
export interface StormParts {
  readonly createHealth: typeof createHealth
  readonly createMemoryHealthStorage: typeof createMemoryHealthStorage
  readonly nextStep: typeof nextStep
  readonly startOf: typeof startOf
  readonly levelSpecOf: typeof levelSpecOf
}

export const REAL_PARTS: StormParts = {
  createHealth,
  createMemoryHealthStorage,
  nextStep,
  startOf,
  levelSpecOf,
}

const ENTRY = `
export { createHealth } from './health/health.ts'
export { createMemoryHealthStorage } from './health/health-storage.ts'
export { nextStep, startOf } from './run/ladder-walk.ts'
export { levelSpecOf } from './run/level-spec.ts'
`

/** The same parts, bundled from their sources with this defect in them; `null` for a copy without one. */
export async function partsWith(defect: Defect | null): Promise<StormParts> {
  return (await plant(ENTRY, defect)) as StormParts
}

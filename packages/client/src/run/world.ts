import type { Feature } from '@evenkeel/shared'
import type { Parts } from './parts.ts'
import type { StepWorld } from './step-world.ts'

/** What one run is started with. */
export interface RunSetting<Input, Output> {
  readonly feature: Feature<Input, Output>
  readonly world: World
}

/** Everything outside a run, as the engine gives it to each. */
export interface World extends StepWorld, Pick<Parts, 'loadAsking'> {
  /** What a run is started with in the place of the feature and this world, where a rehearsal has something else. */
  forRun?<Input, Output>(feature: Feature<Input, Output>): RunSetting<Input, Output>
}

import type { CacheStep, RunRecord } from '@evenkeel/shared'
import type { RunInHand, StepInHand } from './run-in-hand.ts'

/** The `cache` step of the ladder, and what fills it. */
export interface Caching {
  /** Shows the kept answer where there is one that may be shown; else the run goes on. */
  recall<Input, Output>(run: RunInHand<Input, Output>, step: CacheStep, held: StepInHand): void
  /** Keeps what a settled run gave, where it is worth keeping. */
  keep<Input, Output>(run: RunInHand<Input, Output>, record: RunRecord): void
}

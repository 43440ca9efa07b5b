import type { AttemptRecord, Failure, Feature } from '@evenkeel/shared'
import type { Answer } from './answer.ts'
import type { Attempt, AttemptEnd } from './attempt-record.ts'
import type { BudgetClocks } from './budget-clocks.ts'
import type { Tooling } from './exchange-parts.ts'
import type { ServerFacts } from './facts.ts'
import type { Journal } from './journal.ts'
import type { EarlierRun, RunState, StartOptions } from './run.ts'
import type { StepWorld } from './step-world.ts'

/** The end of an attempt that gave no answer. */
export type Lost = AttemptEnd & { readonly failure: Failure }

/** The step that a run is at. */
export interface StepInHand {
  /** Its place on the ladder. */
  readonly at: number
  /** Its record, of which nothing is known yet but where it belongs. */
  readonly blank: AttemptRecord
  /** `null` for a step that asks nobody, and until what asks is loaded. */
  attempt: Attempt | null
  /** Its answer is complete: being checked, or already the run's. */
  isComplete: boolean
}

/** A run as its steps see it: what they work with, and how they end. */
export interface RunInHand<Input, Output> {
  readonly feature: Feature<Input, Output>
  readonly input: Input
  readonly options: StartOptions
  readonly runId: string
  readonly world: StepWorld
  readonly earlier: EarlierRun | null
  readonly answer: Answer
  readonly journal: Journal
  readonly clocks: BudgetClocks
  /** What goes on after client tools, where the feature has any. */
  readonly tooling: Tooling | null
  readonly state: RunState<Output>
  /** The user is told of the level in force. */
  readonly isTold: boolean
  /** The step before was this one too. */
  readonly isRetry: boolean
  /** What the server has said so far. */
  facts: ServerFacts
  /** The paths that were wrong in the answer before. */
  violations: readonly string[] | undefined
  /** Milliseconds since the trigger. */
  sinceMs(): number
  change(patch: Partial<RunState<Output>>): void
  /** What the server said of the answer before is not said of the next one. */
  forgetAnswer(): void
  /** Sets the clocks for what is known of the run now. */
  armClocks(): void
  /** Whatever goes wrong in there, the run settles. */
  safely(work: () => unknown): void
  /** Calls the app's own code; `failed` gets the words for the record where it throws. */
  callApp<Result>(what: string, call: () => Result, failed: (detail: string) => void): Result | undefined
  isAt(step: StepInHand): boolean
  /** The step in hand gave an answer: these words, or what the answer holds already. */
  win(output: Output | null, words?: string): void
  /** The step in hand gave none. `tierOnly`: no other tier of its domain has failed with it. */
  lose(end: Lost, tierOnly?: boolean): void
}

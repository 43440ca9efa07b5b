import type { AttemptRecord, Failure, Feature, ModelStep, RunRecord, Step, Triple } from '@evenkeel/shared'
import type { Answer } from './answer.ts'
import type { Attempt, AttemptEnd } from './attempt-record.ts'
import type { BudgetClocks } from './budget-clocks.ts'
import type { Tooling } from './exchange-parts.ts'
import type { ServerFacts } from './facts.ts'
import type { Journal } from './journal.ts'
import type { Fall } from './ladder-walk.ts'
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
  /** Its answer is complete: being checked, or already the run's; or it takes no time of the budget, as without a model. */
  isComplete: boolean
  /** Of an answer from the cache: how old it is, and who made it. */
  kept?: { readonly ageMs: number; readonly triple: Triple }
  /**
   * The attempt that races this one, or may yet: told that this one failed, or with `null` that it is to be let
   * go of. True where it takes the place of the failed one.
   */
  rival?: ((failure: Failure | null) => boolean) | undefined
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
  /** Another answer to the same question, which nobody sees. */
  newAnswer(): Answer
  readonly journal: Journal
  readonly clocks: BudgetClocks
  /** What goes on after client tools, where the feature has any. */
  tooling: Tooling | null
  state: RunState<Output>
  /** The user is told of the level in force. */
  isTold(): boolean
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
  inHand: StepInHand | null
  /** Every step that failed, in order. */
  readonly falls: Fall[]
  /** The place that the ladder would lead to after these falls. */
  nextAfter(falls: readonly Fall[], modelTimeLeft: boolean): number | null
  /** The record of an attempt at this step, which begins now. */
  blankOf(step: Step<never, unknown>): AttemptRecord
  /** The record of a step that has ended, of which the next runs hear too. */
  close(step: StepInHand, end: AttemptEnd): AttemptRecord
  /** What has to be said of the settled run besides. */
  amend?: (record: RunRecord) => RunRecord
  /** The step in hand gave an answer: these words, or what the answer holds already. */
  win(output: Output | null, words?: string): void
  /** The step in hand had nothing, and nothing went wrong: the next one is taken. */
  pass(detail: string): void
  /** The step in hand gave none. `tierOnly`: no other tier of its domain has failed with it. */
  lose(end: Lost, tierOnly?: boolean): void
}

/** Asks what a model step names; what comes of it ends the step. */
export type Ask = <Input, Output>(
  run: RunInHand<Input, Output>,
  step: ModelStep<Input>,
  held: StepInHand,
) => void

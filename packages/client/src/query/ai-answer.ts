import type { Failure, Level, Moment, Outcome } from '@evenkeel/shared'
import { readObject } from '../render/read-object.ts'
import type { Run, RunPhase } from '../run/run.ts'
import type { DeepPartial } from '../stream/object/deep-partial.ts'

/** An answer as the query cache holds it: plain data, so that it can be dehydrated and looked at in the devtools. */
export interface AIAnswer<Output = string> {
  readonly runId: string | null
  readonly phase: RunPhase
  /** `null` while it streams in. An omitted answer is an answer too: the ladder has spoken, and nothing throws. */
  readonly outcome: Outcome | null
  readonly text: string
  /** The structured answer as far as it has come; absent where there is none. */
  readonly object?: DeepPartial<Output>
  /** The structured answer that passed the feature's schema. */
  readonly output: Output | null
  readonly failure: Failure | null
  /** What the user may be told. */
  readonly moment: Moment | null
  /** How old an answer is that was kept from before; `null` where it is new. */
  readonly ageMs: number | null
  readonly level: Level
}

/** The run as it stands now, as data. */
export function answerOf<Output>(run: Run<unknown, Output>): AIAnswer<Output> {
  const { runId, phase, outcome, output, failure, moment, ageMs = null, level } = run.state
  const object = run.feature.schema === undefined ? undefined : readObject(run)
  const answer = { runId, phase, outcome, text: run.text, output, failure, moment, ageMs, level }
  return object === undefined ? answer : { ...answer, object }
}

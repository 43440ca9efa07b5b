import { checkOutput, describePlaces, type Schema, type Verdict } from './check-output.ts'
import type { RunInHand, StepInHand } from './run-in-hand.ts'

/** Checks the whole answer of the step in hand by its feature's schema, and ends the step as it says. */
export function judgeAnswer<Input, Output>(
  run: RunInHand<Input, Output>,
  held: StepInHand,
  schema: Schema<Output>,
): void {
  const { feature, world, answer } = run

  function judge(verdict: Verdict<Output>): void {
    // The user may have left while an asynchronous schema was thinking.
    if (run.inHand !== held) return
    if (verdict.kind === 'passed') return run.win(verdict.output)
    if (verdict.kind === 'threw') {
      world.reportBug(`schema of feature '${feature.id}'`, verdict.error)
      return run.lose({ failure: 'bug', detail: `schema threw ${world.nameOf(verdict.error)}` })
    }
    run.violations = verdict.paths
    run.lose({ failure: 'schema', detail: describePlaces(verdict.places) })
  }

  checkOutput(schema, answer.draft.text.read(), (verdict) => run.safely(() => judge(verdict)))
}

import type { AttemptRecord, Budget, Failure, Interaction, RunRecord, WouldHave } from '@evenkeel/shared'
import type { Fall } from './ladder-walk.ts'
import type { RunInHand } from './run-in-hand.ts'

/** What is known of a run whose budgets were not enforced. */
export interface Observed extends Pick<RunRecord, 'attempts' | 'stalls'> {
  readonly interaction: Interaction
  readonly budget: Budget
  /** Text, of which a part may stay on the screen. */
  readonly isText: boolean
  readonly falls: readonly Fall[]
  readonly ladder: readonly { readonly step: RunRecord['attempts'][number]['step'] }[]
  nextAfter(falls: readonly Fall[], modelTimeLeft: boolean): number | null
}

/** The first attempt that enforcing the budgets would have ended; `null` where it would have ended none. */
export function wouldHave(run: Observed): WouldHave | null {
  const { attempts, falls, ladder, nextAfter } = run
  const asked = attempts.filter(({ step }) => step === 'model')
  const failed = falls.filter(({ at }) => ladder[at]?.step === 'model')
  const before: Fall[] = []
  for (const attempt of asked) {
    const end = earliestEnd(attempt, run)
    if (end !== null) {
      const { failure, atMs, isGivenUp } = end
      const at = nextAfter(before, true) ?? -1
      const next = nextAfter([...before, { at, failure, tierOnly: false }], !isGivenUp)
      const step = (next === null ? undefined : ladder[next]?.step) ?? null
      // A partial answer is more than none.
      const isKept = run.isText && step === 'omit' && isSeen(attempt, atMs)
      return { failure, atMs, step: isKept ? null : step }
    }
    const fall = failed[before.length]
    if (fall !== undefined) before.push(fall)
  }
  return null
}

interface End {
  readonly failure: Failure
  readonly atMs: number
  readonly isGivenUp: boolean
}

function earliestEnd(attempt: AttemptRecord, { budget, interaction, stalls }: Observed): End | null {
  const { completeMs, giveUpMs, stallMs } = budget
  const ends: End[] = [
    {
      failure: isSeen(attempt, giveUpMs) ? 'timeout.complete' : 'timeout.first-token',
      atMs: giveUpMs,
      isGivenUp: true,
    },
    ...stalls.map(({ atMs }): End => ({ failure: 'timeout.stall', atMs: atMs + stallMs, isGivenUp: false })),
  ]
  // A text that streams is read while it is late.
  if (interaction !== 'progressive') {
    ends.push({ failure: 'timeout.complete', atMs: completeMs, isGivenUp: false })
  }
  const during = ends.filter(({ atMs }) => atMs >= attempt.startedMs && atMs < attempt.endedMs)
  return during.toSorted((one, other) => one.atMs - other.atMs)[0] ?? null
}

function isSeen({ firstTokenMs }: AttemptRecord, atMs: number): boolean {
  return firstTokenMs !== null && firstTokenMs <= atMs
}

/** The record of this run, with what enforcing would have done. */
export function observed<Input, Output>(run: RunInHand<Input, Output>, record: RunRecord): RunRecord {
  const { feature, clocks, falls, nextAfter } = run
  const { ladder, schema } = feature
  const { budget } = clocks
  return {
    ...record,
    observed: wouldHave({ ...record, budget, isText: schema === undefined, falls, ladder, nextAfter }),
  }
}

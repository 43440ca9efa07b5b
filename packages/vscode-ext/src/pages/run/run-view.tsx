import type { RunAnswer } from '../../engine/contract.ts'
import { Attempts } from './attempts.tsx'
import { Conditions } from './conditions.tsx'
import { Flags } from './flags.tsx'
import { KeyFigures } from './key-figures.tsx'
import { Moments } from './moments.tsx'
import { PromptAndModel } from './prompt-and-model.tsx'
import { RunHeader } from './run-header.tsx'
import { Signals } from './signals.tsx'
import { Timing } from './timing.tsx'

/** One run, from how it ended down to where it happened. */
export function RunView({ run, signals }: RunAnswer) {
  return (
    <>
      <RunHeader run={run} />
      <KeyFigures run={run} />
      <Timing run={run} />
      <div className="columns">
        <Attempts run={run} />
        <Signals signals={signals} />
        <PromptAndModel run={run} />
        <Moments moments={run.moments} />
        <Conditions run={run} />
        <Flags flags={run.flags} />
      </div>
    </>
  )
}

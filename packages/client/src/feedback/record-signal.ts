import { NO_TRIPLE, type RunRecord, type Signal, type SignalKind } from '@evenkeel/shared'
import { defaultEngine } from '../run/default-engine.ts'
import type { Engine } from '../run/engine.ts'
import type { SignalDetails, SignalSubject } from '../run/run.ts'

/** What an app keeps beside an answer, so that what users say of it tomorrow finds its run. Plain JSON, no content. */
export interface RunReference extends Partial<SignalSubject> {
  readonly runId: string
  readonly feature: string
}

/** What to keep beside an answer. */
export function referenceOf({ runId, feature, triple, level }: RunRecord): Required<RunReference> {
  return { runId, feature, triple, level }
}

/**
 * Records what a user says of an answer later or elsewhere: after a reload, on another device, of yesterday's
 * answer. A thumb takes the place of the one given before, wherever that was. Without prompt, model and level
 * in the reference the signal counts for the feature, but for no version of it.
 *
 * @example
 * const record = await run.settled
 * save({ text: run.text, about: referenceOf(record) })
 * // tomorrow
 * recordSignal(saved.about, 'thumbs', { value: -1, reasons: ['hallucination'] })
 *
 * @throws TypeError where the reference has no valid run id
 */
export function recordSignal(
  reference: RunReference,
  kind: SignalKind,
  details: SignalDetails = {},
  within: Pick<Engine, 'signal'> = defaultEngine(),
): Signal {
  const { runId, feature, triple = NO_TRIPLE, level = 5 } = reference
  if (!/^[0-9a-f]{32}$/.test(runId)) {
    throw new TypeError(
      `recordSignal: "${runId}" is no run id. It is 32 hex digits, as \`record.runId\` has it.`,
    )
  }
  return within.signal(kind, { runId, feature, triple, level }, details)
}

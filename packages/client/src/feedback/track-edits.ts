import type { RunRecord, Signal } from '@evenkeel/shared'
import type { Run } from '../run/run.ts'
import { referenceOf } from './record-signal.ts'
import { whenIdle } from './when-idle.ts'

/** Where the text is that a user makes of an answer. */
export type EditedText =
  | string
  | (() => string)
  | { readonly value: string }
  | { readonly textContent: string | null }

/** Watches over what becomes of one answer. */
export interface EditTracking {
  /**
   * The user took the answer to work on it, say into a field: records `accept`, with the time since it was settled.
   * What is accepted later is this answer, whatever the run shows by then. Resolves with the signal; `null` where
   * there was no answer.
   */
  take(): Promise<Signal | null>
  /**
   * The user is done with it: records `edit`, with how far the text is from the answer (0 as it was, 1 nothing
   * left of it), and `accept` before it where nothing was taken yet. Resolves with the edit; `null` where there was
   * no answer.
   */
  accept(): Promise<Signal | null>
  /** The user wants none of it: records `dismiss`. */
  dismiss(): void
}

export interface EditTrackingOptions {
  /** Milliseconds since the epoch; the system's clock where absent. */
  readonly epochMs?: () => number
  /** Resolves when there is time to compare; when the browser is idle where absent. */
  readonly whenIdle?: () => Promise<void>
}

/**
 * Records what a user makes of an answer that may be edited before it is used, and never the text itself: only how
 * far it is from the answer. The comparison is loaded when it is needed, and waits for the browser to be idle.
 *
 * @param run a run of `createRun`, or the `store` of what `useAI` returns
 * @param source the field or element with the text, or a function that gives it, or the text where it is known
 * @example
 * const edits = trackEdits(run, textarea)
 * use.addEventListener('click', () => edits.take()) // where the answer is put into a field first
 * form.addEventListener('submit', () => edits.accept())
 */
export function trackEdits(
  run: Pick<Run, 'text' | 'signal' | 'settled'>,
  source: EditedText,
  options: EditTrackingOptions = {},
): EditTracking {
  const { epochMs = Date.now, whenIdle: idle = whenIdle } = options

  /** The answer that was taken, and the signal that said so. */
  let taken: { readonly answer: string; readonly accepted: Promise<Signal | null> } | null = null

  /** All of it now: before the comparison the field may be cleared, and the run may be another one. */
  const take = () => {
    const [answer, acceptedAt, settled] = [run.text, epochMs(), run.settled]
    // The record where it is there already; an answer that is accepted half-way has no time to accept.
    const accepted = Promise.race([settled, null]).then((record) =>
      record === null
        ? run.signal('accept')
        : run.signal('accept', { afterMs: sinceSettled(record, acceptedAt) }, referenceOf(record)),
    )
    taken = { answer, accepted }
    return taken
  }

  return {
    take: () => take().accepted,
    async accept() {
      const { answer, accepted } = taken ?? take()
      const text = textOf(source)
      taken = null
      const subject = await accepted
      if (subject === null) return null
      const { editDistance } = await import('./edit-distance.ts')
      await idle()
      return run.signal('edit', { value: editDistance(answer, text) }, subject)
    },
    dismiss() {
      run.signal('dismiss')
    },
  }
}

function sinceSettled({ startedAtEpochMs, settledMs }: RunRecord, atEpochMs: number): number {
  return Math.max(0, Math.round(atEpochMs - startedAtEpochMs - settledMs))
}

function textOf(source: EditedText): string {
  if (typeof source === 'string') return source
  if (typeof source === 'function') return source()
  // A field has both, and only one of them is what the user wrote.
  return 'value' in source ? source.value : (source.textContent ?? '')
}

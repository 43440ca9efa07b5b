import type { RunRecord, Signal } from '@evenkeel/shared'
import type { Run } from '../run/run.ts'
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
   * The user took the answer as it stands now: records `accept`, with the time since it was settled, and `edit`, with
   * how far the text is from the answer (0 as it was, 1 nothing left of it). Resolves with the latter; `null`
   * where there was no answer.
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
 * @param source the field or element with the text, or a function that gives it, or the text where it is known
 * @example
 * const edits = trackEdits(run, textarea)
 * form.addEventListener('submit', () => edits.accept())
 */
export function trackEdits(
  run: Pick<Run, 'text' | 'signal' | 'settled'>,
  source: EditedText,
  options: EditTrackingOptions = {},
): EditTracking {
  const { epochMs = Date.now, whenIdle: idle = whenIdle } = options

  return {
    async accept() {
      // All of it now: the field may be cleared, and the run may be another one, before the comparison.
      const [answer, text, acceptedAt] = [run.text, textOf(source), epochMs()]
      // The record where it is there already; an answer that is accepted half-way has no time to accept.
      const record = await Promise.race([run.settled, null])
      const accepted = run.signal(
        'accept',
        record === null ? {} : { afterMs: sinceSettled(record, acceptedAt) },
      )
      if (accepted === null) return null
      const { editDistance } = await import('./edit-distance.ts')
      await idle()
      return run.signal('edit', { value: editDistance(answer, text) }, accepted)
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

import type { ControlsInForce } from '@evenkeel/shared'

/**
 * What operators have put in force, as this browser knows it. It answers at once with what it has: no
 * run ever waits for a flag. `createControls` of `@evenkeel/client/controls` makes one.
 */
export interface Controls {
  /** What holds for a feature now; the same object for as long as nothing changes. */
  of(featureId: string): ControlsInForce
  /** Called when something may have changed; returns the unsubscribe. */
  onChange(listener: () => void): () => void
}

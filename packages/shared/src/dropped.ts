/**
 * Why something never reached the store:
 * - `full`: the queue was full, and it was the oldest
 * - `refused`: the server will never take it
 * - `expired`: it had waited for a week
 * - `scope`: it held a user's words, and somebody else is signed in now
 * - `filtered`: the app's `beforeSend` kept it back
 * - `unjournaled`: the browser keeps nothing for this page, so that its run is lost if the page is; counted
 *   when the run starts, whether it is lost or not
 */
export type DropReason = 'full' | 'refused' | 'expired' | 'scope' | 'filtered' | 'unjournaled'

export const DROP_REASONS = [
  'full',
  'refused',
  'expired',
  'scope',
  'filtered',
  'unjournaled',
] as const satisfies readonly DropReason[]

/** What one page has given up so far. Its counts only grow, so that of two reports the larger numbers are right. */
export interface DropReport {
  /** 32 lower-case hex digits; the page's. */
  readonly id: string
  /** Milliseconds since the epoch, whole. */
  readonly atEpochMs: number
  readonly environment: string
  readonly service: string | null
  readonly build: string | null
  readonly dropped: Readonly<Record<DropReason, number>>
}

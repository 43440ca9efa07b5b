import type { Run } from '../run/run.ts'

/** A run as the components take it: what `useAI` returns, or a run of `createRun`. */
export type RunSource = Run | { readonly store: Run }

export function storeOf(source: RunSource): Run {
  return 'store' in source ? source.store : source
}

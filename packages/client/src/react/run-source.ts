import type { Run } from '../run/run.ts'

/** A run as the components take it: what `useAI` returns, or a run of `createRun`. */
export type RunSource<Output = unknown> = Run<unknown, Output> | { readonly store: Run<unknown, Output> }

export function storeOf<Output>(source: RunSource<Output>): Run<unknown, Output> {
  return 'store' in source ? source.store : source
}

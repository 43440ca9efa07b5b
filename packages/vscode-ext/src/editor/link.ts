import type { Change, ErrorAnswer, Source } from '../engine/contract.ts'

/** Where a window stands with the source of its figures. */
export type LinkState =
  | { readonly status: 'off'; readonly why: 'no-folder' | 'untrusted' }
  | { readonly status: 'attaching' }
  | { readonly status: 'attached'; readonly source: Source; readonly workspace: string; readonly url: string }
  /** It was attached; the collector is gone and is being started again. */
  | { readonly status: 'lost' }
  | { readonly status: 'failed'; readonly error: ErrorAnswer }

/** The window's one connection to its source; everything else listens to it. */
export interface Link {
  readonly state: LinkState
  onState(listener: (state: LinkState) => void): () => void
  /** New runs or signals were stored. */
  onChange(listener: (change: Change) => void): () => void
}

/** What a failed question tells people; an error that brings its own hint keeps it. */
export function explain(error: unknown): ErrorAnswer {
  const hint = typeof error === 'object' && error !== null && 'hint' in error ? error.hint : undefined
  return {
    error: error instanceof Error ? error.message : String(error),
    hint: typeof hint === 'string' ? hint : 'Run "Evenkeel: Attach to the collector" to try again.',
  }
}

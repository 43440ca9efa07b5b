import type { Run } from '../run/run.ts'

const SPOKEN_OF: ReadonlySet<string | null> = new Set(['answered', 'degraded', 'incomplete'])

/** Whether a run shows an answer to speak of. */
export function hasAnswer({ state, text }: Run): boolean {
  if (state.phase !== 'settled') return false
  return SPOKEN_OF.has(state.outcome) || (state.outcome === 'stopped' && text !== '')
}

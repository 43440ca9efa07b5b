import type { KeptEntry } from './kept-answer.ts'

/** How much may be kept. */
export interface CacheBounds {
  readonly maxEntries: number
  readonly maxBytes: number
}

/** The keys of those that are over the bounds: the oldest go first. */
export function overflow(entries: readonly KeptEntry[], { maxEntries, maxBytes }: CacheBounds): string[] {
  let bytes = 0
  return entries
    .toSorted((one, other) => other.madeAtEpochMs - one.madeAtEpochMs)
    .filter(({ sizeBytes }, index) => {
      bytes += sizeBytes
      return index >= maxEntries || bytes > maxBytes
    })
    .map(({ key }) => key)
}

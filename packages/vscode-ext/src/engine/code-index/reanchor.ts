/** The one stretch in which two texts differ. */
export interface Edit {
  /** First offset that differs. */
  readonly start: number
  /** Where the differing stretch ends in the text before, and after. */
  readonly endBefore: number
  readonly endAfter: number
}

/** The smallest single edit that turns one text into the other. */
export function editBetween(before: string, after: string): Edit {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1
  let tail = 0
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail += 1
  }
  return { start, endBefore: before.length - tail, endAfter: after.length - tail }
}

/** Where an offset of the text before lies in the text after; `null` where the edit swallowed it. */
export function reanchor(offset: number, { start, endBefore, endAfter }: Edit): number | null {
  if (offset <= start) return offset
  if (offset >= endBefore) return offset + endAfter - endBefore
  return null
}

/** One arrival of visible text: when, and how many characters (UTF-16 code units). */
export interface Arrival {
  /** Milliseconds from the trigger, whole. */
  readonly atMs: number
  readonly characters: number
}

/** Arrivals beyond this many are merged pairwise, so that a record stays bounded however long the answer. */
export const MAX_ARRIVALS = 256

/**
 * Arrivals as text: for each, the milliseconds since the one before and its characters, in base 36,
 * `dt.n` joined by commas. It is enough to watch a run again without reading it.
 */
export function encodeTimeline(arrivals: readonly Arrival[]): string {
  let previousMs = 0
  const cells: string[] = []
  for (const { atMs, characters } of arrivals) {
    cells.push(`${(atMs - previousMs).toString(36)}.${characters.toString(36)}`)
    previousMs = atMs
  }
  return cells.join(',')
}

const CELL = /^-?[0-9a-z]+\.[0-9a-z]+$/

/** Reads what {@link encodeTimeline} wrote; cells of another form are skipped. */
export function decodeTimeline(text: string): Arrival[] {
  const arrivals: Arrival[] = []
  let atMs = 0
  for (const cell of text === '' ? [] : text.split(',')) {
    if (!CELL.test(cell)) continue
    const [delta = 0, characters = 0] = cell.split('.').map((part) => Number.parseInt(part, 36))
    atMs += delta
    arrivals.push({ atMs, characters })
  }
  return arrivals
}

/** Halves the list by merging neighbours; the later time stands, so nothing seems to arrive early. */
export function mergeArrivals(arrivals: readonly Arrival[]): Arrival[] {
  const merged: Arrival[] = []
  for (let index = 0; index < arrivals.length; index += 2) {
    const first = arrivals[index]
    const second = arrivals[index + 1]
    if (first === undefined) break
    merged.push(
      second === undefined ? first : { atMs: second.atMs, characters: first.characters + second.characters },
    )
  }
  return merged
}

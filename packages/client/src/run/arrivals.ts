import { type Arrival, encodeTimeline, MAX_ARRIVALS, mergeArrivals } from '@evenkeel/shared'

/** When how many visible characters arrived, bounded however long the answer. */
export interface Arrivals {
  add(atMs: number, characters: number): void
  encode(): string
}

export function createArrivals(): Arrivals {
  let arrivals: Arrival[] = []
  return {
    add(atMs, characters) {
      if (characters === 0) return
      const wholeMs = Math.round(atMs)
      const last = arrivals.at(-1)
      if (last?.atMs === wholeMs) {
        arrivals[arrivals.length - 1] = { atMs: wholeMs, characters: last.characters + characters }
        return
      }
      arrivals.push({ atMs: wholeMs, characters })
      if (arrivals.length > MAX_ARRIVALS) arrivals = mergeArrivals(arrivals)
    },
    encode: () => encodeTimeline(arrivals),
  }
}

/** A figure of a run and how many runs it stands for. */
export interface Sample {
  readonly value: number
  readonly weight: number
}

/** The shares that are shown, in the order of `Percentiles`. */
export const SHARES = [0.5, 0.95, 0.99] as const

/** Sums of fractional weights are not exact; a rank may miss its sample by this share and still hold. */
const TOLERANCE = 1e-9

/**
 * The smallest value that at least `share` of the weight does not exceed: the nearest-rank percentile,
 * weighted. It is always a value that occurred. `samples` must be sorted by value and not empty.
 * @see https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method
 */
export function percentile(samples: readonly Sample[], share: number): number {
  const total = samples.reduce((sum, { weight }) => sum + weight, 0)
  const wanted = wantedWeight(total, share)
  let seen = 0
  for (const { value, weight } of samples) {
    seen += weight
    if (seen >= wanted) return value
  }
  const last = samples.at(-1)
  if (last === undefined) throw new RangeError('A percentile of no samples does not exist.')
  return last.value
}

/** How much weight must be seen, from the smallest value up, to stand at `share`. */
export function wantedWeight(total: number, share: number): number {
  return total * share - total * TOLERANCE
}

/** The same rank where every sample weighs the same: how many samples of `count` come before it. */
export function samplesBefore(count: number, share: number): number {
  return Math.max(0, Math.ceil(wantedWeight(count, share)) - 1)
}

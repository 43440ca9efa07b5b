import type { DatabaseSync } from 'node:sqlite'
import type { Percentiles } from '../contract.ts'
import { SHARES, samplesBefore, wantedWeight } from '../figures/percentiles.ts'

/** A latency that runs have, each in an index of its own, sorted. */
export type Latency = 'first_token_ms' | 'complete_ms'

/** Which runs: one feature in one environment, started in the window. */
export interface Slice {
  readonly environment: string
  readonly feature: string
  readonly sinceEpochMs: number
}

/** What is known of the slice's runs that have the latency. */
export interface LatencyTotals {
  readonly count: number
  readonly weight: number
  /** True where every run weighs the same. */
  readonly even: boolean
}

/**
 * Exact percentiles by walking an index that is sorted by the latency. Where every run weighs the same,
 * SQLite skips to the rank without making rows (from the nearer end), which is ten times faster than
 * summing weights; only sampled runs need the sum.
 */
export function createLatencies(database: DatabaseSync, latency: Latency) {
  const slice = `environment = :environment AND feature = :feature AND synthetic = 0
    AND ${latency} IS NOT NULL AND started_at_ms >= :since`
  const at = (order: 'ASC' | 'DESC') =>
    database.prepare(
      `SELECT ${latency} AS value FROM runs WHERE ${slice} ORDER BY ${latency} ${order} LIMIT 1 OFFSET :offset`,
    )
  const fromBottom = at('ASC')
  const fromTop = at('DESC')
  const weighed = database.prepare(`
    WITH seen AS (
      SELECT ${latency} AS value, sum(weight) OVER (ORDER BY ${latency} ROWS UNBOUNDED PRECEDING) AS weight
      FROM runs WHERE ${slice}
    )
    SELECT min(value) AS value FROM seen WHERE weight >= :wanted`)

  return (of: Slice, totals: LatencyTotals): Percentiles | null => {
    if (totals.count === 0) return null
    const parameters = { environment: of.environment, feature: of.feature, since: of.sinceEpochMs }
    const even = (share: number) => {
      const before = samplesBefore(totals.count, share)
      const after = totals.count - 1 - before
      return before <= after
        ? fromBottom.get({ ...parameters, offset: before })
        : fromTop.get({ ...parameters, offset: after })
    }
    const uneven = (share: number) =>
      weighed.get({ ...parameters, wanted: wantedWeight(totals.weight, share) })
    const [p50, p95, p99] = SHARES.map((share) => Number((totals.even ? even : uneven)(share)?.value))
    return { p50: p50 ?? 0, p95: p95 ?? 0, p99: p99 ?? 0, count: totals.count }
  }
}

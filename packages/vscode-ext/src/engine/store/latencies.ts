import type { DatabaseSync } from 'node:sqlite'
import type { Percentiles } from '../contract.ts'
import { SHARES, samplesBefore, wantedWeight } from '../figures/percentiles.ts'
import type { Row } from './database.ts'

/** A latency that runs have, each in an index of its own, sorted. */
export type Latency = 'model_first_token_ms' | 'complete_ms'

/** Which runs: one feature in one environment, started in the window. Those that stand for none are left out. */
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
    AND ${latency} IS NOT NULL AND started_at_ms >= :since AND weight > 0`
  const at = (order: 'ASC' | 'DESC') =>
    database.prepare(
      `SELECT ${latency} AS value FROM runs WHERE ${slice} ORDER BY ${latency} ${order} LIMIT 1 OFFSET :offset`,
    )
  const fromBottom = at('ASC')
  const fromTop = at('DESC')
  // One pass for all shares: summing is what costs.
  const weighed = database.prepare(`
    WITH seen AS (
      SELECT ${latency} AS value, sum(weight) OVER (ORDER BY ${latency} ROWS UNBOUNDED PRECEDING) AS weight
      FROM runs WHERE ${slice}
    )
    SELECT ${SHARES.map((_, index) => `min(value) FILTER (WHERE weight >= :wanted${index}) AS value${index}`).join(', ')}
    FROM seen`)

  function even(parameters: Row, { count }: LatencyTotals): number[] {
    return SHARES.map((share) => {
      const before = samplesBefore(count, share)
      const after = count - 1 - before
      const row =
        before <= after
          ? fromBottom.get({ ...parameters, offset: before })
          : fromTop.get({ ...parameters, offset: after })
      return Number(row?.value)
    })
  }

  function uneven(parameters: Row, { weight }: LatencyTotals): number[] {
    const wanted = SHARES.map((share, index) => [`wanted${index}`, wantedWeight(weight, share)] as const)
    const row = weighed.get({ ...parameters, ...Object.fromEntries(wanted) })
    return SHARES.map((_, index) => Number(row?.[`value${index}`]))
  }

  return (of: Slice, totals: LatencyTotals): Percentiles | null => {
    if (totals.count === 0) return null
    const parameters = { environment: of.environment, feature: of.feature, since: of.sinceEpochMs }
    const [p50 = 0, p95 = 0, p99 = 0] = (totals.even ? even : uneven)(parameters, totals)
    return { p50, p95, p99, count: totals.count }
  }
}

import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { RunSummary, RunsAnswer, RunsQuery } from '../contract.ts'
import { rowsOf } from './database.ts'

export const DEFAULT_LIMIT = 100
export const MAX_LIMIT = 500

const COLUMNS = `run_id AS runId, feature, environment, started_at_ms AS startedAtEpochMs, outcome,
  fallback_cause AS fallbackCause, level, first_token_ms AS firstTokenMs,
  budget_first_token_ms AS budgetFirstTokenMs, complete_ms AS completeMs, settled_ms AS settledMs,
  attempts, thumbs, synthetic`

type RunRow = Omit<RunSummary, 'synthetic'> & { readonly synthetic: number }

/**
 * Lists runs, newest first. A page ends between two instants, never inside one, so that `before` loses
 * no run; a page is longer than its limit where more runs than that started in its last millisecond.
 */
export function createRunsQuestion(database: DatabaseSync) {
  const statements = new Map<string, StatementSync>()
  const prepared = (sql: string): StatementSync => {
    const statement = statements.get(sql) ?? database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }

  return (query: RunsQuery): RunsAnswer => {
    const filters = {
      ...(query.environment === undefined ? {} : { environment: query.environment }),
      ...(query.feature === undefined ? {} : { feature: query.feature }),
      ...(query.outcome === undefined ? {} : { outcome: query.outcome }),
    }
    const where = Object.keys(filters).map((column) => `${column} = :${column}`)
    const select = (range: string, tail: string) =>
      `SELECT ${COLUMNS} FROM runs WHERE ${[...where, range].join(' AND ')}
        ORDER BY started_at_ms DESC, run_id DESC ${tail}`

    const limit = query.limit ?? DEFAULT_LIMIT
    const before = query.before ?? Number.MAX_SAFE_INTEGER
    const rows = rowsOf<RunRow>(prepared(select('started_at_ms < :before', 'LIMIT :limit')), {
      ...filters,
      before,
      limit: limit + 1,
    })
    const last = rows[limit - 1]
    if (rows.length <= limit || last === undefined) return { runs: rows.map(summary), nextBefore: null }

    const instant = last.startedAtEpochMs
    const ties = rowsOf<RunRow>(prepared(select('started_at_ms = :instant', '')), { ...filters, instant })
    const page = [...rows.filter((row) => row.startedAtEpochMs > instant), ...ties]
    return { runs: page.map(summary), nextBefore: instant }
  }
}

function summary(row: RunRow): RunSummary {
  return { ...row, synthetic: row.synthetic === 1 }
}

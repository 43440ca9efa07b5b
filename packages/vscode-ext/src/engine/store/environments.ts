import type { DatabaseSync } from 'node:sqlite'
import type { EnvironmentsAnswer } from '../contract.ts'
import { rowOf, rowsOf } from './database.ts'

/** Environments with runs that are not synthetic, most recently seen first. */
export function createEnvironmentsQuestion(database: DatabaseSync) {
  // One step of the index for each name; see features.ts.
  const seen = `
    WITH RECURSIVE name (environment) AS (
      SELECT min(environment) FROM runs WHERE synthetic = 0
      UNION ALL
      SELECT (SELECT min(environment) FROM runs WHERE synthetic = 0 AND environment > name.environment)
      FROM name WHERE name.environment IS NOT NULL
    )
    SELECT environment AS name,
      (SELECT max(started_at_ms) FROM runs WHERE runs.environment = name.environment AND synthetic = 0) AS lastSeenEpochMs`
  const all = database.prepare(`${seen},
      (SELECT count(*) FROM runs WHERE runs.environment = name.environment AND synthetic = 0) AS runs
    FROM name WHERE environment IS NOT NULL ORDER BY lastSeenEpochMs DESC, name`)
  const newest = database.prepare(
    `${seen} FROM name WHERE environment IS NOT NULL ORDER BY lastSeenEpochMs DESC, name LIMIT 1`,
  )
  return {
    answer: (): EnvironmentsAnswer => ({
      environments: rowsOf<EnvironmentsAnswer['environments'][number]>(all),
    }),
    /** The one that is meant where a question names none. */
    newest: (): string | undefined => rowOf<{ name: string }>(newest)?.name,
  }
}

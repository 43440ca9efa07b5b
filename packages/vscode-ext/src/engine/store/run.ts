import type { DatabaseSync } from 'node:sqlite'
import type { RunRecord, Signal } from '@evenkeel/shared'
import type { RunAnswer } from '../contract.ts'
import { rowOf, rowsOf } from './database.ts'

/** One run with its signals, oldest first; `null` where the run is not known. */
export function createRunQuestion(database: DatabaseSync) {
  const run = database.prepare('SELECT record FROM runs WHERE run_id = ?')
  const signals = database.prepare('SELECT record FROM signals WHERE run_id = ? ORDER BY at_ms, signal_id')
  return (runId: string): RunAnswer | null => {
    const row = rowOf<{ record: string }>(run, [runId])
    if (row === undefined) return null
    return {
      run: JSON.parse(row.record) as RunRecord,
      signals: rowsOf<{ record: string }>(signals, [runId]).map(({ record }) => JSON.parse(record) as Signal),
    }
  }
}

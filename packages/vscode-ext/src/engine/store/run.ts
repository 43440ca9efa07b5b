import type { DatabaseSync } from 'node:sqlite'
import { type RunRecord, readRunCode, type Signal } from '@evenkeel/shared'
import type { RunAnswer } from '../contract.ts'
import { rowOf, rowsOf } from './database.ts'

/**
 * One run with its signals, oldest first, by its id or by the code that its user was shown; `null` where the run is
 * not known. Of two runs of one code, which is rarer than anybody asks, either.
 */
export function createRunQuestion(database: DatabaseSync) {
  const run = database.prepare('SELECT record FROM runs WHERE run_id = ?')
  const signals = database.prepare('SELECT record FROM signals WHERE run_id = ? ORDER BY at_ms, signal_id')
  const between = database.prepare(
    'SELECT record FROM runs WHERE run_id BETWEEN ? AND ? ORDER BY run_id LIMIT 1',
  )
  const byCode = (text: string) => {
    const code = readRunCode(text)
    return code.problem === null ? rowOf<{ record: string }>(between, [code.from, code.to]) : undefined
  }
  return (idOrCode: string): RunAnswer | null => {
    const row = rowOf<{ record: string }>(run, [idOrCode]) ?? byCode(idOrCode)
    if (row === undefined) return null
    const record = JSON.parse(row.record) as RunRecord
    return {
      run: record,
      signals: rowsOf<{ record: string }>(signals, [record.runId]).map(
        ({ record }) => JSON.parse(record) as Signal,
      ),
    }
  }
}

import type { DatabaseSync } from 'node:sqlite'
import { openDatabase } from '../store/database.ts'
import { createStore, type Store } from '../store/store.ts'

/** A store in memory, with the database beneath it as a witness. */
export function openMemoryStore(nowMs: () => number = Date.now): { store: Store; database: DatabaseSync } {
  const database = openDatabase(':memory:')
  return { store: createStore(database, nowMs), database }
}

const TABLES = {
  runs: 'run_id',
  attempts: 'run_id, ordinal',
  signals: 'signal_id',
  spans: 'trace_id, span_id',
  drops: 'report_id',
}

type Dumped = Record<keyof typeof TABLES, Record<string, unknown>[]>

/** Every row of every table, but for when it was received. */
export function dump(database: DatabaseSync): Dumped {
  return Object.fromEntries(
    Object.entries(TABLES).map(([table, order]) => [
      table,
      database
        .prepare(`SELECT * FROM ${table} ORDER BY ${order}`)
        .all()
        .map(({ received_at_ms: _, ...row }) => row),
    ]),
  ) as Dumped
}

import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { MIGRATIONS } from './schema.ts'

/** Opens (and where needed creates or migrates) a store. `:memory:` gives one that lives in the process. */
export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path)
  try {
    database.exec('PRAGMA busy_timeout = 5000')
    // A reader with the sqlite3 shell must not stop the collector from writing, nor the reverse.
    database.exec('PRAGMA journal_mode = WAL')
    // In WAL mode NORMAL can lose the last transactions at a power cut, but never corrupt the store.
    database.exec('PRAGMA synchronous = NORMAL')
    database.exec('PRAGMA foreign_keys = ON')
    // 32 MB instead of 2: run ids are random, so their index is written all over.
    database.exec('PRAGMA cache_size = -32768')
    migrate(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function migrate(database: DatabaseSync): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0)
  if (version > MIGRATIONS.length)
    throw new Error(
      `The store has version ${version}, this Evenkeel knows up to ${MIGRATIONS.length}. Update Evenkeel, or move the store away.`,
    )
  MIGRATIONS.slice(version).forEach((sql, index) => {
    inTransaction(database, () => {
      database.exec(sql)
      database.exec(`PRAGMA user_version = ${version + index + 1}`)
    })
  })
}

/** All of it or nothing. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

/** A row to write: column → value. */
export type Row = Readonly<Record<string, SQLInputValue>>

/** Values by place, or by name as one object. */
export type Parameters = readonly SQLInputValue[] | Row

/** The rows of a statement whose `SELECT` names exactly the columns of `T`. */
export function rowsOf<T>(statement: StatementSync, parameters: Parameters = []): T[] {
  return (isList(parameters) ? statement.all(...parameters) : statement.all(parameters)) as T[]
}

/** The first row, or `undefined`. */
export function rowOf<T>(statement: StatementSync, parameters: Parameters = []): T | undefined {
  return (isList(parameters) ? statement.get(...parameters) : statement.get(parameters)) as T | undefined
}

function isList(parameters: Parameters): parameters is readonly SQLInputValue[] {
  return Array.isArray(parameters)
}

/**
 * Writes rows of one shape: `INSERT`, and in place of an older row with the same key. `when` may keep
 * the older row. The columns are the row's own, so a shape is said once, where the row is made.
 */
export function createUpsert<T extends Row>(
  database: DatabaseSync,
  table: string,
  key: string,
  when = '',
): (row: T) => boolean {
  let statement: StatementSync | undefined
  return (row) => {
    statement ??= database.prepare(upsertSql(table, key, Object.keys(row), when))
    return Number(statement.run(row).changes) > 0
  }
}

function upsertSql(table: string, key: string, columns: readonly string[], when: string): string {
  const replaced = columns.map((column) => `${column} = excluded.${column}`).join(', ')
  return `INSERT INTO ${table} (${columns.join(', ')})
    VALUES (${columns.map((column) => `:${column}`).join(', ')})
    ON CONFLICT (${key}) DO UPDATE SET ${replaced} ${when}`
}

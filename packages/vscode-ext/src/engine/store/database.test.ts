import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anAttempt, aRun } from '../testing/run.ts'
import { inTransaction, openDatabase, type Row } from './database.ts'
import { attemptRow, runRow } from './run-row.ts'
import { MIGRATIONS } from './schema.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const path = () => join(folder, 'store.sqlite')
const pragma = (database: DatabaseSync, name: string) =>
  Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]

function insert(database: DatabaseSync, table: string, row: Row): void {
  const names = Object.keys(row)
  const values = names.map((name) => `:${name}`)
  database.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${values.join(', ')})`).run(row)
}

describe('a store’s database', () => {
  it('is made, brought up to date once, and kept', () => {
    const first = openDatabase(path())
    expect(pragma(first, 'user_version')).toBe(MIGRATIONS.length)
    expect(pragma(first, 'journal_mode')).toBe('wal')
    first.exec("INSERT INTO spans VALUES ('t', 's', NULL, 'n', 1, '{}')")
    first.close()
    const second = openDatabase(path())
    expect(second.prepare('SELECT count(*) AS n FROM spans').get()?.n).toBe(1)
    second.close()
  })

  it('from before first tokens were told apart learns whose they were', () => {
    const before = new DatabaseSync(path())
    for (const sql of MIGRATIONS.slice(0, 3)) before.exec(sql)
    before.exec('PRAGMA user_version = 3')
    const answers = {
      model: [anAttempt()],
      template: [anAttempt({ failure: 'network', firstTokenMs: null }), anAttempt({ step: 'template' })],
      replaced: [anAttempt({ failure: 'truncated' }), anAttempt({ step: 'template' })],
      unknown: [],
    }
    for (const [runId, attempts] of Object.entries(answers)) {
      const run = aRun({ runId, attempts, firstTokenMs: 320 })
      const { model_first_token_ms: _later, ...row } = runRow(run, 1)
      insert(before, 'runs', row)
      attempts.forEach((attempt, index) => {
        insert(before, 'attempts', attemptRow(runId, { ...attempt, spanId: String(index) }, index))
      })
    }
    before.close()
    const after = openDatabase(path())
    const rows = after
      .prepare('SELECT run_id, first_token_ms, model_first_token_ms FROM runs ORDER BY 1')
      .all()
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['model', 320, 320],
      ['replaced', 320, 320],
      ['template', 320, null],
      ['unknown', 320, 320],
    ])
    after.close()
  })

  it('of a later version is left alone', () => {
    const later = new DatabaseSync(path())
    later.exec('PRAGMA user_version = 999')
    later.close()
    expect(() => openDatabase(path())).toThrow('version 999')
  })

  it('can be read by others while a batch is written', () => {
    const writer = openDatabase(path())
    const reader = new DatabaseSync(path(), { readOnly: true })
    inTransaction(writer, () => {
      writer.exec("INSERT INTO spans VALUES ('t', 's', NULL, 'n', 1, '{}')")
      expect(reader.prepare('SELECT count(*) AS n FROM spans').get()?.n).toBe(0)
    })
    expect(reader.prepare('SELECT count(*) AS n FROM spans').get()?.n).toBe(1)
    reader.close()
    writer.close()
  })

  it('forgets a batch that failed', () => {
    const database = openDatabase(':memory:')
    expect(() =>
      inTransaction(database, () => {
        database.exec("INSERT INTO spans VALUES ('t', 's', NULL, 'n', 1, '{}')")
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(database.prepare('SELECT count(*) AS n FROM spans').get()?.n).toBe(0)
    database.close()
  })
})

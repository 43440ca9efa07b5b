import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inTransaction, openDatabase } from './database.ts'
import { MIGRATIONS } from './schema.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const path = () => join(folder, 'store.sqlite')
const pragma = (database: DatabaseSync, name: string) =>
  Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]

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

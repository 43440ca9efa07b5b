import { DatabaseSync } from 'node:sqlite'

/** Holds a workspace for one collector until it is released or its process ends, however it ends. */
export interface Lock {
  release(): void
}

/**
 * Takes the lock, or `null` where another process has it. A SQLite write transaction is a lock that the
 * operating system drops with its process: after a crash or `kill -9` nothing stale is left to judge.
 */
export function acquireLock(path: string): Lock | null {
  const database = new DatabaseSync(path)
  try {
    // Nothing is ever written, so a journal file would only be something to clean up.
    database.exec('PRAGMA journal_mode = MEMORY')
    database.exec('BEGIN EXCLUSIVE')
    return { release: () => database.close() }
  } catch (error) {
    database.close()
    if (isBusy(error)) return null
    throw error
  }
}

const SQLITE_BUSY = 5

function isBusy(error: unknown): boolean {
  // The low byte is the code, what is above says more: https://www.sqlite.org/rescode.html
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === SQLITE_BUSY
}

import type { DatabaseSync } from 'node:sqlite'
import type { Source } from '../contract.ts'
import { DAY_MS } from '../contract.ts'
import { inTransaction, openDatabase } from './database.ts'
import { createEnvironmentsQuestion } from './environments.ts'
import { createFeaturesQuestion } from './features.ts'
import { createRunQuestion } from './run.ts'
import { createRunsQuestion } from './runs.ts'
import { createWriter, type Writer } from './writer.ts'

/** A workspace's runs and signals, on disk or in memory. It answers the questions like any source. */
export interface Store extends Source {
  /** Runs `work` in one transaction: all of the batch is stored or nothing. */
  write<T>(work: (writer: Writer) => T): T
  close(): void
}

/** Opens the store at a path, `:memory:` for one that lives in the process. */
export function openStore({ path, nowMs = Date.now }: StoreOptions): Store {
  return createStore(openDatabase(path), nowMs)
}

export interface StoreOptions {
  readonly path: string
  /** Milliseconds since the epoch. */
  readonly nowMs?: () => number
}

/** The store over a database that is open and up to date. */
export function createStore(database: DatabaseSync, nowMs: () => number): Store {
  const writer = createWriter(database, nowMs)
  const environments = createEnvironmentsQuestion(database)
  const features = createFeaturesQuestion(database)
  const runs = createRunsQuestion(database)
  const run = createRunQuestion(database)
  return {
    write: (work) => inTransaction(database, () => work(writer)),
    close: () => database.close(),
    environments: async () => environments.answer(),
    async features(environment = environments.newest(), windowMs = DAY_MS) {
      return environment === undefined ? { features: [] } : features(environment, windowMs, nowMs())
    },
    runs: async (query) => runs(query),
    run: async (runId) => run(runId),
  }
}

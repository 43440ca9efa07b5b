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

export interface StoreOptions {
  /** A file, or `:memory:`. */
  readonly path: string
  /** Milliseconds since the epoch. */
  readonly nowMs?: () => number
}

export function openStore({ path, nowMs = Date.now }: StoreOptions): Store {
  const database = openDatabase(path)
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

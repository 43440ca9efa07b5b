import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Figures } from './rounds.ts'

/** What one measurement gave, round by round. */
export interface RecordedTable {
  readonly title: string
  readonly unit: string
  readonly figures: Figures
}

/** A whole run of a bench, as it is kept for the docs. */
export interface BenchRecord {
  readonly bench: string
  /** `2026-11-28` */
  readonly date: string
  /** `null` where the bench needs none. */
  readonly browser: string | null
  readonly node: string
  readonly cores: number
  /** The closing line. */
  readonly result: Readonly<Record<string, unknown>>
  readonly tables: readonly RecordedTable[]
}

/** Where the records of whole runs are kept. */
export const RECORDS = new URL('../docs/benchmarks/', import.meta.url)

/**
 * Ends a bench: prints its closing line and, where it was started with `--record`, keeps the run for the table in
 * the docs. A short run proves nothing and is never kept.
 */
export function closeBench(
  bench: string,
  result: BenchRecord['result'],
  tables: readonly RecordedTable[],
  browser: string | null = null,
): void {
  if (process.argv.includes('--record') && !process.argv.includes('--short')) {
    const record: BenchRecord = {
      bench,
      date: new Date().toISOString().slice(0, 10),
      browser,
      node: process.version,
      cores: availableParallelism(),
      result,
      tables: tables.map((table) => ({ ...table, figures: withSixDigits(table.figures) })),
    }
    mkdirSync(RECORDS, { recursive: true })
    const file = fileURLToPath(new URL(`${bench}.json`, RECORDS))
    writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`)
    // As the check wants it; the check says so where it is not.
    spawnSync('npx', ['biome', 'format', '--write', file], { stdio: 'ignore' })
  }
  console.log(JSON.stringify(result))
}

function withSixDigits(figures: Figures): Figures {
  return Object.fromEntries(
    Object.entries(figures).map(([name, values]) => [
      name,
      values.map((value) => Number(value.toPrecision(6))),
    ]),
  )
}

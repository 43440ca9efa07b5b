import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type BenchRecord, RECORDS } from '../record.ts'

/** The page that is made of the records. */
export const PAGE = new URL('../../docs/benchmarks.md', import.meta.url)

/** The last recorded run of every bench. */
export function readRecords(): BenchRecord[] {
  return globSync('*.json', { cwd: fileURLToPath(RECORDS) })
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(name, RECORDS), 'utf8')) as BenchRecord)
}

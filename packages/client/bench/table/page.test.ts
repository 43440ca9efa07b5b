import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { BenchRecord } from '../record.ts'
import { benchmarksPage } from './page.ts'
import { PAGE, readRecords } from './records.ts'

const record: BenchRecord = {
  bench: 'object',
  date: '2026-11-28',
  browser: '140.0.1',
  node: 'v24.21.0',
  cores: 2,
  result: { speedup_vs_ai_sdk: 40, growth_4x: 4.2, tokens: 24_000, by_protocol: { a: 1 } },
  tables: [
    { title: '46 KB', unit: 'ms', figures: { evenkeel: [1, 3, 2], 'ai sdk': [4_000.4, 5_000.2, 4_500.1] } },
  ],
}

describe('the page of benchmarks', () => {
  const page = benchmarksPage([record])

  it('says when and on what it was measured', () => {
    expect(page).toContain('Recorded on 2026-11-28: 2 cores, Chromium 140.0.1, Node v24.21.0.')
  })

  it('says where a goal holds and where it does not', () => {
    expect(page).toContain('| `speedup_vs_ai_sdk` | 40 | at least 50 | **does not hold** |')
    expect(page).toContain('| `growth_4x` | 4.2 | at most 5 | holds |')
    expect(page).toContain('| `tokens` | 24,000 |  |  |')
  })

  it('shows every round beside the median', () => {
    expect(page).toContain('| evenkeel | 2.00 | 1.00 | 3.00 | 2.00 |')
    expect(page).toContain('| ai sdk | 4,500 | 4,000 | 5,000 | 4,500 |')
  })

  it('in the docs is the one that these records make', () => {
    expect(readFileSync(PAGE, 'utf8')).toBe(benchmarksPage(readRecords()))
  })
})

import { OUTCOMES } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import type { RunSummary } from '../engine/contract.ts'
import { summaryOf } from './fake-source.ts'
import { runEntries } from './run-entries.ts'

const NOW = 180_000
const list = (runs: readonly RunSummary[], nextBefore: number | null = null, feature?: string) =>
  runEntries({ runs, nextBefore, feature }, NOW)
const row = (changes: Partial<RunSummary>) => {
  const [entry] = list([summaryOf(0, changes)])
  return `${entry?.label} | ${entry?.description}`
}

describe('the Runs view', () => {
  it.each<[Partial<RunSummary>, string]>([
    [{}, 'Answered | 3 min ago · first token 430 ms · draft-reply'],
    [{ thumbs: -1 }, 'Answered | 3 min ago · first token 430 ms · thumbs down · draft-reply'],
    [{ thumbs: 1 }, 'Answered | 3 min ago · first token 430 ms · thumbs up · draft-reply'],
    [{ thumbs: 0 }, 'Answered | 3 min ago · first token 430 ms · draft-reply'],
    [{ firstTokenMs: 1_240 }, 'Answered | 3 min ago · first token 1.2 s (late) · draft-reply'],
    [
      { outcome: 'degraded', fallbackCause: 'failure', firstTokenMs: null },
      'Degraded by failure | 3 min ago · complete 2.1 s · draft-reply',
    ],
    [
      { outcome: 'omitted', fallbackCause: 'failure', firstTokenMs: null, completeMs: null },
      'Omitted | 3 min ago · draft-reply',
    ],
    [{ synthetic: true }, 'Answered | 3 min ago · first token 430 ms · synthetic · draft-reply'],
  ])('says how a run ended: %o', (changes, text) => {
    expect(row(changes)).toBe(text)
  })

  it('does not repeat the feature in a list of one feature', () => {
    expect(list([summaryOf(0)], null, 'draft-reply')[0]?.description).toBe('3 min ago · first token 430 ms')
  })

  it('gives each outcome a shape of its own, and its word to a screen reader', () => {
    const entries = list(OUTCOMES.map((outcome, index) => summaryOf(index, { outcome })))
    expect(new Set(entries.map(({ icon }) => icon.name)).size).toBe(OUTCOMES.length)
    for (const entry of entries) expect(entry.spoken.startsWith(entry.label)).toBe(true)
  })

  it('opens the run that is clicked', () => {
    const [entry] = list([summaryOf(7)])
    expect(entry?.command).toMatchObject({ id: 'evenkeel.openRun', args: [summaryOf(7).runId] })
  })

  it('ends in how to see more while there is more', () => {
    expect(list([summaryOf(0)], 0).at(-1)?.command?.id).toBe('evenkeel.loadMoreRuns')
    expect(list([summaryOf(0)]).map(({ kind }) => kind)).toEqual(['run'])
  })

  it('has the exact figures on hover', () => {
    const tooltip = list([summaryOf(0, { firstTokenMs: 1_204.318 })])[0]?.tooltip
    expect(tooltip).toContain('First token: 1,204.318 ms (budget 500 ms)')
    expect(tooltip).toContain(summaryOf(0).runId)
  })
})

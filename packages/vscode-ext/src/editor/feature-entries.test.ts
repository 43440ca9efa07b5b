import { describe, expect, it } from 'vitest'
import { figuresOf } from './fake-source.ts'
import { featureEntries } from './feature-entries.ts'

const NOW = 300_000
const rows = (changes = {}) =>
  (featureEntries([figuresOf('draft-reply', changes)], NOW)[0]?.children ?? []).map(
    ({ label, description }) => `${label}: ${description}`,
  )

describe('the Features view', () => {
  it('shows the figures of a feature in one fixed order', () => {
    expect(rows()).toEqual([
      'First token p95: 612 ms (budget 500 ms)',
      'Complete p95: 4.1 s (budget 5 s)',
      'Fallback share: 7.2 %',
      'Thumbs down: 3.1 %',
      'Regenerated: 1.2 %',
      'Runs: 12.4 k · last 5 min ago',
    ])
  })

  it('leaves out the first token where the interaction has no budget for it', () => {
    expect(rows({ budgetFirstTokenMs: null })[0]).toBe('Complete p95: 4.1 s (budget 5 s)')
  })

  it('says too few runs instead of a rate with no basis, and still how many there are', () => {
    const few = { p50: 310, p95: 612, p99: 700, count: 18 }
    expect(rows({ runs: 18, ratedRuns: 18, firstTokenMs: few, completeMs: null })).toEqual([
      'First token p95: too few runs (budget 500 ms)',
      'Complete p95: too few runs (budget 5 s)',
      'Fallback share: too few runs',
      'Thumbs down: too few runs',
      'Regenerated: too few runs',
      'Runs: 18 · last 5 min ago',
    ])
  })

  it.each([
    [{}, 'over budget · 12.4 k runs', 'error'],
    [{ firstTokenMs: { p50: 1, p95: 400, p99: 1, count: 90 } }, 'near budget · 12.4 k runs', 'warning'],
    [
      {
        firstTokenMs: { p50: 1, p95: 200, p99: 1, count: 90 },
        completeMs: { p50: 1, p95: 900, p99: 1, count: 90 },
      },
      'within budget · 12.4 k runs',
      'pass',
    ],
    [{ firstTokenMs: null, completeMs: null }, '12.4 k runs', 'circle-outline'],
    [
      { runs: 3, ratedRuns: 3, firstTokenMs: null, completeMs: null },
      'n = 3: too few to say',
      'circle-outline',
    ],
  ])('sums a feature up by word and shape: %o', (changes, description, icon) => {
    const [entry] = featureEntries([figuresOf('draft-reply', changes)], NOW)
    expect(entry?.description).toBe(description)
    expect(entry?.icon.name).toBe(icon)
    expect(entry?.spoken).toBe(`draft-reply, ${description}`)
  })

  it('names environment, window and sample size of every figure', () => {
    const [feature] = featureEntries([figuresOf('draft-reply')], NOW)
    for (const entry of [feature, ...(feature?.children ?? [])]) {
      expect(entry?.tooltip).toContain('production · last 24 h · n = 12.4 k rated')
    }
  })

  it('opens few features, and leaves many closed', () => {
    const open = (count: number) =>
      featureEntries(
        Array.from({ length: count }, (_, index) => figuresOf(`f${index}`)),
        NOW,
      ).map((entry) => entry.open)
    expect(new Set(open(4))).toEqual(new Set(['expanded']))
    expect(new Set(open(5))).toEqual(new Set(['collapsed']))
    expect(featureEntries([figuresOf('new', { ratedRuns: 3 })], NOW)[0]?.open).toBe('collapsed')
  })

  it('gives every row an id of its own', () => {
    const entries = featureEntries([figuresOf('a'), figuresOf('b')], NOW)
    const ids = entries.flatMap((entry) => [entry.id, ...(entry.children ?? []).map(({ id }) => id)])
    expect(new Set(ids).size).toBe(ids.length)
  })
})

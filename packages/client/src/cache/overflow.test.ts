import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { KeptEntry } from './kept-answer.ts'
import { overflow } from './overflow.ts'

const entry = (madeAtEpochMs: number, sizeBytes: number): KeptEntry => ({
  key: `${madeAtEpochMs} ${sizeBytes}`,
  scope: 's',
  feature: 'f',
  version: null,
  madeAtEpochMs,
  sizeBytes,
})

it('lets nothing go while there is room', () => {
  expect(overflow([entry(1, 10), entry(2, 10)], { maxEntries: 2, maxBytes: 20 })).toEqual([])
})

it('lets the oldest go, whatever their order', () => {
  const entries = [entry(2, 1), entry(3, 1), entry(1, 1)]
  expect(overflow(entries, { maxEntries: 2, maxBytes: 100 })).toEqual(['1 1'])
  expect(overflow(entries, { maxEntries: 100, maxBytes: 1 })).toEqual(['2 1', '1 1'])
})

it('leaves no more than the bounds, and the newest ones', () => {
  const entries = fc.uniqueArray(fc.tuple(fc.nat(1_000), fc.nat(50)), {
    selector: ([madeAt]) => madeAt,
    maxLength: 30,
  })
  fc.assert(
    fc.property(entries, fc.nat(20), fc.nat(400), (drawn, maxEntries, maxBytes) => {
      const all = drawn.map(([madeAt, size]) => entry(madeAt, size))
      const gone = new Set(overflow(all, { maxEntries, maxBytes }))
      const kept = all.filter(({ key }) => !gone.has(key))
      expect(kept.length).toBeLessThanOrEqual(maxEntries)
      expect(kept.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)).toBeLessThanOrEqual(maxBytes)
      const newestGone = Math.max(...all.filter(({ key }) => gone.has(key)).map((each) => each.madeAtEpochMs))
      for (const { madeAtEpochMs } of kept) expect(madeAtEpochMs).toBeGreaterThan(newestGone)
    }),
  )
})

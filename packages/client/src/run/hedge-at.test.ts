import { newTraceId } from '@evenkeel/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { A, ELSEWHERE, FAST, OMIT, PRIMARY, TEMPLATE } from './feature.test.kit.ts'
import { type HedgeConditions, hedgeAt, shareOf } from './hedge-at.ts'

const feature: HedgeConditions['feature'] = {
  idempotent: true,
  mode: 'enforce',
  hedgeShare: 1,
  ladder: [PRIMARY, { ...FAST, hedge: true }, TEMPLATE, OMIT],
}
const CONDITIONS: HedgeConditions = {
  feature,
  runId: '0af7651916cd43dd8448eb211c80319c',
  at: 0,
  falls: [],
  hasContent: false,
  isVisible: true,
  isAllowed: true,
}

describe('a late attempt', () => {
  it('is raced by the next model step that may', () => {
    expect(hedgeAt(CONDITIONS)).toBe(1)
    const ladder = [PRIMARY, FAST, { ...ELSEWHERE, hedge: true }, OMIT]
    expect(hedgeAt({ ...CONDITIONS, feature: { ...feature, ladder } })).toBe(2)
  })

  it.each<[string, Partial<HedgeConditions>]>([
    ['in a feature where asking twice may do harm', { feature: { ...feature, idempotent: false } }],
    ['in a feature that only observes', { feature: { ...feature, mode: 'observe' } }],
    ['in a feature whose tools run in the page', { feature: { ...feature, tools: {} } }],
    ['where no step may race', { feature: { ...feature, ladder: [PRIMARY, FAST, OMIT] } }],
    [
      'by an earlier step, or itself',
      { feature: { ...feature, ladder: [{ ...PRIMARY, hedge: true }, FAST, OMIT] } },
    ],
    [
      'by what asks no model',
      { feature: { ...feature, ladder: [PRIMARY, { step: 'cache', maxAgeMs: 1 }, TEMPLATE, OMIT] } },
    ],
    ['once something can be seen', { hasContent: true }],
    ['while nobody looks', { isVisible: false }],
    ['where an operator forbids it', { isAllowed: false }],
    ['where no run may', { feature: { ...feature, hedgeShare: 0 } }],
    ['by a domain that failed before', { falls: [{ at: 1, failure: 'http.server', tierOnly: false }] }],
  ])('is not raced %s', (_when, change) => {
    expect(hedgeAt({ ...CONDITIONS, ...change })).toBeNull()
  })

  it('of one run in twenty is raced where the feature says no other share', () => {
    const { hedgeShare: _share, ...plain } = feature
    const ids = Array.from({ length: 20_000 }, () =>
      newTraceId((length) => crypto.getRandomValues(new Uint8Array(length))),
    )
    const raced = ids.filter((runId) => hedgeAt({ ...CONDITIONS, runId, feature: plain }) !== null)
    expect(raced.length / ids.length).toBeGreaterThan(0.04)
    expect(raced.length / ids.length).toBeLessThan(0.06)
  })

  it('of one run is raced always or never, and by a larger share too', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (runId, share) => {
        const at = (hedgeShare: number) =>
          hedgeAt({ ...CONDITIONS, runId, feature: { ...feature, hedgeShare } })
        expect(at(share)).toBe(at(share))
        if (at(share) !== null) expect(at(1)).not.toBeNull()
        expect(shareOf(runId)).toBeGreaterThanOrEqual(0)
        expect(shareOf(runId)).toBeLessThan(1)
      }),
    )
  })

  it('is spread evenly also over ids that differ in their last digits only', () => {
    const shares = Array.from({ length: 1_000 }, (_, index) => shareOf(index.toString(16).padStart(32, '0')))
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const inside = shares.filter((share) => share >= tenth / 10 && share < (tenth + 1) / 10).length
      expect(inside).toBeGreaterThan(60)
      expect(inside).toBeLessThan(140)
    }
  })

  it('names the domain by the step, not by its URL', () => {
    const named = { ...PRIMARY, domain: 'gpu' }
    const ladder = [named, { ...ELSEWHERE, domain: 'gpu', hedge: true }, OMIT]
    const falls = [{ at: 0, failure: 'provider', tierOnly: false }] as const
    expect(hedgeAt({ ...CONDITIONS, feature: { ...feature, ladder }, falls })).toBeNull()
    expect(A).toBe(PRIMARY.url)
  })
})

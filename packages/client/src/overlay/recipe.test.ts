import { FAILURES, RUN_MOMENTS } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { featureForTests, OMIT, PRIMARY } from '../run/feature.test.kit.ts'
import { recipeOf, whyNoFailure } from './recipe.ts'

describe('what cannot be forced on a feature is said with its reason', () => {
  it('a text feature has no schema to violate', () => {
    expect(FAILURES.filter((failure) => whyNoFailure(failure, featureForTests()) !== null)).toEqual([
      'schema',
    ])
  })

  it('a feature that is cut off when it is late is late before it could stall or give up', () => {
    const feature = featureForTests({ interaction: 'synchronous' })
    const impossible = FAILURES.filter((failure) => whyNoFailure(failure, feature) !== null)
    expect(impossible).toEqual(['timeout.first-token', 'timeout.stall', 'schema'])
  })

  it('a feature that only observes is never late', () => {
    const feature = featureForTests({ mode: 'observe' })
    const impossible = FAILURES.filter((failure) => whyNoFailure(failure, feature) !== null)
    expect(impossible.filter((failure) => failure.startsWith('timeout'))).toHaveLength(3)
  })

  it('moments need what brings them about', () => {
    const feature = featureForTests({
      ladder: [PRIMARY, OMIT],
      levels: [{ level: 5, name: 'full', startAt: 'model', told: false }],
    })
    const missing = RUN_MOMENTS.filter((moment) => 'missing' in recipeOf(moment, feature))
    expect(missing).toEqual(['limited', 'cached', 'replaced', 'template'])
  })
})

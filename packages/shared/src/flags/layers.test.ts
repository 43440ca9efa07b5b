import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Layer, readLayers, withLayer, withoutLayer, writeLayers } from './layers.ts'

const RULE = {
  fractional: [
    ['on', 25],
    ['off', 75],
  ],
}

describe('layers over a rule', () => {
  it('are plain JSON logic', () => {
    const layers = [
      { tenant: null, variant: 'off' },
      { tenant: 'acme', variant: 'on' },
    ]
    expect(writeLayers({ layers, base: RULE })).toEqual({
      if: [true, 'off', { if: [{ '==': [{ var: 'tenant' }, 'acme'] }, 'on', RULE] }],
    })
    expect(writeLayers({ layers: [{ tenant: null, variant: 'off' }], base: undefined })).toEqual({
      if: [true, 'off'],
    })
    expect(writeLayers({ layers: [], base: undefined })).toBeUndefined()
  })

  it('come off again as they were put on, and the rule beneath is what it was', () => {
    const layer = fc.record<Layer>({
      tenant: fc.option(fc.string({ minLength: 1 }), { nil: null }),
      variant: fc.string({ minLength: 1 }),
    })
    const base = fc.constantFrom<unknown>(
      undefined,
      RULE,
      { if: [{ in: ['a', ['a']] }, 'on', RULE] },
      {
        if: [{ '==': [{ var: 'cohort' }, 'x'] }, 'on'],
      },
    )
    fc.assert(
      fc.property(fc.array(layer, { maxLength: 4 }), base, (layers, beneath) => {
        expect(readLayers(writeLayers({ layers, base: beneath }))).toEqual({ layers, base: beneath })
      }),
    )
  })

  it('take an empty rule for none', () => {
    for (const empty of [undefined, null, {}])
      expect(readLayers(empty)).toEqual({ layers: [], base: undefined })
  })

  it('leave a rule of somebody else’s alone', () => {
    for (const rule of [
      { if: [true, { if: [true, 'on'] }] },
      { if: [true, 'on', 'off', 'more'] },
      { if: [{ '==': [{ var: 'tenant' }, 7] }, 'on'] },
      { if: 'on' },
      { if: [true, 'on'], and: [] },
      'on',
    ]) {
      expect(readLayers(rule)).toEqual({ layers: [], base: rule })
    }
  })
})

describe('withLayer', () => {
  const isKill = ({ tenant, variant }: Layer) => tenant === null && variant === 'off'

  it('replaces what was said for the same people', () => {
    const layers = withLayer([{ tenant: 'acme', variant: 'on' }], { tenant: 'acme', variant: 'off' }, isKill)
    expect(layers).toEqual([{ tenant: 'acme', variant: 'off' }])
  })

  it('puts a kill above everything, and one tenant’s word above everybody’s', () => {
    const of = (tenant: string | null, variant: string): Layer => ({ tenant, variant })
    expect(withLayer([of('acme', 'on')], of(null, 'off'), isKill)).toEqual([
      of(null, 'off'),
      of('acme', 'on'),
    ])
    expect(withLayer([of(null, '1')], of('acme', '2'), () => false)).toEqual([of('acme', '2'), of(null, '1')])
    expect(withoutLayer([of(null, 'off'), of('acme', 'on')], null)).toEqual([of('acme', 'on')])
  })
})

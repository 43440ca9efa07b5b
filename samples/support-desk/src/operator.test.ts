import { describe, expect, it } from 'vitest'
import { byFeature } from './operator.ts'

describe('byFeature', () => {
  it('takes flags apart into features and their controls, each with what is in force', () => {
    const level = { defaultVariant: 'basic', variants: { full: 5, basic: 3 } }
    const features = byFeature([
      { flag: 'draft-reply.max-level', definition: level },
      {
        flag: 'draft-reply.enabled',
        definition: { defaultVariant: 'off', variants: { on: true, off: false } },
      },
      { flag: 'weekly-digest.prompt', definition: { defaultVariant: null, variants: { 1: '1' } } },
    ])
    expect(features).toEqual({
      'draft-reply': {
        'max-level': { inForce: 3, variants: { full: 5, basic: 3 } },
        enabled: { inForce: false, variants: { on: true, off: false } },
      },
      'weekly-digest': { prompt: { inForce: undefined, variants: { 1: '1' } } },
    })
  })
})

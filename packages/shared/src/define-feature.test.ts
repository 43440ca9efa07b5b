import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest'
import { defineFeature } from './define-feature.ts'
import type { FeatureSpec } from './feature.ts'
import { DEFAULT_LEVELS } from './level.ts'

interface Ticket {
  readonly customer: string
}

const spec = (change: Partial<FeatureSpec<Ticket, string>> = {}): FeatureSpec<Ticket, string> => ({
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [
    { step: 'model', url: '/api/ai/draft-reply' },
    { step: 'template', render: (ticket) => `Hi ${ticket.customer}` },
  ],
  ...change,
})

describe('defineFeature', () => {
  it('puts every default in place', () => {
    expect(defineFeature<Ticket>(spec())).toMatchObject({
      id: 'draft-reply',
      formerly: [],
      levels: DEFAULT_LEVELS,
      budget: {},
      idempotent: false,
      onUnmount: 'abort',
      mode: 'enforce',
      visibleData: [],
      reserveLines: 4,
    })
    expect(defineFeature<Ticket>(spec({ id: 'digest', interaction: 'asynchronous' })).onUnmount).toBe(
      'detach',
    )
  })

  it('keeps what was said', () => {
    const said = { formerly: ['reply'], onUnmount: 'detach', mode: 'observe', reserveLines: 0 } as const
    expect(defineFeature<Ticket>(spec({ id: 'kept', ...said }))).toMatchObject(said)
  })

  it("gives a template the feature's own input", () => {
    defineFeature<Ticket>({
      id: 'typed',
      interaction: 'synchronous',
      ladder: [
        {
          step: 'template',
          render: (ticket) => {
            expectTypeOf(ticket).toEqualTypeOf<Ticket>()
            return ticket.customer
          },
        },
      ],
    })
  })

  it('fails where the definition is wrong, and names each field and the fix', () => {
    const wrong = {
      id: 'draft-reply',
      interaction: 'streaming',
      ladder: [{ step: 'model', url: '/api' }],
      budget: { completeMs: -5 },
    } as unknown as FeatureSpec
    expect(() => defineFeature(wrong)).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: defineFeature 'draft-reply': the definition is wrong.
        interaction must be 'synchronous', 'progressive' or 'asynchronous', not 'streaming'.
        ladder has no end: its last step is 'model', which can fail. Add { step: 'template', render } or { step: 'omit' } last.
        budget.completeMs must be a positive number of milliseconds, not -5.]
    `)
  })

  it('fails with help where there is no definition at all', () => {
    expect(() => defineFeature(undefined as unknown as FeatureSpec)).toThrow(
      /^defineFeature: the definition is wrong\.\n {2}feature must be an object, not missing\.$/,
    )
  })
})

describe('a wrong definition', () => {
  const wrong = { id: 'Wrong', interaction: 'progressive', ladder: [] } as unknown as FeatureSpec
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.unstubAllGlobals()
  })

  it.each(['development', 'test', ''])('fails where NODE_ENV is %j', (name) => {
    vi.stubEnv('NODE_ENV', name)
    expect(() => defineFeature(wrong)).toThrow(TypeError)
  })

  it('is taken at its word in production, where nobody is left to mend it', () => {
    vi.stubEnv('NODE_ENV', 'production')
    expect(defineFeature(wrong)).toMatchObject({ id: 'Wrong', mode: 'enforce' })
  })

  it('is taken at its word on a page without a process, which no bundler has built', () => {
    vi.stubGlobal('process', undefined)
    expect(defineFeature(wrong)).toMatchObject({ id: 'Wrong', mode: 'enforce' })
  })
})

describe('a feature that is defined again', () => {
  const warn = vi.spyOn(console, 'warn')
  beforeEach(() => warn.mockReset().mockImplementation(() => {}))
  afterEach(() => vi.unstubAllEnvs())

  it('replaces the first; where the two are the same nothing is said', () => {
    defineFeature<Ticket>(spec({ id: 'reloaded' }))
    defineFeature<Ticket>(spec({ id: 'reloaded' }))
    expect(warn).not.toHaveBeenCalled()
  })

  it('warns in development where the two differ, be it in a function', () => {
    defineFeature<Ticket>(spec({ id: 'changed' }))
    defineFeature<Ticket>(spec({ id: 'changed', ladder: [{ step: 'template', render: () => 'Hello' }] }))
    expect(warn).toHaveBeenCalledTimes(1)
    expect(warn.mock.calls[0]?.[0]).toContain("'changed' is defined twice")
  })

  it('says nothing in production', () => {
    vi.stubEnv('NODE_ENV', 'production')
    defineFeature<Ticket>(spec({ id: 'shipped' }))
    defineFeature<Ticket>(spec({ id: 'shipped', reserveLines: 9 }))
    expect(warn).not.toHaveBeenCalled()
  })
})

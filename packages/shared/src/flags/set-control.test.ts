import { describe, expect, it } from 'vitest'
import { type ControlName, controlsFrom } from '../control.ts'
import { ChangeRefused, type ControlSettings } from '../server/controls/control-store.ts'
import type { Identity } from '../server/identity.ts'
import { createEvaluator } from './evaluator.ts'
import type { FlagDefinition } from './flag-definition.ts'
import { changedControls } from './set-control.ts'

type Flags = Partial<Record<ControlName, FlagDefinition>>

const FALLBACK = { enabled: true, 'max-level': 5, notice: '', hedge: true, prompt: '', model: '' } as const
const RAMP: FlagDefinition = {
  state: 'ENABLED',
  variants: { on: true, off: false },
  defaultVariant: 'off',
  targeting: {
    if: [
      { in: [{ var: 'cohort' }, ['internal']] },
      'on',
      {
        fractional: [
          ['on', 25],
          ['off', 75],
        ],
      },
    ],
  },
}
const INTERNAL = { tenant: null, user: 'u', cohort: 'internal' }
const ANYONE: Identity = { tenant: 'acme', user: 'somebody' }

/** The flags after these flips, one after the other; each is for everybody or for one tenant. */
function after(flags: Flags, ...flips: readonly (ControlSettings & { readonly tenant?: string })[]): Flags {
  const now = { ...flags }
  for (const { tenant = null, ...settings } of flips) {
    Object.assign(now, Object.fromEntries(changedControls(settings, tenant, (control) => now[control])))
  }
  return now
}

function value(flags: Flags, control: ControlName, identity: Identity = ANYONE): unknown {
  const evaluator = createEvaluator(JSON.stringify({ flags }))
  return evaluator.evaluate(control, FALLBACK[control], identity).value
}

/** Whether what was said is bad, as controls read it. */
function isPurged(flags: Flags, identity: Identity = ANYONE): boolean {
  const enabled = createEvaluator(JSON.stringify({ flags })).evaluate('enabled', true, identity)
  return controlsFrom({ enabled }).purge
}

describe('the kill switch', () => {
  it('is the default variant where no rule stands over it', () => {
    const on: FlagDefinition = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' }
    const killed = after({ enabled: on }, { enabled: false })
    expect(killed.enabled).toMatchObject({ defaultVariant: 'off' })
    expect(killed.enabled).not.toHaveProperty('targeting')
    expect(after(killed, { enabled: true }).enabled).toMatchObject({ defaultVariant: 'on' })
  })

  it('lies over a rollout, and lifting it gives the rollout back as it was', () => {
    const killed = after({ enabled: RAMP }, { enabled: false })
    expect(value(killed, 'enabled', INTERNAL)).toBe(false)
    const lifted = after(killed, { enabled: true })
    expect(lifted.enabled?.targeting).toEqual(RAMP.targeting)
    expect(value(lifted, 'enabled', INTERNAL)).toBe(true)
  })

  it('never turns a rollout into everybody', () => {
    expect(() => after({ enabled: RAMP }, { enabled: true })).toThrow(ChangeRefused)
  })

  it('thrown twice is lifted once', () => {
    const twice = after({ enabled: RAMP }, { enabled: false }, { enabled: false })
    expect(after(twice, { enabled: true }).enabled?.targeting).toEqual(RAMP.targeting)
  })

  it('for one tenant leaves the others alone', () => {
    const killed = after({}, { enabled: true }, { enabled: false, tenant: 'acme' })
    expect(value(killed, 'enabled')).toBe(false)
    expect(value(killed, 'enabled', { tenant: 'other', user: 'u' })).toBe(true)
    expect(value(after(killed, { enabled: true, tenant: 'acme' }), 'enabled')).toBe(true)
  })

  it('for everybody is above what one tenant has', () => {
    const flags = after({ enabled: RAMP }, { enabled: true, tenant: 'acme' }, { enabled: false })
    expect(value(flags, 'enabled')).toBe(false)
    const later = after({ enabled: RAMP }, { enabled: false }, { enabled: true, tenant: 'acme' })
    expect(value(later, 'enabled')).toBe(false)
    expect(value(after(later, { enabled: true }), 'enabled')).toBe(true)
  })

  it.each([
    ['a plain switch', {}],
    ['a rollout', { enabled: RAMP }],
  ])('remembers over %s that the answers were bad, until it is lifted', (_over, flags) => {
    const killed = after(flags, { enabled: false, purge: true })
    expect(isPurged(killed)).toBe(true)
    expect(isPurged(after(killed, { enabled: false }))).toBe(false)
    const lifted = after(killed, { enabled: true })
    expect([isPurged(lifted), value(lifted, 'enabled', INTERNAL)]).toEqual([false, true])
    expect(isPurged(after(killed, { enabled: true }, { enabled: false }))).toBe(false)
  })

  it('for one tenant’s bad answers stays as it is whatever is done for another', () => {
    const killed = after({}, { enabled: true }, { enabled: false, purge: true, tenant: 'acme' })
    const others = after(
      killed,
      { enabled: false, tenant: 'other' },
      { enabled: true, tenant: 'other' },
      { enabled: false, tenant: 'third' },
    )
    expect(isPurged(others)).toBe(true)
    expect(isPurged(others, { tenant: 'third', user: 'u' })).toBe(false)
    expect(value(others, 'enabled', { tenant: 'other', user: 'u' })).toBe(true)
    expect(value(after(others, { enabled: true, tenant: 'acme' }), 'enabled')).toBe(true)
  })

  it('takes away what the flag itself said of bad answers, once it is flipped for everybody', () => {
    const bad: FlagDefinition = {
      state: 'ENABLED',
      variants: { on: true, off: false },
      defaultVariant: 'off',
      metadata: { purge: true },
    }
    expect(isPurged({ enabled: bad })).toBe(true)
    expect(isPurged(after({ enabled: bad }, { enabled: false, tenant: 'other' }))).toBe(true)
    expect(isPurged(after({ enabled: bad }, { enabled: true }, { enabled: false }))).toBe(false)
  })

  it('works where the variants have names of their own', () => {
    const named: FlagDefinition = {
      ...RAMP,
      variants: { yes: true, no: false },
      defaultVariant: 'yes',
      targeting: {},
    }
    expect(after({ enabled: named }, { enabled: false }).enabled?.defaultVariant).toBe('no')
  })

  it('stays thrown while the rollout is changed', () => {
    const flags = after({ enabled: RAMP }, { enabled: false }, { rollout: { percent: 100, cohorts: [] } })
    expect(value(flags, 'enabled')).toBe(false)
    expect(value(after(flags, { enabled: true }), 'enabled')).toBe(true)
  })
})

describe('a value', () => {
  const prompts: Flags = {
    prompt: {
      state: 'ENABLED',
      variants: { 1: '1', 2: '2' },
      defaultVariant: '2',
      metadata: { public: false },
    },
  }

  it('is a pointer that is moved', () => {
    const back = after(prompts, { prompt: '1' })
    expect(back.prompt).toEqual({ ...prompts.prompt, defaultVariant: '1' })
    expect(value(after(back, { prompt: '2' }), 'prompt')).toBe('2')
  })

  it('of one tenant is above everybody’s', () => {
    const flags = after(prompts, { prompt: '1', tenant: 'acme' }, { prompt: '2' })
    expect(value(flags, 'prompt')).toBe('1')
    expect(value(flags, 'prompt', { tenant: null, user: null })).toBe('2')
    expect(value(after(flags, { prompt: null, tenant: 'acme' }), 'prompt')).toBe('2')
  })

  it('that is new gets a variant of its own, beside those with the same name', () => {
    const odd: Flags = {
      model: { state: 'ENABLED', variants: { 'small-1': 'large-1' }, defaultVariant: 'small-1' },
    }
    const flags = after(odd, { model: 'small-1' })
    expect(value(flags, 'model')).toBe('small-1')
    expect(flags.model?.variants).toEqual({ 'small-1': 'large-1', 'small-1-2': 'small-1' })
  })

  it('given back leaves the default of whoever asks', () => {
    const flags = after({}, { 'max-level': 3, notice: 'Slow today.', hedge: false })
    expect([value(flags, 'max-level'), value(flags, 'notice'), value(flags, 'hedge')]).toEqual([
      3,
      'Slow today.',
      false,
    ])
    const back = after(flags, { 'max-level': null, notice: null, hedge: null })
    expect([value(back, 'max-level'), value(back, 'notice'), value(back, 'hedge')]).toEqual([5, '', true])
  })

  it('lies over a rule of the file’s own, and comes off again', () => {
    const ruled: Flags = { prompt: { ...prompts.prompt, targeting: RAMP.targeting } as FlagDefinition }
    const flags = after(ruled, { prompt: '1' })
    expect(value(flags, 'prompt', INTERNAL)).toBe('1')
    expect(after(flags, { prompt: null }).prompt?.targeting).toEqual(RAMP.targeting)
  })

  it('is public where the browser may know it, and only there', () => {
    const flags = after({}, { enabled: false, prompt: '1', model: 'small-1', notice: 'Hello' })
    const isPublic = (control: ControlName) => flags[control]?.metadata?.public
    expect(['enabled', 'notice', 'prompt', 'model'].map((name) => isPublic(name as ControlName))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})

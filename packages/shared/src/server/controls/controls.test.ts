import { InMemoryProvider, OpenFeature } from '@openfeature/server-sdk'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { type FlagReading, NO_CONTROLS } from '../../control.ts'
import { createControls } from './controls.ts'
import type { FlagSource } from './flag-source.ts'
import { openFeatureFlags } from './open-feature.ts'

const ANYONE = { tenant: 'acme', user: 'u1' }

function sourceOf(evaluate: FlagSource['evaluate']): FlagSource {
  return { evaluate, version: '1', onChange: () => () => {} }
}
const found = (key: string, value: unknown): FlagReading => ({
  key,
  value,
  variant: String(value),
  reason: 'STATIC',
  metadata: {},
  state: 'found',
})

describe('controls', () => {
  it('ask the source for each control of the feature, as the identity says', async () => {
    const evaluate = vi.fn((key: string, fallback: unknown) => found(key, fallback))
    const controls = createControls(sourceOf(evaluate), { keys: { 'a.enabled': 'old' } })
    await controls.of('a', ANYONE)
    expect(evaluate.mock.calls.map(([key, fallback]) => [key, fallback])).toEqual([
      ['old', true],
      ['a.max-level', 5],
      ['a.notice', ''],
      ['a.hedge', true],
      ['a.prompt', ''],
      ['a.model', ''],
    ])
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('down')
      },
    ],
    ['rejects', () => Promise.reject(new Error('down'))],
    ['never answers', () => new Promise<never>(() => {})],
    ['says nonsense', (key: string) => found(key, { odd: true })],
  ] as const)('of a source that %s are the last good ones, then the defaults', async (_what, bad) => {
    let isDown = false
    const good = (key: string) => found(key, key === 'a.enabled' ? false : key === 'a.prompt' ? '2' : null)
    const errors: unknown[] = []
    const source = sourceOf((key) => (isDown ? bad(key) : good(key)))
    const controls = createControls(source, { timeoutMs: 20, onError: (error) => errors.push(error) })
    await controls.of('a', ANYONE)
    isDown = true
    const now = await controls.of('a', ANYONE)
    expect([now.enabled, now.prompt]).toEqual([false, '2'])
    const stranger = await controls.of('a', { tenant: null, user: 'somebody else' })
    expect([stranger.enabled, stranger.prompt, stranger.maxLevel]).toEqual([true, null, 5])
  })

  it('never give one user what was in force for another', async () => {
    let isDown = false
    const source = sourceOf((key, _fallback, { user }) => {
      if (isDown) throw new Error('down')
      return found(key, user !== 'killed')
    })
    const controls = createControls(source, { onError: () => {} })
    for (const user of ['killed', 'fine']) await controls.of('a', { tenant: null, user })
    isDown = true
    expect((await controls.of('a', { tenant: null, user: 'killed' })).enabled).toBe(false)
    expect((await controls.of('a', { tenant: null, user: 'fine' })).enabled).toBe(true)
  })

  it('forget whoever was seen longest ago, so that memory is bounded', async () => {
    let isDown = false
    const source = sourceOf((key) => {
      if (isDown) throw new Error('down')
      return found(key, false)
    })
    const controls = createControls(source, { onError: () => {} })
    for (let index = 0; index <= 10_000; index += 1)
      await controls.of('a', { tenant: null, user: `${index}` })
    isDown = true
    expect((await controls.of('a', { tenant: null, user: '0' })).enabled).toBe(true)
    expect((await controls.of('a', { tenant: null, user: '10000' })).enabled).toBe(false)
  })
})

describe('any OpenFeature provider', () => {
  afterAll(() => OpenFeature.close())

  it('is a source of flags, with the session’s identity as its context', async () => {
    const provider = new InMemoryProvider({
      'a.enabled': {
        variants: { on: true, off: false },
        defaultVariant: 'off',
        disabled: false,
        contextEvaluator: ({ targetingKey, tenant, cohort }) =>
          targetingKey === 'u1' && tenant === 'acme' && cohort === 'internal' ? 'on' : 'off',
      },
      'a.prompt': { variants: { two: '2' }, defaultVariant: 'two', disabled: false },
      'a.max-level': { variants: { text: 'three' }, defaultVariant: 'text', disabled: false },
    })
    await OpenFeature.setProviderAndWait('test', provider)
    const controls = createControls(openFeatureFlags(OpenFeature.getClient('test')))
    expect(await controls.of('a', { ...ANYONE, cohort: 'internal' })).toEqual({
      ...NO_CONTROLS,
      prompt: '2',
      flags: [
        { key: 'a.enabled', variant: 'on', reason: 'TARGETING_MATCH' },
        { key: 'a.max-level', variant: null, reason: 'ERROR' },
        { key: 'a.prompt', variant: 'two', reason: 'STATIC' },
      ],
    })
    expect((await controls.of('a', ANYONE)).enabled).toBe(false)
  })

  it('tells of its changes', async () => {
    const flag = (on: boolean) => ({
      'a.enabled': {
        variants: { on: true, off: false },
        defaultVariant: on ? 'on' : 'off',
        disabled: false,
      } as const,
    })
    const provider = new InMemoryProvider(flag(true))
    await OpenFeature.setProviderAndWait('changing', provider)
    const controls = createControls(openFeatureFlags(OpenFeature.getClient('changing')))
    const heard = vi.fn()
    const before = controls.source.version
    controls.onChange(heard)
    await provider.putConfiguration(flag(false))
    await vi.waitFor(() => expect(heard).toHaveBeenCalled())
    expect(controls.source.version).not.toBe(before)
    expect((await controls.of('a', ANYONE)).enabled).toBe(false)
  })
})

import { InMemoryProvider, OpenFeature } from '@openfeature/web-sdk'
import { afterEach, expect, it, vi } from 'vitest'
import { openFeatureControls } from './open-feature-controls.ts'

let count = 0

afterEach(() => OpenFeature.clearProviders())

const flag = (value: boolean | string | number) =>
  ({ variants: { now: value }, defaultVariant: 'now', disabled: false }) as const

async function setUp(flags: ConstructorParameters<typeof InMemoryProvider>[0], keys = {}) {
  count += 1
  const provider = new InMemoryProvider(flags)
  await OpenFeature.setProviderAndWait(`test-${count}`, provider)
  const controls = openFeatureControls(OpenFeature.getClient(`test-${count}`), { keys })
  return { provider, controls }
}

it('are what any provider says, and the defaults for the rest', async () => {
  const { controls } = await setUp({ old: flag(false), 'a.max-level': flag(3) }, { 'a.enabled': 'old' })
  expect(controls.of('a')).toMatchObject({
    enabled: false,
    maxLevel: 3,
    notice: null,
    hedge: true,
    flags: [
      { key: 'old', variant: 'now', reason: 'STATIC' },
      { key: 'a.max-level', variant: 'now', reason: 'STATIC' },
    ],
  })
})

it('are the same object until something changes, and then those who listen hear of it once', async () => {
  const { controls, provider } = await setUp({ 'a.enabled': flag(true) })
  const heard = vi.fn()
  const stop = controls.onChange(heard)
  const before = controls.of('a')
  expect(controls.of('a')).toBe(before)
  await provider.putConfiguration({ 'a.enabled': flag(true), other: flag(1) })
  expect([controls.of('a'), heard.mock.calls.length]).toEqual([before, 0])
  await provider.putConfiguration({ 'a.enabled': flag(false) })
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1))
  expect(controls.of('a').enabled).toBe(false)
  stop()
  await provider.putConfiguration({ 'a.enabled': flag(true) })
  expect(heard).toHaveBeenCalledTimes(1)
})

it('keep the last good value where a flag turns into nonsense', async () => {
  const { controls, provider } = await setUp({ 'a.enabled': flag(false), 'a.max-level': flag(2) })
  controls.of('a')
  await provider.putConfiguration({ 'a.enabled': flag('no'), 'a.max-level': flag(99) })
  await vi.waitFor(() => expect(controls.of('a').flags[0]?.reason).toBe('STALE'))
  expect(controls.of('a')).toMatchObject({ enabled: false, maxLevel: 2 })
})

it('never wait: before there is a provider they are the defaults', () => {
  const controls = openFeatureControls(OpenFeature.getClient('nobody-yet'))
  expect(controls.of('a')).toMatchObject({ enabled: true, maxLevel: 5 })
})

it('are heard no more once they are closed', async () => {
  const { controls, provider } = await setUp({ 'a.enabled': flag(true) })
  const heard = vi.fn()
  controls.onChange(heard)
  controls.of('a')
  controls.close()
  await provider.putConfiguration({ 'a.enabled': flag(false) })
  expect(heard).not.toHaveBeenCalled()
})

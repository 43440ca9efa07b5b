import { defineFeature, type RunRecord } from '@evenkeel/shared'
import { describe, expect, it, vi } from 'vitest'
import type { EngineOptions } from '../run/engine.ts'
import { createFollowingEngine, keyOf } from './engine-options.ts'

const greeting = defineFeature<string>({
  id: 'greeting',
  interaction: 'synchronous',
  ladder: [{ step: 'template', render: (name) => `Hello ${name}.` }],
})

describe('the key of options', () => {
  it('is the same for options that say the same', () => {
    const telemetry = () => ({ url: '/evenkeel' })
    expect(keyOf({ environment: 'production', telemetry: telemetry() })).toBe(
      keyOf({ telemetry: telemetry(), environment: 'production' }),
    )
  })

  it.each<[string, EngineOptions, EngineOptions]>([
    ['the environment', { environment: 'production' }, { environment: 'staging' }],
    ['the user', { user: 'anna' }, { user: 'ben' }],
    ['telemetry', { telemetry: { url: '/a' } }, { telemetry: false }],
    ['the sandbox', {}, { sandbox: true }],
  ])('changes with %s', (_what, before, after) => {
    expect(keyOf(before)).not.toBe(keyOf(after))
  })

  it('does not change with a function or the route', () => {
    expect(keyOf({ onRun: () => {}, route: '/a' })).toBe(keyOf({ route: () => '/b' }))
  })
})

describe('an engine that follows its options', () => {
  it('calls the latest function and asks for the latest route', async () => {
    const [first, second] = [vi.fn<(record: RunRecord) => void>(), vi.fn<(record: RunRecord) => void>()]
    let latest: EngineOptions = { sandbox: true, onRun: first, route: '/tickets' }
    const run = createFollowingEngine(latest, () => latest).createRun(greeting)
    await run.start('Anna')
    latest = { sandbox: true, onRun: second, route: () => '/tickets/:id' }
    await run.start('Ben')
    expect(first.mock.calls.map(([record]) => record.route)).toEqual(['/tickets'])
    expect(second.mock.calls.map(([record]) => record.route)).toEqual(['/tickets/:id'])
  })

  it('is quiet where a function is there no more', async () => {
    let latest: EngineOptions = { sandbox: true, onRun: () => {} }
    const run = createFollowingEngine(latest, () => latest).createRun(greeting)
    latest = { sandbox: true }
    expect((await run.start('Anna')).outcome).toBe('answered')
  })
})

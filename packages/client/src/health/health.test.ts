import { DEFAULT_LEVELS, type Level, type Step } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { type AskingEnd, createHealth, type HealthFeature, type HealthWorld } from './health.ts'
import { createMemoryHealthStorage } from './health-storage.ts'

const PRIMARY: Step<never, unknown> = { step: 'model', url: '/a' }
const FAST: Step<never, unknown> = { step: 'model', url: '/a', tier: 'fast' }
const ELSEWHERE: Step<never, unknown> = { step: 'model', url: '/b' }
const TEMPLATE: Step<never, unknown> = { step: 'template', render: () => '' }

const featureOf = (...ladder: Step<never, unknown>[]): HealthFeature => ({ levels: DEFAULT_LEVELS, ladder })

const GOOD: Omit<AskingEnd, 'id'> = { failure: null, tierOnly: false, retryAfterMs: null, serverLevel: null }

function createKit(change: Partial<HealthWorld> = {}, storage = createMemoryHealthStorage()) {
  let nowMs = 1e12
  let count = 0
  let changes = 0
  const online = { isOnline: () => true, connection: () => null, savesData: () => false }
  const health = createHealth(
    { storage },
    {
      scope: { tenant: null, user: null },
      conditions: online,
      epochMs: () => nowMs,
      random: () => 0.5,
      onChange: () => {
        changes += 1
      },
      ...change,
    },
  )
  const run = (feature: HealthFeature, at: number, end: Partial<AskingEnd>, level?: Level) => {
    count += 1
    const id = `${count}`
    const asking = { id, level: level ?? health.levelOf(feature).level, isRetry: false }
    const notAsked = health.ask(feature, at, asking)
    if (notAsked === null) health.report(feature, at, { ...GOOD, id, ...end })
    return notAsked
  }
  return {
    health,
    storage,
    run,
    wait(ms: number) {
      nowMs += ms
    },
    changes: () => changes,
  }
}

describe('what a browser has learnt', () => {
  it('is nothing at first', () => {
    const { health } = createKit()
    expect(health.levelOf(featureOf(PRIMARY, TEMPLATE))).toEqual({ level: 5, by: 'local' })
    expect(health.levelOf(featureOf(TEMPLATE))).toEqual({ level: 5, by: 'local' })
  })

  it('keeps a step from being asked whose domain failed three times, and says why', () => {
    const { run, wait } = createKit()
    const feature = featureOf(PRIMARY, FAST, TEMPLATE)
    for (let count = 0; count < 3; count += 1) expect(run(feature, 0, { failure: 'http.server' })).toBeNull()
    const notAsked = { failure: 'http.server', detail: 'not asked: breaker open', tierOnly: false }
    expect(run(feature, 0, GOOD)).toEqual(notAsked)
    expect(run(feature, 1, GOOD)).toEqual(notAsked)
    wait(5_000)
    expect(run(feature, 0, GOOD)).toBeNull()
    expect(run(feature, 1, GOOD)).toBeNull()
  })

  it('holds for other features that ask the same domain', () => {
    const { health, run } = createKit()
    for (let count = 0; count < 2; count += 1) run(featureOf(PRIMARY, TEMPLATE), 0, { failure: 'network' })
    expect(health.levelOf(featureOf(FAST, TEMPLATE)).level).toBe(4)
    expect(health.levelOf(featureOf(ELSEWHERE, TEMPLATE)).level).toBe(5)
  })

  it('leaves the level full while another domain of the ladder is well', () => {
    const { health, run } = createKit()
    const feature = featureOf(PRIMARY, ELSEWHERE, TEMPLATE)
    for (let count = 0; count < 3; count += 1) run(feature, 0, { failure: 'network' })
    expect(health.levelOf(feature).level).toBe(5)
    for (let count = 0; count < 2; count += 1) run(feature, 1, { failure: 'network' })
    expect(health.levelOf(feature).level).toBe(4)
  })

  it.each([
    ['the server said that only its model failed', { failure: 'http.server', tierOnly: true }],
    ['the provider failed in the stream', { failure: 'provider' }],
    ['the answer was empty', { failure: 'empty' }],
  ] as const)('blames the tier alone where %s', (_name, end) => {
    const { health, run } = createKit()
    const feature = featureOf(PRIMARY, FAST, TEMPLATE)
    for (let count = 0; count < 3; count += 1) run(feature, 0, end)
    expect(run(feature, 0, GOOD)).toMatchObject({ failure: end.failure, tierOnly: true })
    expect(run(feature, 1, GOOD)).toBeNull()
    expect(health.levelOf(feature).level).toBe(5)
    expect(health.levelOf(featureOf(PRIMARY, TEMPLATE)).level).toBe(4)
  })

  it.each(['schema', 'refusal', 'http.client', 'aborted', 'killed', 'bug', 'offline'] as const)(
    'is not moved by %s, which says nothing of the server',
    (failure) => {
      const { health, run } = createKit()
      const feature = featureOf(PRIMARY, TEMPLATE)
      for (let count = 0; count < 9; count += 1) expect(run(feature, 0, { failure })).toBeNull()
      expect(health.levelOf(feature).level).toBe(5)
    },
  )

  it('passes on what the server said of the level', () => {
    const { health, run } = createKit()
    const feature = featureOf(PRIMARY, TEMPLATE)
    run(feature, 0, { serverLevel: 3 })
    expect(health.levelOf(feature)).toEqual({ level: 3, by: 'server' })
  })

  it('is capped by the browser', () => {
    const conditions = { isOnline: () => true, connection: () => null, savesData: () => true }
    const { health } = createKit({ conditions })
    expect(health.levelOf(featureOf(PRIMARY, TEMPLATE))).toEqual({ level: 3, by: 'browser' })
  })

  it('lets no more retries out than were saved up and earned', () => {
    const { health } = createKit()
    const feature = featureOf(PRIMARY, TEMPLATE)
    const ask = (id: string, isRetry: boolean) => health.ask(feature, 0, { id, level: 5, isRetry })
    const answers = Array.from({ length: 4 }, (_, index) => ask(`retry-${index}`, true))
    expect(answers.map((answer) => answer?.detail ?? null)).toEqual([
      null,
      null,
      null,
      'not asked: retries used up',
    ])
    for (let count = 0; count < 11; count += 1) ask(`first-${count}`, false)
    expect(ask('retry-again', true)).toBeNull()
  })

  it('spends what is asked for once more within an attempt from the same budget', () => {
    const { health } = createKit()
    const feature = featureOf(PRIMARY, TEMPLATE)
    expect(Array.from({ length: 4 }, () => health.mayRetry(feature, 0))).toEqual([true, true, true, false])
    expect(health.ask(feature, 0, { id: 'a', level: 5, isRetry: true })).not.toBeNull()
  })

  it('is shared with other tabs: one of them takes the probe', () => {
    const storage = createMemoryHealthStorage()
    const here = createKit({}, storage)
    const there = createKit({}, storage)
    const feature = featureOf(PRIMARY, TEMPLATE)
    for (let count = 0; count < 3; count += 1) here.run(feature, 0, { failure: 'network' })
    expect(there.health.levelOf(feature).level).toBe(4)
    there.wait(5_000)
    here.wait(5_000)
    expect(there.health.ask(feature, 0, { id: 'probe', level: 4, isRetry: false })).toBeNull()
    expect(here.health.ask(feature, 0, { id: 'other', level: 4, isRetry: false })).not.toBeNull()
  })

  it('is told to whoever listens when it changes', () => {
    const { run, changes } = createKit()
    run(featureOf(PRIMARY, TEMPLATE), 0, { failure: 'network' })
    expect(changes()).toBe(2)
  })
})

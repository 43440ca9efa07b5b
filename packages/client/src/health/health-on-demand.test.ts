import { DEFAULT_LEVELS, FAILURE_TABLE, FAILURES, type Step } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { type AskingEnd, createHealth, type HealthFeature } from './health.ts'
import { healthKey } from './health-key.ts'
import { createHealthOnDemand } from './health-on-demand.ts'
import { createMemoryHealthStorage, type HealthStorage } from './health-storage.ts'

const PRIMARY: Step<never, unknown> = { step: 'model', url: '/a' }
const TEMPLATE: Step<never, unknown> = { step: 'template', render: () => '' }
const FEATURE: HealthFeature = { levels: DEFAULT_LEVELS, ladder: [PRIMARY, TEMPLATE] }
const GOOD: Omit<AskingEnd, 'id'> = { failure: null, tierOnly: false, retryAfterMs: null, serverLevel: null }
const BAD = { ...GOOD, failure: 'http.server' } as const
const KEY = 'evenkeel.health.["acme","anna"]'

/** A storage whose tabs hear of each other. */
function createSharedStorage() {
  const memory = createMemoryHealthStorage()
  const listeners = new Map<() => void, HealthStorage>()
  const openTab = (): HealthStorage => {
    const tab: HealthStorage = {
      ...memory,
      write(key, text) {
        memory.write(key, text)
        for (const [listener, owner] of listeners) if (owner !== tab) listener()
      },
      onChange(_key, listener) {
        listeners.set(listener, tab)
        return () => void listeners.delete(listener)
      },
    }
    return tab
  }
  return { openTab, listeners }
}

/** Health whose module arrives when the test says so. */
function createKit(storage: HealthStorage = createMemoryHealthStorage(), { user = 'anna' } = {}) {
  const waiting: ((how: 'arrives' | 'fails') => void)[] = []
  const bugs: unknown[] = []
  let nowMs = 1e12
  let changes = 0
  let count = 0
  let loads = 0
  const health = createHealthOnDemand(
    () => {
      loads += 1
      return new Promise((resolve, reject) => {
        waiting.push((how) => (how === 'arrives' ? resolve({ createHealth }) : reject(new Error('chunk'))))
      })
    },
    { storage },
    {
      scope: { tenant: 'acme', user },
      key: healthKey({ tenant: 'acme', user }),
      conditions: { isOnline: () => true, connection: () => '4g', savesData: () => false },
      epochMs: () => nowMs,
      random: () => 0.5,
      onChange: () => {
        changes += 1
      },
      failures: FAILURE_TABLE,
      reportBug: (where, error) => bugs.push([where, error]),
    },
  )
  return {
    health,
    storage,
    bugs,
    loads: () => loads,
    changes: () => changes,
    level: () => health.levelOf(FEATURE),
    wait(ms: number) {
      nowMs += ms
    },
    run(end: Omit<AskingEnd, 'id'>, isRetry = false) {
      count += 1
      const id = `${count}`
      const notAsked = health.ask(FEATURE, 0, { id, level: 5, isRetry })
      if (notAsked === null) health.report(FEATURE, 0, { ...end, id })
      return notAsked
    },
    async settleLoads(how: 'arrives' | 'fails' = 'arrives') {
      for (const settle of waiting.splice(0)) settle(how)
      await new Promise((resolve) => setTimeout(resolve))
    },
  }
}

describe('health on demand', () => {
  it('is not loaded for answers, however many, and writes nothing', () => {
    const { run, loads, level, storage } = createKit()
    for (let count = 0; count < 50; count += 1) expect(run(GOOD)).toBeNull()
    expect(loads()).toBe(0)
    expect(level()).toBeNull()
    expect(storage.keys()).toEqual([])
  })

  it.each(FAILURES)('is loaded with the first failure that counts, as the table says of %s', (failure) => {
    const { run, loads } = createKit()
    run({ ...GOOD, failure })
    expect(loads()).toBe(FAILURE_TABLE[failure].level === 'count' ? 1 : 0)
  })

  it('counts the failure that loads it, and those that come while it loads, in their order', async () => {
    const { run, level, settleLoads, loads } = createKit()
    run(BAD)
    run(BAD)
    expect([level(), loads()]).toEqual([null, 1])
    await settleLoads()
    expect(level()).toEqual({ level: 4, by: 'local' })
    const other = createKit()
    for (const end of [BAD, GOOD, BAD]) other.run(end)
    await other.settleLoads()
    expect(other.level()?.level).toBe(5)
  })

  it('lets runs start while it loads, and keeps to the breaker once it is there', async () => {
    const { run, settleLoads } = createKit()
    for (let count = 0; count < 4; count += 1) expect(run(BAD)).toBeNull()
    await settleLoads()
    expect(run(BAD)).toMatchObject({ failure: 'http.server', detail: 'not asked: breaker open' })
  })

  it('counts from when a thing happened, not from when the module came', async () => {
    const { run, wait, settleLoads } = createKit()
    run({ ...BAD, failure: 'http.rate-limit', retryAfterMs: 30_000 })
    wait(40_000)
    await settleLoads()
    expect(run(GOOD)).toBeNull()
    const prompt = createKit()
    prompt.run({ ...BAD, failure: 'http.rate-limit', retryAfterMs: 30_000 })
    await prompt.settleLoads()
    expect(prompt.run(GOOD)).not.toBeNull()
  })

  it('is loaded with what a server says of its level', async () => {
    const { run, level, loads, settleLoads } = createKit()
    run({ ...GOOD, serverLevel: 5 })
    expect(loads()).toBe(0)
    run({ ...GOOD, serverLevel: 3 })
    await settleLoads()
    expect(level()).toEqual({ level: 3, by: 'server' })
  })

  it('is loaded with the first retry, which comes out of the budget', async () => {
    const { run, health, settleLoads, loads } = createKit()
    run({ ...GOOD, failure: 'schema' }, true)
    expect(loads()).toBe(1)
    await settleLoads()
    expect([health.mayRetry(FEATURE, 0), health.mayRetry(FEATURE, 0)]).toEqual([true, true])
    expect(health.mayRetry(FEATURE, 0)).toBe(false)
  })

  it('allows no more retries than the budget where it cannot be loaded', async () => {
    const { health, settleLoads } = createKit()
    const allowed: boolean[] = []
    for (let count = 0; count < 5; count += 1) {
      allowed.push(health.mayRetry(FEATURE, 0))
      await settleLoads('fails')
    }
    expect(allowed).toEqual([true, true, true, false, false])
  })

  it('is loaded at once where this user has something kept, and not for what another one has', async () => {
    const before = createKit()
    before.run(BAD)
    before.run(BAD)
    await before.settleLoads()
    const after = createKit(before.storage)
    expect(after.loads()).toBe(1)
    expect(after.changes()).toBe(0)
    await after.settleLoads()
    expect(after.level()?.level).toBe(4)
    expect(after.changes()).toBe(1)
    expect(createKit(before.storage, { user: 'bert' }).loads()).toBe(0)
  })

  it('is loaded when another tab has learnt something', async () => {
    const { openTab, listeners } = createSharedStorage()
    const [here, there] = [createKit(openTab()), createKit(openTab())]
    here.run(BAD)
    here.run(BAD)
    await here.settleLoads()
    expect(there.loads()).toBe(1)
    await there.settleLoads()
    expect(there.level()?.level).toBe(4)
    for (const { health } of [here, there]) health.dispose()
    expect(listeners.size).toBe(0)
  })

  it('removes what has grown old, so that the page after the next does not load it', async () => {
    const storage = createMemoryHealthStorage()
    storage.write(KEY, JSON.stringify([['/a', { touchedAtMs: 1e12 - 3_600_000 }]]))
    const old = createKit(storage)
    expect(old.loads()).toBe(1)
    await old.settleLoads()
    expect(storage.read(KEY)).toBeNull()
    expect(createKit(storage).loads()).toBe(0)
  })

  it('tries again with the next failure where it could not be loaded; nothing is lost, and the team hears once', async () => {
    const { run, settleLoads, level, bugs, loads } = createKit()
    run(BAD)
    await settleLoads('fails')
    run(GOOD)
    expect(loads()).toBe(1)
    for (const end of [BAD, BAD]) run(end)
    await settleLoads('fails')
    run(BAD)
    await settleLoads()
    expect(level()?.level).toBe(4)
    expect([loads(), bugs.length]).toEqual([3, 1])
  })

  it('does not wake up after it was let go', async () => {
    const { run, health, settleLoads, changes } = createKit()
    run(BAD)
    health.dispose()
    await settleLoads()
    expect(changes()).toBe(0)
  })

  it('goes on without what was kept where storage throws', () => {
    const broken: HealthStorage = {
      ...createMemoryHealthStorage(),
      read() {
        throw new DOMException('blocked', 'SecurityError')
      },
    }
    const { level, loads } = createKit(broken)
    expect([level(), loads()]).toEqual([null, 0])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventsArbitrary, START_MS, unitsAfter } from './health.test.kit.ts'
import { HEALTH_POLICY } from './health-policy.ts'
import { createMemoryHealthStorage, type HealthStorage } from './health-storage.ts'
import { keepUnits, parseUnits } from './kept-units.ts'
import { healthyUnit, type UnitHealth } from './unit-health.ts'

const ANNA = { tenant: 'acme', user: 'anna' }
const BERT = { tenant: 'acme', user: 'bert' }

const unit = (touchedAtMs: number, change: Partial<UnitHealth> = {}): UnitHealth => ({
  ...healthyUnit(3),
  touchedAtMs,
  ...change,
})

const keep = (storage: HealthStorage, scope = ANNA) => keepUnits(storage, scope, HEALTH_POLICY)

describe('the state that is kept', () => {
  it('is found by the page after a reload, and by other tabs of the same user', () => {
    const storage = createMemoryHealthStorage()
    const kept = unit(START_MS, { level: 3, cause: 'network' })
    keep(storage).write(new Map([['/api/a', kept]]), START_MS)
    expect(keep(storage).read()).toEqual(new Map([['/api/a', kept]]))
  })

  it('is not read by another user, tenant, or nobody', () => {
    const storage = createMemoryHealthStorage()
    keep(storage).write(new Map([['/api/a', unit(START_MS)]]), START_MS)
    for (const other of [BERT, { tenant: 'other', user: 'anna' }, { tenant: null, user: null }]) {
      expect(keepUnits(storage, other, HEALTH_POLICY).read().size).toBe(0)
    }
  })

  it('follows what another tab wrote, and a user who cleared the storage', () => {
    const storage = createMemoryHealthStorage()
    const [here, there] = [keep(storage), keep(storage)]
    here.write(new Map([['/api/a', unit(START_MS, { level: 4 })]]), START_MS)
    there.write(new Map([['/api/a', unit(START_MS, { level: 3 })]]), START_MS)
    expect(here.read().get('/api/a')?.level).toBe(3)
    for (const key of storage.keys()) storage.remove(key)
    expect(here.read().size).toBe(0)
  })

  it('lets go of what nobody has touched for minutes, and of the oldest of very many', () => {
    const storage = createMemoryHealthStorage()
    const many = Array.from({ length: 100 }, (_, n) => [`/api/${n}`, unit(START_MS - n)] as const)
    const old = ['/api/old', unit(START_MS - HEALTH_POLICY.keepMs)] as const
    keep(storage).write(new Map([old, ...many]), START_MS)
    expect([...keep(storage).read().keys()]).toEqual(many.slice(0, 64).map(([name]) => name))
  })

  it('removes what an earlier user of the computer left, once it is worth nothing', () => {
    const storage = createMemoryHealthStorage()
    storage.write('other', 'of the app')
    keep(storage, BERT).write(new Map([['/api/a', unit(START_MS)]]), START_MS)
    keep(storage).write(new Map([['/api/a', unit(START_MS + 1)]]), START_MS + 1)
    expect(storage.keys()).toHaveLength(3)
    const later = START_MS + HEALTH_POLICY.keepMs
    keepUnits(storage, { tenant: null, user: null }, HEALTH_POLICY).write(
      new Map([['b', unit(later)]]),
      later,
    )
    expect(storage.keys()).toEqual([
      'other',
      'evenkeel.health.["acme","anna"]',
      'evenkeel.health.[null,null]',
    ])
  })

  it('goes on in memory where the storage fails', () => {
    const broken = (): never => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    const full = { ...createMemoryHealthStorage(), write: broken }
    const kept = keep(full)
    kept.write(new Map([['/api/a', unit(START_MS, { level: 2 })]]), START_MS)
    expect(kept.read().get('/api/a')?.level).toBe(2)
    const blocked = { read: broken, write: broken, remove: broken, keys: broken, onChange: broken }
    const alone = keep(blocked)
    expect(alone.read().size).toBe(0)
    alone.write(new Map([['/api/a', unit(START_MS, { level: 2 })]]), START_MS)
    expect(alone.read().get('/api/a')?.level).toBe(2)
    expect(alone.onChange(() => {})).toBeTypeOf('function')
  })

  it('is the same after it was written and read, whatever it is', () => {
    fc.assert(
      fc.property(eventsArbitrary, (events) => {
        const last = unitsAfter(events).at(-1)
        if (last === undefined) return
        expect(parseUnits(JSON.stringify([['a', last]]), HEALTH_POLICY)).toEqual(new Map([['a', last]]))
      }),
    )
  })

  it('is a unit with figures of its own kind, whatever stands in the storage', () => {
    fc.assert(
      fc.property(
        fc.anything(),
        fc.string(),
        fc.dictionary(fc.constantFrom(...Object.keys(unit(0))), fc.anything()),
        (any, words, said) => {
          for (const text of [
            JSON.stringify(any),
            JSON.stringify([['a', said]]),
            JSON.stringify([any]),
            words,
          ]) {
            for (const read of parseUnits(text ?? null, HEALTH_POLICY).values()) {
              expect([1, 2, 3, 4, 5]).toContain(read.level)
              expect(['open', 'closed']).toContain(read.breaker)
              expect(Number.isFinite(read.streak + read.openUntilMs + read.touchedAtMs)).toBe(true)
              expect(read.seen).toBeInstanceOf(Array)
              expect(Object.keys(read)).toEqual(expect.arrayContaining(Object.keys(unit(0))))
            }
          }
        },
      ),
    )
  })
})

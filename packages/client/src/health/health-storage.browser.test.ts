import { afterEach, describe, expect, it } from 'vitest'
import { HEALTH_POLICY } from './health-policy.ts'
import { browserHealthStorage } from './health-storage.ts'
import { keepUnits } from './kept-units.ts'
import { healthyUnit } from './unit-health.ts'

const ANNA = { tenant: 'acme', user: 'anna' }
const KEY = 'evenkeel.health.["acme","anna"]'

/** Another document of the same origin, as another tab is. */
function openTab(): Window & typeof globalThis {
  const frame = document.createElement('iframe')
  document.body.append(frame)
  const tab = frame.contentWindow
  if (tab === null) throw new Error('The frame has no window.')
  return tab as Window & typeof globalThis
}

afterEach(() => {
  localStorage.clear()
  for (const frame of document.querySelectorAll('iframe')) frame.remove()
})

describe("the browser's storage", () => {
  it('keeps the state of a user where the page after a reload finds it, and leaves nothing else behind', () => {
    const kept = { ...healthyUnit(3), level: 3 as const, touchedAtMs: Date.now() }
    keepUnits(browserHealthStorage(), ANNA, HEALTH_POLICY).write(new Map([['/api/a', kept]]), Date.now())
    expect(Object.keys(localStorage)).toEqual([KEY])
    const after = keepUnits(browserHealthStorage(), ANNA, HEALTH_POLICY)
    expect(after.read().get('/api/a')).toEqual(kept)
  })

  it('tells when another tab has written, and shows what it wrote', async () => {
    const here = keepUnits(browserHealthStorage(), ANNA, HEALTH_POLICY)
    let heard = 0
    const changed = new Promise<void>((resolve) => {
      here.onChange(() => {
        heard += 1
        resolve()
      })
    })
    const unit = { ...healthyUnit(3), level: 2, touchedAtMs: Date.now() }
    const tab = openTab()
    tab.localStorage.setItem('of the app', 'x')
    tab.localStorage.setItem(KEY, JSON.stringify([['/api/a', unit]]))
    await changed
    expect(here.read().get('/api/a')?.level).toBe(2)
    expect(heard).toBe(1)
  })

  it('is silent after the unsubscribe', async () => {
    let heard = 0
    const stop = browserHealthStorage().onChange(KEY, () => {
      heard += 1
    })
    stop()
    openTab().localStorage.setItem(KEY, '[]')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(heard).toBe(0)
  })

  it('is memory where it is blocked or full', () => {
    const setItem = Storage.prototype.setItem
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    try {
      const storage = browserHealthStorage()
      storage.write('a', 'b')
      expect(storage.read('a')).toBe('b')
    } finally {
      Storage.prototype.setItem = setItem
    }
    expect(localStorage).toHaveLength(0)
  })
})

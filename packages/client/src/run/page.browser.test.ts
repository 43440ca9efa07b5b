import { afterEach, expect, it, vi } from 'vitest'
import { browserPage } from './page.ts'

afterEach(() => vi.restoreAllMocks())

it('tells the origin and that the page is online and visible', () => {
  expect(browserPage.origin).toBe(location.origin)
  expect(browserPage.isOnline()).toBe(true)
  expect(browserPage.isVisible()).toBe(true)
})

it('believes the browser where it is sure to be offline', () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  expect(browserPage.isOnline()).toBe(false)
})

it('tells the class of connection where the browser does', () => {
  const { connection } = navigator as { connection?: { effectiveType?: string } }
  expect(browserPage.connection()).toBe(connection?.effectiveType ?? null)
})

it('hears that the page is hidden or left, and not that it is shown, until it is let go', () => {
  const heard = vi.fn()
  const letGo = browserPage.onHide(heard)
  const state = vi.spyOn(document, 'visibilityState', 'get')

  state.mockReturnValue('visible')
  document.dispatchEvent(new Event('visibilitychange'))
  expect(heard).toHaveBeenCalledTimes(0)

  state.mockReturnValue('hidden')
  document.dispatchEvent(new Event('visibilitychange'))
  expect(heard).toHaveBeenCalledTimes(1)
  expect(browserPage.isVisible()).toBe(false)

  dispatchEvent(new PageTransitionEvent('pagehide'))
  expect(heard).toHaveBeenCalledTimes(2)

  letGo()
  document.dispatchEvent(new Event('visibilitychange'))
  dispatchEvent(new PageTransitionEvent('pagehide'))
  expect(heard).toHaveBeenCalledTimes(2)
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { launchChromium } from '../../bench/chromium.ts'

/** One Chromium, seen in two ways. */
export interface Browsers {
  /** A context of its own for each page, all of which are in front at once. */
  newContext(): Promise<BrowserContext>
  /**
   * A window with tabs, of which one hides the others, as in a user's browser: without Playwright's
   * emulation, under which every page has the focus. One at a time may use it.
   */
  withWindow<Result>(work: (window: BrowserContext) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

export async function openBrowsers(): Promise<Browsers> {
  const port = await freePort()
  const browser: Browser = await launchChromium([`--remote-debugging-port=${port}`])
  const plain = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true })
  const [window] = plain.contexts()
  if (window === undefined) throw new Error('Chromium has no window of its own.')
  let turn: Promise<unknown> = Promise.resolve()
  return {
    newContext: () => browser.newContext({ viewport: { width: 900, height: 800 } }),
    withWindow(work) {
      const result = turn.then(() => work(window))
      turn = result.catch(() => {})
      return result
    },
    async close() {
      await plain.close()
      await browser.close()
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { CHROMIUM_ARGS, findChromium } from '../../../.ci/chromium.ts'

export async function launch(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('No Chromium found. Run `node .ci/setup-chromium.ts`.')
  return await chromium.launch({ executablePath, args: [...CHROMIUM_ARGS] })
}

/** A page on the desk, with everything that went wrong in it. */
export interface DeskPage {
  readonly page: Page
  /** Uncaught exceptions, unhandled rejections, and errors and warnings that a script wrote to the console. */
  readonly complaints: readonly string[]
  /** The ids of the runs that asked the server, in their order. */
  readonly askedRuns: readonly string[]
  close(): Promise<void>
}

export interface OpenOptions extends BrowserContextOptions {
  readonly ticket?: string
  readonly search?: string
  readonly before?: (page: Page) => Promise<unknown>
}

export async function openDesk(browser: Browser, app: string, options: OpenOptions = {}): Promise<DeskPage> {
  const { ticket = '1042', search = '', before, ...contextOptions } = options
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...contextOptions })
  const page = await context.newPage()
  const complaints: string[] = []
  const askedRuns: string[] = []
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    // The browser notes each failed request, and the library, in development, each run that fell back: that is what
    // these tests bring about.
    const isExpected = /^(Failed to load resource|evenkeel: '[\w-]+' was (degraded|incomplete|omitted) \()/
    if (!['error', 'warning'].includes(message.type()) || isExpected.test(message.text())) return
    complaints.push(message.text())
  })
  page.on('request', (request) => {
    const [, run] = /run="([0-9a-f]{32})"/.exec(request.headers()['evenkeel-attempt'] ?? '') ?? []
    if (run !== undefined && askedRuns.at(-1) !== run) askedRuns.push(run)
  })
  await before?.(page)
  await page.goto(`${app}/${search}#/tickets/${ticket}`)
  await page.locator('.draft > .button').waitFor()
  return { page, complaints, askedRuns, close: () => context.close() }
}

/** Asks for a draft and waits until the run has settled. */
export async function draft(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Draft a reply' }).click()
  await settled(page)
}

export async function settled(page: Page): Promise<void> {
  await page.locator('.draft[data-phase="settled"]').waitFor({ timeout: 30_000 })
  // The words follow in the frame after, before anybody sees either; a busy machine is late with its frames.
  await page.evaluate(() => new Promise(requestAnimationFrame))
}

/** The draft as it stands in the page. */
export async function draftText(page: Page): Promise<string> {
  return (await page.locator('.draft .evenkeel-text').textContent()) ?? ''
}

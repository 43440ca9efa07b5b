import type { BrowserContext, Page } from 'playwright-core'

/** What a window is opened with; paths are absolute. */
export interface WindowOptions {
  /** The editor, `http://127.0.0.1:PORT`. */
  readonly url: string
  readonly folder: string
  /** Loads this folder as an extension under development. */
  readonly extension?: string
  /** Runs this file's `run()` in the extension host. */
  readonly tests?: string
  /** Shows this file. */
  readonly file?: string
}

/** Opens a window of the editor in a browser and waits until its workbench stands. */
export async function openWindow(context: BrowserContext, options: WindowOptions): Promise<Page> {
  const { url, folder, extension, tests, file } = options
  const remote = (path: string): string => `vscode-remote://${new URL(url).host}${path}`
  const payload = [
    ...(extension === undefined ? [] : [['extensionDevelopmentPath', remote(extension)]]),
    ...(tests === undefined ? [] : [['extensionTestsPath', remote(tests)]]),
    ...(file === undefined ? [] : [['openFile', remote(file)]]),
  ]
  const page = await context.newPage()
  await allowPayload(page, url)
  const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) })
  await page.goto(`${url}/?${query}`)
  await page.locator('.monaco-workbench .part.activitybar').waitFor({ timeout: 60_000 })
  return page
}

/** The workbench heeds a payload only where it believes to be in its own smoke test. */
async function allowPayload(page: Page, url: string): Promise<void> {
  await page.route(
    (address) => address.origin === url && address.pathname === '/',
    async (route) => {
      const response = await route.fetch()
      const before = '&quot;developmentOptions&quot;:{'
      const document = await response.text()
      if (!document.includes(before)) return route.fulfill({ response, body: document })
      const body = document.replace(before, `${before}&quot;enableSmokeTestDriver&quot;:true,`)
      return route.fulfill({ response, body })
    },
  )
}

/** Chromium's flags for {@link openWindow}: a document that a test has put in has no known address space. */
export const WINDOW_ARGS: readonly string[] = [
  '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets',
]

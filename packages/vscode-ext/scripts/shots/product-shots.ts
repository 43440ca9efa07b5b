import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'

type Theme = 'dark' | 'light'

const SIZE = { width: 1280, height: 800 }

/** The product idle, streaming and degraded. */
export async function shootProduct(browser: Browser, app: string, theme: Theme, to: string): Promise<void> {
  const context = await browser.newContext({ viewport: SIZE, colorScheme: theme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const shoot = (name: string) => page.screenshot({ path: join(to, `product-${name}-${theme}.png`) })
  await weather(app, 'calm')
  await warmUp(page, app)
  await openTicket(page, 0)
  await shoot('idle')

  const draft = page.locator('.draft')
  await page.getByRole('button', { name: 'Draft a reply' }).click()
  await waitForText(page, 240)
  await shoot('streaming')
  await draft.and(page.locator('[data-phase="settled"]')).waitFor()

  await weather(app, 'down')
  await page.reload()
  await openTicket(page, 1)
  await page.getByRole('button', { name: 'Draft a reply' }).click()
  await draft.and(page.locator('[data-phase="settled"]')).waitFor()
  await shoot('degraded')
  await weather(app, 'calm')
  await context.close()
}

/** The development server may still be bundling dependencies, and reloads its first page when it has. */
async function warmUp(page: Page, app: string): Promise<void> {
  await page.goto(app)
  await page.waitForTimeout(4_000)
  await page.goto(app)
}

async function openTicket(page: Page, index: number): Promise<void> {
  await page.locator('.side li').nth(index).click()
  await page.getByRole('button', { name: 'Draft a reply' }).waitFor()
  await page.evaluate(() => document.fonts.ready)
}

async function waitForText(page: Page, characters: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => (document.querySelector('.draft')?.textContent ?? '').length > wanted,
    characters,
  )
}

async function weather(app: string, weather: string): Promise<void> {
  const headers = { 'content-type': 'application/json', origin: app }
  const response = await fetch(`${app}/demo/weather`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ weather }),
  })
  if (!response.ok) throw new Error(`The weather did not change: ${response.status} ${await response.text()}`)
}

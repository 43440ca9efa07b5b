import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ProductServer, startServer } from '../server/server.ts'
import { draft, draftText, launch, openDesk } from './browser.ts'

let server: ProductServer
let browser: Browser

beforeAll(async () => {
  server = await startServer({
    port: 0,
    collectorUrl: () => null,
    environment: 'end-to-end',
    pages: 'sources',
    hotReload: false,
    simulation: { seed: 3, speed: 1 },
  })
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

it('the kill switch of the demonstration stops a running draft in another tab, and lifting it brings drafts back', async () => {
  const writer = await openDesk(browser, server.url)
  const operator = await openDesk(browser, server.url)
  try {
    await draft(writer.page)
    await writer.page.getByRole('button', { name: 'Draft again' }).click()
    await writer.page.locator('.draft[data-phase="streaming"]').waitFor()

    await operator.page.getByRole('button', { name: /Weather/ }).click()
    const flip = operator.page.getByRole('checkbox', { name: /Drafts are on/ })
    await flip.click()
    await writer.page.locator('.draft[data-phase="settled"]').waitFor({ timeout: 2_000 })
    await writer.page.getByText('Drafts are switched off right now.').waitFor()
    expect(await writer.page.getByRole('button', { name: 'Drafts are off' }).isDisabled()).toBe(true)

    await flip.click()
    await writer.page.getByRole('button', { name: 'Draft a reply' }).waitFor({ timeout: 2_000 })
    await draft(writer.page)
    expect((await draftText(writer.page)).length).toBeGreaterThan(80)
    expect([...writer.complaints, ...operator.complaints]).toEqual([])
  } finally {
    await writer.close()
    await operator.close()
  }
})

it('the prompt is rolled back from the drawer, by keyboard', async () => {
  const { page, complaints, close } = await openDesk(browser, server.url)
  try {
    await page.getByRole('button', { name: /Weather/ }).click()
    const before = page.getByRole('radio', { name: /Version 1/ })
    const after = page.getByRole('radio', { name: 'Version 2' })
    await page.locator('input[name="prompt"]:checked').waitFor()
    expect(await after.isChecked()).toBe(true)
    await after.focus()
    await page.keyboard.press('ArrowDown')
    await page.locator('label:has-text("Version 1") input:checked').waitFor()
    expect(await before.isChecked()).toBe(true)
    await page.keyboard.press('Escape')
    const answered = page.waitForResponse((response) => response.url().endsWith('/api/ai/draft-reply'))
    await draft(page)
    expect((await answered).headers().evenkeel).toContain('version="1"')
    expect(complaints).toEqual([])
  } finally {
    await close()
  }
})

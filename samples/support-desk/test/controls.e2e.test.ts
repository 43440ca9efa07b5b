import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ProductServer, startServer } from '../server/server.ts'
import { draft, draftText, launch, openDesk } from './browser.ts'
import { eventually } from './product.ts'

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

/** The demonstration's own; the development overlay has a field of the same name. */
const drawer = (page: Page) => page.getByRole('complementary', { name: 'Demonstration' })

it('the kill switch of the demonstration stops a running draft in another tab, and lifting it brings drafts back', async () => {
  const writer = await openDesk(browser, server.url)
  const operator = await openDesk(browser, server.url)
  try {
    await draft(writer.page)
    await writer.page.getByRole('button', { name: 'Draft again' }).click()
    await writer.page.locator('.draft[data-phase="streaming"]').waitFor()

    await operator.page.getByRole('button', { name: /Weather/ }).click()
    const flip = operator.page.getByRole('checkbox', { name: /Switched on/ })
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
    const prompt = drawer(page).getByLabel('Prompt')
    await eventually(async () => ((await prompt.inputValue()) === '3' ? true : null))
    await prompt.focus()
    await page.keyboard.press('ArrowUp')
    await eventually(async () => ((await prompt.inputValue()) === '2' ? true : null))
    await page.keyboard.press('Escape')
    const answered = page.waitForResponse((response) => response.url().endsWith('/api/ai/draft-reply'))
    await draft(page)
    expect((await answered).headers().evenkeel).toContain('version="2"')
    expect(complaints).toEqual([])
  } finally {
    await close()
  }
})

it('the level is capped and words for an incident are said, feature by feature, and both are taken back', async () => {
  const { page, complaints, close } = await openDesk(browser, server.url)
  try {
    await page.getByRole('button', { name: /Weather/ }).click()
    const level = drawer(page).getByLabel('Level at most')
    const notice = drawer(page).getByLabel('Notice')
    await level.selectOption({ label: '2 without-model' })
    await notice.selectOption({ label: 'Drafts take longer than usual today.' })
    await eventually(async () => ((await notice.inputValue()) === 'slow' ? true : null))
    await draft(page)
    expect(await draftText(page)).toBe('Hi Mara Lindqvist, thank you for writing.')
    await page.locator('.draft .evenkeel-notice').getByText('Drafts take longer than usual today.').waitFor()

    await drawer(page).getByLabel('Feature').selectOption({ label: 'Sort by AI' })
    expect(await level.inputValue()).toBe('full')
    // By keyboard: the open drawer lies over the button.
    await page.getByRole('button', { name: 'Sort by AI', exact: true }).press('Enter')
    await page.getByText('Sorted by AI. You can change each field.').waitFor()

    await drawer(page).getByLabel('Feature').selectOption({ label: 'Draft a reply' })
    await level.selectOption({ label: '5 full' })
    await notice.selectOption({ label: 'None' })
    await eventually(async () => ((await notice.inputValue()) === 'none' ? true : null))
    await draft(page)
    expect((await draftText(page)).length).toBeGreaterThan(80)
    expect(complaints).toEqual([])
  } finally {
    await close()
  }
})

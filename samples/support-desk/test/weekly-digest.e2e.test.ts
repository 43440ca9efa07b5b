import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from './axe.ts'
import { type DeskPage, launch, type OpenOptions, openDesk } from './browser.ts'
import { overflowing } from './overflowing.ts'
import { createWorkspace, eventually, ready, rows, type Started, start } from './product.ts'

let browser: Browser
let started: Started
let app: string
const workspace = createWorkspace()

beforeAll(async () => {
  started = start(workspace.path, { SIMULATED_SEED: '3', SIMULATED_SPEED: '3' })
  const [launched, addresses] = await Promise.all([launch(), ready(started)])
  browser = launched
  app = addresses.app
})

afterAll(async () => {
  await browser?.close()
  started.child.kill('SIGINT')
  await started.ended()
  workspace.remove()
})

async function onDesk(options: OpenOptions, act: (desk: DeskPage) => Promise<void>): Promise<void> {
  const desk = await openDesk(browser, app, options)
  try {
    await act(desk)
    expect(desk.complaints).toEqual([])
  } finally {
    await desk.close()
  }
}

const entry = (page: Page) => page.locator('.digest-entry')
const settled = (page: Page) => page.locator('.digest[data-phase="settled"]').waitFor()
const written = (page: Page) => page.locator('.digest-page').textContent()

async function recorded(runId: string | undefined) {
  return await eventually(
    () => rows(workspace.path, 'SELECT * FROM runs WHERE run_id = ?', runId ?? '')[0] ?? null,
  )
}

describe('the weekly digest', () => {
  it('tells its progress step by step, moves nothing above it, and ends as markdown', async () => {
    await onDesk({}, async ({ page, askedRuns }) => {
      await entry(page).click()
      await page.getByText('A page on what customers wrote about').waitFor()
      await page.getByRole('button', { name: 'Write the digest' }).click()
      const seen = await page.evaluate(async () => {
        const steps = new Set<string>()
        const places = new Set<string>()
        while (document.querySelector('.digest')?.getAttribute('data-phase') !== 'settled') {
          await new Promise(requestAnimationFrame)
          const current = document.querySelector('.digest-steps [aria-current]')
          if (current !== null) steps.add(current.textContent ?? '')
          places.add(
            ['.digest-status', '.digest-page', '.pane-title']
              .map((selector) => document.querySelector(selector)?.getBoundingClientRect().top)
              .join(),
          )
        }
        return { steps: [...steps], places: places.size }
      })
      expect(seen.steps).toContain('Group by topic')
      expect(seen.steps.filter((step) => step.startsWith('Read tickets')).length).toBeGreaterThan(3)
      expect(seen.steps.at(-1)).toBe('Write')
      expect(seen.places).toBe(1)
      expect(await page.locator('.digest-page h2').allTextContents()).toContain('Billing')
      expect(await recorded(askedRuns[0])).toMatchObject({
        feature: 'weekly-digest',
        interaction: 'asynchronous',
        outcome: 'answered',
        route: '/digest',
      })
    })
  })

  it('goes on while tickets are read, and its entry says so', async () => {
    await onDesk({}, async ({ page, askedRuns }) => {
      await entry(page).click()
      await page.getByRole('button', { name: 'Write the digest' }).click()
      await entry(page).getByText('Writing').waitFor()
      await page.getByRole('button', { name: /^Priya Raman/ }).click()
      await page.getByRole('heading', { name: /^Sign-in/ }).waitFor()
      await entry(page).getByText('now').waitFor({ timeout: 20_000 })
      await entry(page).click()
      await settled(page)
      expect(await written(page)).toContain('What to look at first')
      expect((await recorded(askedRuns[0])).outcome).toBe('answered')
      expect(askedRuns).toHaveLength(1)
    })
  })

  it('is kept: a page that is loaded anew shows it, and says when it was written', async () => {
    await onDesk({}, async ({ page }) => {
      await entry(page).click()
      await page.getByRole('button', { name: 'Write the digest' }).click()
      await settled(page)
      await page.reload()
      await page.getByText('Written now').waitFor()
      expect(await page.locator('.digest-kept-page h2').allTextContents()).toContain('Billing')
      expect(await violations(page)).toEqual([])
    })
  })

  it('goes on after a reload, as the same run, without asking the model again', async () => {
    await onDesk({ extraHTTPHeaders: { 'x-simulated-speed': '1' } }, async ({ page, askedRuns }) => {
      await entry(page).click()
      await page.getByRole('button', { name: 'Write the digest' }).click()
      await page.locator('.digest[data-phase="streaming"] h2').first().waitFor({ timeout: 20_000 })
      await page.reload()
      await settled(page)
      expect(await written(page)).toContain('What to look at first')
      expect(new Set(askedRuns).size).toBe(1)
    })
  })

  it('shows the counts where the server is down, and says so', async () => {
    await onDesk({ extraHTTPHeaders: { 'x-weather': 'down' } }, async ({ page, askedRuns }) => {
      await entry(page).click()
      await page.getByRole('button', { name: 'Write the digest' }).click()
      await settled(page)
      await page.getByRole('table', { name: 'This week’s tickets, by topic' }).waitFor()
      await page.getByText('The digest did not come through. Here are the counts.').waitFor()
      expect(await recorded(askedRuns[0])).toMatchObject({ outcome: 'omitted', fallback_cause: 'failure' })
    })
  })

  it('comes shorter from the fast model where the provider of the first has failed', async () => {
    const options = { extraHTTPHeaders: { 'x-weather': 'status-500', 'x-weather-tiers': 'primary' } }
    await onDesk(options, async ({ page, askedRuns }) => {
      await entry(page).click()
      await page.getByRole('button', { name: 'Write the digest' }).click()
      await settled(page)
      expect(await written(page)).toContain('What to look at first')
      expect((await recorded(askedRuns[0])).outcome).toBe('degraded')
    })
  })

  it('is begun, stopped and left by keyboard', async () => {
    await onDesk({ extraHTTPHeaders: { 'x-simulated-speed': '0.5' } }, async ({ page, askedRuns }) => {
      await entry(page).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Write the digest' }).press('Enter')
      await eventually(() => (askedRuns.length === 1 ? true : null))
      await page.locator('.digest').getByRole('button', { name: 'Stop' }).press('Enter')
      await settled(page)
      expect((await recorded(askedRuns[0])).outcome).toBe('stopped')
    })
  })
})

describe.each([
  ['English', ''],
  ['Arabic', '?lang=ar'],
  ['German', '?lang=de'],
])('in %s', (_, search) => {
  it.each([
    ['wide', 1280],
    ['narrow', 390],
  ])('axe finds nothing, and nothing is wider than the %s screen', async (_name, width) => {
    const options: OpenOptions = { search, viewport: { width, height: 844 }, reducedMotion: 'reduce' }
    await onDesk(options, async ({ page }) => {
      await page.goto(`${app}/${search}#/digest`)
      await page.locator('.digest .pane-header .button').click()
      await settled(page)
      expect(await overflowing(page)).toEqual([])
      expect(await violations(page)).toEqual([])
    })
  })
})

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draft, draftText, launch, openDesk, settled } from './browser.ts'
import { createWorkspace, eventually, ready, rows, type Started, start } from './product.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

let browser: Browser
let started: Started
let app: string
const workspace = createWorkspace()

beforeAll(async () => {
  started = start(workspace.path)
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

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const isWithin = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height

const meets = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height

describe('the development overlay in the desk', () => {
  it.each([
    ['wide', 1280, ''],
    ['wide, from right to left', 1280, '?lang=ar'],
    ['narrow', 390, ''],
    ['narrow, from right to left', 390, '?lang=ar'],
  ])(
    'has its tab on the rail of the demonstration, where it covers nothing: %s',
    async (_, width, search) => {
      const desk = await openDesk(browser, app, { search, viewport: { width, height: 844 } })
      const { page } = desk
      await page.keyboard.press('Alt+Shift+E')
      await page.getByLabel('Force', { exact: true }).selectOption('provider')
      await page.getByRole('button', { name: 'Force', exact: true }).click()
      await page.keyboard.press('Escape')
      const tab = await page.getByRole('button', { name: 'Evenkeel 1 forced' }).boundingBox()
      const rail = await page.locator('.demo-rail').boundingBox()
      const label = await page.locator('.demo-rail > span').boundingBox()
      await desk.close()
      if (tab === null || rail === null || label === null) throw new Error('Something is not there.')
      expect(isWithin(tab, rail)).toBe(true)
      expect(meets(tab, label)).toBe(false)
    },
  )

  it('forces a failure of the primary model; the fast one answers, and the run is in no figure', async () => {
    const { page, complaints, askedRuns, close } = await openDesk(browser, app)
    try {
      await page.keyboard.press('Alt+Shift+E')
      const overlay = page.getByRole('complementary', { name: 'Evenkeel development overlay' })
      await overlay.getByLabel('Feature', { exact: true }).selectOption('draft-reply')
      await overlay.getByLabel('Force', { exact: true }).selectOption('provider')
      await overlay.getByLabel('Model step').selectOption('primary')
      await overlay.getByRole('button', { name: 'Force', exact: true }).click()
      await page.keyboard.press('Escape')
      await draft(page)

      await page.getByRole('button', { name: /^Evenkeel/ }).click()
      const row = overlay.getByRole('row', { name: /draft-reply/ })
      expect(await row.textContent()).toMatch(/forced.*primary: provider.*fast: answered/)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Bad draft' }).click()
      await page.getByRole('button', { name: 'Draft again' }).click()
      await eventually(() => (askedRuns.length === 2 ? true : null))
      await settled(page)
      expect(await draftText(page)).toMatch(/Lantern support$/)

      const runs = await eventually(() => {
        const found = rows(workspace.path, 'SELECT * FROM runs ORDER BY started_at_ms')
        return found.length >= 2 ? found : null
      })
      expect(runs.map(({ run_id, outcome, synthetic }) => [run_id, outcome, synthetic])).toEqual([
        [askedRuns[0], 'degraded', 1],
        [askedRuns[1], 'answered', 0],
      ])
      const attempts = rows(
        workspace.path,
        'SELECT tier, failure FROM attempts WHERE run_id = ? ORDER BY started_ms',
        String(runs[0]?.run_id),
      )
      expect(attempts.map(({ tier, failure }) => [tier, failure])).toEqual([
        ['primary', 'provider'],
        ['fast', null],
      ])
      const signals = await eventually(() => {
        const found = rows(workspace.path, "SELECT * FROM signals WHERE kind = 'thumbs'")
        return found.length > 0 ? found : null
      })
      expect(signals[0]).toMatchObject({ run_id: askedRuns[0], synthetic: 1 })
      expect(complaints).toEqual([])
    } finally {
      await close()
    }
  })

  it('shows each moment in the words of the desk', async () => {
    const { page, complaints, close } = await openDesk(browser, app)
    try {
      const overlay = page.getByRole('complementary', { name: 'Evenkeel development overlay' })
      for (const [moment, words] of [
        ['retry', 'The draft did not come through.'],
        ['omitted', 'No draft right now. Please write the reply yourself.'],
        ['template', 'No draft right now. This is the usual greeting.'],
        ['replaced', 'The draft broke off. This is the usual greeting instead.'],
      ] as const) {
        await page.keyboard.press('Alt+Shift+E')
        await overlay.getByLabel('Force', { exact: true }).selectOption(moment)
        await overlay.getByRole('button', { name: 'Force', exact: true }).click()
        await page.keyboard.press('Escape')
        const button = page.getByRole('button', { name: /^Draft a(gain| reply)$/ }).first()
        await button.evaluate((element: HTMLElement) => element.click())
        await page.locator('.draft .evenkeel-notice', { hasText: words }).waitFor({ timeout: 10_000 })
      }
      expect(complaints).toEqual([])
    } finally {
      await close()
    }
  })
})

describe('the pages as they are built for production', () => {
  it('hold nothing of the overlay', async () => {
    const outDir = mkdtempSync(join(tmpdir(), 'desk-'))
    const before = process.env.NODE_ENV
    try {
      // The tests' own would be taken for the build's.
      process.env.NODE_ENV = 'production'
      await build({
        root: ROOT,
        configFile: join(ROOT, 'vite.config.ts'),
        logLevel: 'error',
        build: { outDir },
      })
      const scripts = readdirSync(join(outDir, 'assets')).filter((name) => name.endsWith('.js'))
      const text = scripts.map((name) => readFileSync(join(outDir, 'assets', name), 'utf8')).join('\n')
      expect(text).toContain('draft-reply')
      for (const sign of ['evenkeel-overlay', 'KeyE', 'until cleared', 'Forced by the overlay'])
        expect(text).not.toContain(sign)
    } finally {
      process.env.NODE_ENV = before
      rmSync(outDir, { recursive: true, force: true })
    }
  })
})

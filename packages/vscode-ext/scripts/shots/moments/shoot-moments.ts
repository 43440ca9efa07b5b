import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { SHOT_MOMENTS, type ShotMoment } from './moments.ts'
import { contactSheet, type Shot } from './sheet.ts'
import { flip, stageOn } from './stage.ts'
import { VARIANTS, type Variant } from './variants.ts'

/**
 * Photographs each moment of the product in every variant, into `<to>/<moment>/<variant>-<theme>.png`, and
 * all of one moment into `<to>/<moment>.png`. Gives the moments that could not be reached.
 */
export async function shootMoments(
  browser: Browser,
  app: string,
  to: string,
  only: readonly string[],
): Promise<readonly string[]> {
  const missed: string[] = []
  for (const moment of SHOT_MOMENTS) {
    if (only.length > 0 && !only.includes(moment.name)) continue
    try {
      const shots = await shoot(browser, app, moment)
      await mkdir(join(to, moment.name), { recursive: true })
      for (const { name, png } of shots) await writeFile(join(to, moment.name, `${name}.png`), png)
      await writeFile(join(to, `${moment.name}.png`), await contactSheet(browser, moment.name, shots))
      console.log(`${moment.name}: ${shots.length} pictures`)
    } catch (error) {
      missed.push(moment.name)
      console.error(`${moment.name}: not reached. ${error instanceof Error ? error.message : error}`)
    }
  }
  return missed
}

async function shoot(browser: Browser, app: string, moment: ShotMoment): Promise<Shot[]> {
  const { before, during } = moment
  if (before !== undefined) await flip(app, before.feature, before.change)
  const opened = await Promise.all(VARIANTS.map((variant) => openVariant(browser, variant)))
  try {
    await Promise.all(opened.map(({ page, variant }) => moment.steps(stageOn(page, app, variant.search))))
    if (during !== undefined) await flip(app, during.feature, during.change)
    const shots: Shot[] = []
    for (const { page, variant } of opened) {
      await moment.end?.(stageOn(page, app, variant.search))
      for (const colorScheme of variant.themes) {
        await page.emulateMedia({ colorScheme })
        const png = await page.screenshot()
        shots.push({ name: `${variant.name}-${colorScheme}`, isWide: variant.isWide, png })
      }
    }
    return shots
  } finally {
    await Promise.all(opened.map(({ page }) => page.context().close()))
    for (const flipped of [before, during]) {
      if (flipped !== undefined) await flip(app, flipped.feature, flipped.back)
    }
  }
}

async function openVariant(browser: Browser, variant: Variant) {
  const context = await browser.newContext({ ...variant.context, colorScheme: 'light' })
  return { variant, page: await context.newPage() }
}

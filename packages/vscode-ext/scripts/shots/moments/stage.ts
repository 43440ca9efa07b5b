import type { Page } from 'playwright-core'
import type { Feature, Flip, Stage } from './moments.ts'

const ASK: Readonly<Record<Feature, string>> = {
  draft: '.draft > .button',
  labels: '.labels > .button',
  digest: '.digest .pane-header .button:not(.icon-button)',
}

/** The steps of a moment, on one page of the product. */
export function stageOn(page: Page, app: string, search: string): Stage {
  const weather = (name: string, speed = 1) =>
    page.setExtraHTTPHeaders({ 'x-weather': name, 'x-simulated-speed': String(speed) })
  return {
    page,
    weather,
    async open(place, name = 'calm', speed = 1) {
      await weather(name, speed)
      await page.goto(`${app}/${search}${place}`)
      await page.locator(place === '#/digest' ? ASK.digest : ASK.draft).waitFor()
      await page.evaluate(() => document.fonts.ready)
      // Before a moment that takes the network away.
      await page.evaluate(async () => {
        await Promise.all([...document.images].map((image) => image.decode()))
      })
    },
    ask: (feature) => page.locator(ASK[feature]).first().click(),
    settled: (feature) => page.locator(`.${feature}[data-phase="settled"]`).waitFor(),
    says: (feature, moment) =>
      page.locator(`.${feature} .evenkeel-notice[data-evenkeel-moment="${moment}"]`).waitFor(),
  }
}

/** Flips controls as an operator does. */
export async function flip(app: string, feature: string, change: Flip['change']): Promise<void> {
  const response = await fetch(`${app}/evenkeel/controls/${feature}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', origin: app },
    body: JSON.stringify({ ...change, reason: 'For a picture.' }),
  })
  if (!response.ok) throw new Error(`The flip was refused: ${response.status} ${await response.text()}`)
}

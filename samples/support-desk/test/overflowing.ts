import type { Page } from 'playwright-core'

/** What is wider than the place it has: the page, or one of its panes, which would hide a part of it. */
export async function overflowing(page: Page): Promise<string[]> {
  return await page.evaluate(() =>
    ['html', '.pane', '.side', '.pane-header', '.digest-page', '.draft', '.labels'].filter((selector) => {
      const place = document.querySelector(selector)
      return place !== null && place.clientWidth > 0 && place.scrollWidth > place.clientWidth
    }),
  )
}

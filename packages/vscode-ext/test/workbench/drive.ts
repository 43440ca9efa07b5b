import type { Page } from 'playwright-core'

/** Whether a text is on the window's screen, in a webview or outside of one. */
export async function sees(page: Page, text: string): Promise<boolean> {
  const counts = await Promise.all(
    page.frames().map((frame) =>
      frame
        .getByText(text)
        .count()
        .catch(() => 0),
    ),
  )
  return counts.some((count) => count > 0)
}

/** Opens the side bar's views as a click on the extension's own icon does. */
export async function openViews(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Evenkeel', exact: true }).first().click()
}

/** Opens a run as a person does who was sent its id. */
export async function openRunById(page: Page, runId: string): Promise<void> {
  await runCommand(page, 'Evenkeel: Open run…')
  await page.locator('.quick-input-widget', { hasText: 'Its id' }).waitFor()
  await page.locator('.quick-input-widget input').fill(runId)
  await page.keyboard.press('Enter')
}

/** Reloads the window by its own command, which keeps what is open, as a closed tab of a browser may not. */
export async function reload(page: Page): Promise<void> {
  const loaded = page.waitForEvent('load')
  await runCommand(page, 'Developer: Reload Window')
  await loaded
  await page.locator('.monaco-workbench .part.activitybar').waitFor({ timeout: 60_000 })
}

async function runCommand(page: Page, name: string): Promise<void> {
  await page.keyboard.press('F1')
  await page.locator('.quick-input-widget input').fill(`>${name}`)
  await page
    .locator('.quick-input-list-entry', { hasText: name.split(': ')[1] ?? name })
    .first()
    .waitFor()
  await page.keyboard.press('Enter')
}

/** Waits for a text; false where it does not come. */
export async function waitsFor(page: Page, text: string, withinMs = 15_000): Promise<boolean> {
  const deadline = Date.now() + withinMs
  while (Date.now() < deadline) {
    if (await sees(page, text)) return true
    await page.waitForTimeout(100)
  }
  return false
}

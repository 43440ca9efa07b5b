import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draftText, launch, openDesk, settled } from './browser.ts'
import { createWorkspace, eventually, ready, rows, type Started, start } from './product.ts'

let browser: Browser
let started: Started
let app: string
const workspace = createWorkspace()

beforeAll(async () => {
  started = start(workspace.path, { SIMULATED_SEED: '3', LOG_REQUESTS: '1' })
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

/** What the server was asked of drafts, by its own log. */
const asked = () =>
  started
    .output()
    .stderr.split('\n')
    .filter((line) => line.includes('/api/ai/'))
    .map((line) => line.replace(/[0-9a-f]{32}/, '<answer>'))

/** Every text that the page ever showed, in order: a draft that went back or doubled would be among them. */
async function watchTexts(page: { evaluate: (work: () => void) => Promise<unknown> }): Promise<void> {
  await page.evaluate(() => {
    const seen: string[] = []
    Object.assign(window, { seenTexts: seen })
    new MutationObserver(() => {
      const text = document.querySelector('.draft .evenkeel-text')?.textContent ?? ''
      if (text !== '' && seen.at(-1) !== text) seen.push(text)
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}

describe('the connection is cut in the middle of a draft', () => {
  it('heals: the text goes on in place, the model is asked once, and the record says so', async () => {
    const whole = await openDesk(browser, app)
    await whole.page.getByRole('button', { name: 'Draft a reply' }).click()
    await settled(whole.page)
    const expected = await draftText(whole.page)
    await whole.close()
    expect(asked()).toEqual(['request POST /api/ai/draft-reply'])

    const { page, complaints, askedRuns, close } = await openDesk(browser, app, {
      extraHTTPHeaders: { 'x-simulated-cut': '30' },
    })
    await watchTexts(page)
    await page.getByRole('button', { name: 'Draft a reply' }).click()
    await settled(page)
    expect(await draftText(page)).toBe(expected)
    const seen = await page.evaluate(() => (window as unknown as { seenTexts: string[] }).seenTexts)
    // It came in steps; how many frames a busy machine draws is no matter here.
    expect(seen.length).toBeGreaterThan(3)
    for (const text of seen) expect(expected.startsWith(text)).toBe(true)
    for (const [index, text] of seen.slice(1).entries()) {
      expect(text.length).toBeGreaterThanOrEqual(seen[index]?.length ?? 0)
    }
    expect(await page.locator('.draft .evenkeel-notice').textContent()).not.toMatch(/broke off/)

    expect(asked().slice(1)).toEqual([
      'request POST /api/ai/draft-reply',
      'request GET /api/ai/resume/<answer>',
    ])
    const runId = askedRuns[0] ?? ''
    const run = await eventually(
      () => rows(workspace.path, 'SELECT * FROM runs WHERE run_id = ?', runId)[0] ?? null,
    )
    expect(run).toMatchObject({ outcome: 'answered', fallback_cause: null, answer_length: expected.length })
    expect(JSON.parse(String(run.record)).attempts).toMatchObject([
      { failure: null, resumes: 1, status: 200 },
    ])
    expect(complaints).toEqual([])
    await close()
  })

  it('tells the server when the user wants no more, so that no model writes for nobody', async () => {
    const { page, close } = await openDesk(browser, app)
    const before = asked().length
    await page.getByRole('button', { name: 'Draft a reply' }).click()
    await page.locator('.draft[data-phase="streaming"]').waitFor()
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await settled(page)
    await eventually(() => (asked().length === before + 2 ? true : null))
    expect(asked().slice(before)).toEqual([
      'request POST /api/ai/draft-reply',
      'request DELETE /api/ai/resume/<answer>',
    ])
    await close()
  })
})

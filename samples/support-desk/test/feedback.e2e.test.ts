import { encodeRunCode } from '@evenkeel/shared'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from './axe.ts'
import { type DeskPage, draft, launch, type OpenOptions, openDesk, settled } from './browser.ts'
import { overflowing } from './overflowing.ts'
import { createWorkspace, eventually, ready, rows, type Started, start } from './product.ts'
import { readOut } from './screen-reader.ts'
import { collisions, watchStillness } from './stillness.ts'

let browser: Browser
let started: Started
let app: string
const workspace = createWorkspace()

beforeAll(async () => {
  started = start(workspace.path, { SIMULATED_SEED: '3', SIMULATED_SPEED: '4' })
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

const QUIET: OpenOptions = { reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'] }
const NARROW = { viewport: { width: 320, height: 700 } }

async function onDesk(options: OpenOptions, act: (desk: DeskPage) => Promise<void>): Promise<void> {
  const desk = await openDesk(browser, app, { ...QUIET, ...options })
  try {
    await act(desk)
    expect(desk.complaints).toEqual([])
  } finally {
    await desk.close()
  }
}

const thumb = (page: Page, way: 'up' | 'down', place = '.draft') =>
  page.locator(`${place} .evenkeel-feedback .evenkeel-button`).nth(way === 'up' ? 0 : 1)
const reason = (page: Page, index: number) => page.locator('.draft .evenkeel-reasons button').nth(index)
const comment = (page: Page) => page.locator('.draft .evenkeel-feedback input')
const code = (page: Page, place = '.draft') => page.locator(`${place} .answer-code .evenkeel-button`)
const report = (page: Page) => page.locator('.draft .report')

interface SignalRow {
  readonly kind: string
  readonly value: number | null
  readonly reasons: string
  readonly comment: string | null
  readonly run_id: string
}

/** What the collector's store holds of these runs, once it holds that many. */
async function signalsOf(runs: readonly string[], count: number): Promise<readonly SignalRow[]> {
  const marks = runs.map(() => '?').join(', ')
  return await eventually(() => {
    const found = rows(
      workspace.path,
      `SELECT * FROM signals WHERE run_id IN (${marks}) ORDER BY at_ms`,
      ...runs,
    )
    return found.length >= count ? (found as unknown as SignalRow[]) : null
  })
}

describe('by keyboard alone', () => {
  it('gives a thumb, takes it back, names a reason, and says more; the store holds the last word', async () => {
    await onDesk({}, async ({ page, askedRuns }) => {
      await draft(page)
      const press = async (key: string, times = 1) => {
        for (let time = 0; time < times; time += 1) await page.keyboard.press(key)
      }
      await page.getByRole('button', { name: 'Use this draft' }).focus()
      // Past what puts it away, the code and the report, onto the first thumb: given, and taken back.
      await press('Tab', 4)
      await press('Space')
      expect(await thumb(page, 'up').getAttribute('aria-pressed')).toBe('true')
      await press('Space')
      expect(await thumb(page, 'up').getAttribute('aria-pressed')).toBe('false')
      expect(await comment(page).count()).toBe(0)

      await press('Tab')
      await press('Enter')
      await press('Tab', 4)
      await press('Space')
      expect(await reason(page, 1).getAttribute('aria-pressed')).toBe('true')
      await press('Tab', 4)
      await page.keyboard.type('Ask ada@example.com')
      await press('Enter')
      expect(await comment(page).inputValue()).toBe('')
      expect(await comment(page).getAttribute('placeholder')).toBe('Thank you.')
      // The key that sends a comment sends no reply.
      expect(await page.locator('.message-agent').filter({ hasText: 'Ask' }).count()).toBe(0)

      const thumbs = await eventually(async () => {
        const [row] = await signalsOf(askedRuns, 1)
        return row?.comment === null ? null : row
      })
      expect(thumbs).toMatchObject({
        kind: 'thumbs',
        value: -1,
        reasons: '["latency"]',
        comment: 'Ask [email]',
      })
    })
  })

  it('regenerates and dismisses without losing the focus', async () => {
    await onDesk({}, async ({ page, askedRuns }) => {
      await draft(page)
      const again = page.getByRole('button', { name: 'Draft again' })
      await again.focus()
      await page.keyboard.press('Enter')
      await eventually(() => (askedRuns.length === 2 ? true : null))
      await settled(page)
      expect(await again.evaluate((element) => element === document.activeElement)).toBe(true)
      await page.getByRole('button', { name: 'Put the draft away' }).focus()
      await page.keyboard.press('Enter')
      expect(await page.locator('.draft .evenkeel-answer').isVisible()).toBe(false)
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Draft a reply')
      expect(await page.locator('.draft-actions').textContent()).toBe('The draft is put away.')
      const signals = await signalsOf(askedRuns, 2)
      expect(signals.map(({ kind, run_id }) => [kind, run_id])).toEqual([
        ['regenerate', askedRuns[0]],
        ['dismiss', askedRuns[1]],
      ])
    })
  })
})

describe('the code of an answer', () => {
  it('is what its run’s id gives, and is copied; a report is recorded once', async () => {
    await onDesk({}, async ({ page, askedRuns }) => {
      await draft(page)
      const expected = encodeRunCode(askedRuns[0] ?? '')
      expect(await code(page).textContent()).toBe(expected)
      await code(page).click()
      await page.getByText('Copied.').waitFor()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(expected)
      await report(page).click()
      expect(await report(page).textContent()).toBe('Reported')
      await report(page).dispatchEvent('click')
      await thumb(page, 'up').click()
      const signals = await signalsOf(askedRuns, 2)
      expect(signals.map(({ kind }) => kind)).toEqual(['report', 'thumbs'])
    })
  })

  it('stays with a digest too', async () => {
    await onDesk({}, async ({ page, askedRuns }) => {
      await page.goto(`${app}/#/digest`)
      await page.getByRole('button', { name: 'Write the digest' }).click()
      await page.locator('.digest[data-phase="settled"]').waitFor({ timeout: 60_000 })
      expect(await code(page, '.digest').textContent()).toBe(encodeRunCode(askedRuns[0] ?? ''))
      await thumb(page, 'down', '.digest').click()
      await page.getByRole('textbox', { name: 'What would have been better?' }).waitFor()
      const [row] = await signalsOf(askedRuns, 1)
      expect(row).toMatchObject({ kind: 'thumbs', value: -1, feature: 'weekly-digest' })
    })
  })
})

describe('an edited draft', () => {
  it('is told by how far the reply is from it, with no word of either', async () => {
    await onDesk({}, async ({ page, askedRuns }) => {
      await draft(page)
      await page.getByRole('button', { name: 'Use this draft' }).click()
      const box = page.getByRole('textbox', { name: /^Your reply/ })
      const written = await box.inputValue()
      await box.fill(`Quokka ${written}`)
      // Asked for another one meanwhile: what is sent is of the first all the same.
      await page.getByRole('button', { name: 'Draft a reply' }).click()
      await eventually(() => (askedRuns.length === 2 ? true : null))
      await settled(page)
      // And another ticket read, while the reply waits.
      await page.getByRole('button', { name: /^Priya Raman/ }).click()
      await page.getByRole('heading', { name: /^Sign-in/ }).waitFor()
      await page.goBack()
      await page.getByRole('heading', { name: /^Charged twice/ }).waitFor()
      await page.getByRole('button', { name: 'Send reply' }).click()
      const signals = await signalsOf(askedRuns, 2)
      expect(signals.map(({ kind, run_id }) => [kind, run_id])).toEqual([
        ['accept', askedRuns[0]],
        ['edit', askedRuns[0]],
      ])
      expect(signals[1]?.value).toBeCloseTo(7 / (written.length + 7), 5)
      expect(JSON.stringify(rows(workspace.path, 'SELECT record FROM signals'))).not.toContain('Quokka')
    })
  })
})

/** All that stands in the two features and around them. */
const STANDING = [
  '.draft button, .draft input, .draft select, .draft .evenkeel-notice, .draft .evenkeel-answer',
  '.labels button, .labels select, .labels .evenkeel-notice, .conversation, .reply-text, .reply-foot',
].join(', ')

describe.each([
  ['wide', {}],
  ['at 320 px', NARROW],
  ['in Arabic', { search: '?lang=ar', ticket: '1039' }],
] as const)('nothing moves, %s', (_name, options) => {
  it('when thumbs, reasons, comment, code and report are pressed', async () => {
    await onDesk(options, async ({ page }) => {
      await page.locator('.labels > .button').click()
      await page.locator('.labels[data-phase="settled"]').waitFor()
      await page.locator('.draft > .button').click()
      await settled(page)
      await thumb(page, 'up', '.labels').waitFor()
      await thumb(page, 'up').scrollIntoViewIfNeeded()
      const stillness = await watchStillness(page, STANDING)
      expect(await stillness.moved()).toEqual([])
      await thumb(page, 'up').click()
      expect(await stillness.moved()).toEqual([])
      await thumb(page, 'down').click()
      expect(await stillness.moved()).toEqual([])
      await reason(page, 0).click()
      expect(await stillness.moved()).toEqual([])
      await comment(page).fill('Wrong sum')
      await comment(page).press('Enter')
      expect(await stillness.moved()).toEqual([])
      await code(page).click()
      expect(await stillness.moved()).toEqual([])
      await report(page).click()
      expect(await stillness.moved()).toEqual([])
      await thumb(page, 'down').click()
      expect(await stillness.moved()).toEqual([])
      await thumb(page, 'down', '.labels').dispatchEvent('click')
      expect(await stillness.moved()).toEqual([])
    })
  })
})

/** Rated down with a reason, a comment begun, copied and reported: everything that may be shown at once is. */
async function sayEverything(page: Page): Promise<void> {
  await page.locator('.labels > .button').click()
  await page.locator('.labels[data-phase="settled"]').waitFor()
  await thumb(page, 'down', '.labels').click()
  await page.locator('.draft > .button').click()
  await settled(page)
  await thumb(page, 'down').click()
  await reason(page, 0).click()
  await code(page).click()
  await report(page).click()
  await comment(page).fill('Wrong sum')
}

describe.each([
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['high contrast', { forcedColors: 'active' }],
  ['right to left', { search: '?lang=ar', ticket: '1039' }],
  ['at 320 px', NARROW],
  ['at 320 px in German', { ...NARROW, search: '?lang=de' }],
  ['at 320 px in Arabic, dark', { ...NARROW, search: '?lang=ar', ticket: '1039', colorScheme: 'dark' }],
] as const)('with everything said, %s', (_name, options) => {
  it('axe finds nothing, nothing runs out of its place, and nothing lies over anything else', async () => {
    await onDesk(options, async ({ page }) => {
      await sayEverything(page)
      expect(await violations(page)).toEqual([])
      expect(await overflowing(page)).toEqual([])
      expect(
        await collisions(
          page,
          '.draft button, .draft input, .draft .evenkeel-said, .labels button, .labels .evenkeel-said, .labels .evenkeel-notice',
        ),
      ).toEqual([])
    })
  })
})

it('where colours are the reader’s own, what is pressed is told by its ground and not by its edge alone', async () => {
  await onDesk({ forcedColors: 'active' }, async ({ page }) => {
    await sayEverything(page)
    const grounds = await page
      .locator('.draft .evenkeel-reasons button')
      .evaluateAll((chips) => chips.map((chip) => getComputedStyle(chip).backgroundColor))
    expect(grounds[0]).not.toBe(grounds[1])
    expect(new Set(grounds.slice(1)).size).toBe(1)
  })
})

it('a screen reader meets each part with its name and its state, in the order that the eye reads', async () => {
  await onDesk({}, async ({ page, askedRuns }) => {
    await draft(page)
    await thumb(page, 'down').click()
    await reason(page, 0).click()
    const said = await readOut(page, '.draft')
    const from = said.findIndex((phrase) => phrase.startsWith('button, Copy the code'))
    const copyCode = `button, Copy the code of this answer: ${encodeRunCode(askedRuns[0] ?? '')}`
    expect(said.slice(from)).toEqual([
      copyCode,
      encodeRunCode(askedRuns[0] ?? ''),
      `end of ${copyCode}`,
      'status',
      'button, Report',
      'group, Was this draft helpful?',
      'button, Good draft, not pressed',
      'button, Bad draft, pressed',
      'button, Draft again',
      'button, Copy the draft',
      'status',
      'Thank you.',
      'end of status',
      'group, What was wrong?',
      'button, Not true, pressed',
      'button, Too slow, not pressed',
      'button, Says too much, not pressed',
      'button, Misses the point, not pressed',
      'button, Something else, not pressed',
      'end of group, What was wrong?',
      'textbox, What would have been better?, placeholder What would have been better?',
      'button, Send',
      'status',
      'end of group, Was this draft helpful?',
      'end of region, Drafted reply',
    ])
  })
})

import { setTimeout as delay } from 'node:timers/promises'
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

async function onDesk(options: OpenOptions, act: (desk: DeskPage) => Promise<void>): Promise<void> {
  const desk = await openDesk(browser, app, options)
  try {
    await act(desk)
    expect(desk.complaints).toEqual([])
  } finally {
    await desk.close()
  }
}

const weather = (name: string): OpenOptions => ({ extraHTTPHeaders: { 'x-weather': name } })

async function sort(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sort by AI' }).click()
  await page.locator('.labels[data-phase="settled"]').waitFor()
}

const fields = (page: Page): Promise<(string | undefined)[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLSelectElement>('.labels select')].map(
      (select) => select.selectedOptions[0]?.textContent ?? undefined,
    ),
  )

const FRAME_MS = 16
/** Slower than the clock of the page by so much that a second of it is five of ours. */
const LOOK_EVERY_MS = 80

interface Look {
  readonly phase: string | null
  /** Of each field, whether it is filled in. */
  readonly set: string
  /** Where everything around the fields stands. */
  readonly places: string
}

const look = (page: Page): Promise<Look> =>
  page.evaluate(() => ({
    phase: document.querySelector('.labels')?.getAttribute('data-phase') ?? null,
    set: [...document.querySelectorAll('.labels .label-field')]
      .map((field) => field.getAttribute('data-set'))
      .join(' '),
    places: ['.label-field', '.labels .evenkeel-notice', '.conversation', '.reply']
      .map((selector) => JSON.stringify(document.querySelector(selector)?.getBoundingClientRect()))
      .join(),
  }))

const notice = (page: Page) => page.locator('.labels .evenkeel-notice').textContent()

async function recorded(runId: string | undefined) {
  return await eventually(
    () => rows(workspace.path, 'SELECT * FROM runs WHERE run_id = ?', runId ?? '')[0] ?? null,
  )
}

describe('sorting a ticket', () => {
  it('fills in the three fields, says by whom, and leaves a record with its own prompt', async () => {
    await onDesk({}, async ({ page, askedRuns }) => {
      expect(await fields(page)).toEqual(['Not set', 'Not set', 'Not set'])
      await sort(page)
      expect(await fields(page)).toEqual(['Billing', 'High', 'English'])
      expect(await notice(page)).toBe('Sorted by AI. You can change each field.')
      const run = await recorded(askedRuns[0])
      expect(run).toMatchObject({
        feature: 'classify-ticket',
        interaction: 'synchronous',
        outcome: 'answered',
        attempts: 1,
      })
      expect(run.prompt).toMatch(/^classify-ticket@1#/)
    })
  })

  it('fills in field after field while the model answers, and moves nothing', async () => {
    // The page's clock goes on by one frame for each look at it, so that the budget of a second is not the machine's.
    const stopped: OpenOptions = {
      extraHTTPHeaders: { 'x-simulated-speed': '0.3' },
      before: (page) => page.clock.install(),
    }
    await onDesk(stopped, async ({ page }) => {
      await page.clock.pauseAt(Date.now() + 60_000)
      await page.getByRole('button', { name: 'Sort by AI' }).click()
      const seen: Look[] = []
      for (let isOver = false; !isOver && seen.length < 300; isOver = seen.at(-1)?.phase === 'settled') {
        await delay(LOOK_EVERY_MS)
        await page.clock.runFor(FRAME_MS)
        seen.push(await look(page))
      }
      const sets = seen.map(({ set }) => set)
      expect(sets[0]).toBe('false false false')
      expect(sets).toContain('true false false')
      expect(sets.at(-1)).toBe('true true true')
      expect(await notice(page)).toBe('Sorted by AI. You can change each field.')
      expect(new Set(seen.map(({ places }) => places)).size).toBe(1)
    })
  })

  it('goes by keywords where the server is down, and says so', async () => {
    await onDesk(weather('down'), async ({ page, askedRuns }) => {
      await sort(page)
      expect(await fields(page)).toEqual(['Billing', 'Normal', 'English'])
      expect(await notice(page)).toBe('Sorted by keywords, not by AI. Please check.')
      expect(await recorded(askedRuns[0])).toMatchObject({ outcome: 'degraded', fallback_cause: 'failure' })
    })
  })

  it('goes by keywords where the model is late: nobody stares at it for longer than a second or so', async () => {
    await onDesk(
      { extraHTTPHeaders: { 'x-weather': 'slow', 'x-simulated-speed': '1' } },
      async ({ page, askedRuns }) => {
        await sort(page)
        expect(await fields(page)).toEqual(['Billing', 'Normal', 'English'])
        const run = await recorded(askedRuns[0])
        expect(run).toMatchObject({ outcome: 'degraded', fallback_cause: 'late' })
        expect(run.complete_ms).toBeLessThan(2_500)
      },
    )
  })

  it('goes by keywords where the answer is cut off in the middle of a field', async () => {
    await onDesk(weather('cut-off'), async ({ page, askedRuns }) => {
      await sort(page)
      expect(await fields(page)).toEqual(['Billing', 'Normal', 'English'])
      await recorded(askedRuns[0])
      const attempts = rows(
        workspace.path,
        'SELECT step, failure FROM attempts WHERE run_id = ? ORDER BY ordinal',
        askedRuns[0] ?? '',
      )
      expect(attempts.map(({ step, failure }) => [step, failure])).toEqual([
        ['model', 'truncated'],
        ['template', null],
      ])
    })
  })

  /** The failures of a run's attempts in order, `null` for the one that answered. */
  function failures(runId: string | undefined) {
    return rows(
      workspace.path,
      'SELECT step, failure FROM attempts WHERE run_id = ? ORDER BY ordinal',
      runId ?? '',
    ).map(({ step, failure }) => [step, failure])
  }

  it('is asked again where the form is wrong, once, and then is right', async () => {
    await onDesk(weather('schema-once'), async ({ page, askedRuns }) => {
      await sort(page)
      expect(await fields(page)).toEqual(['Billing', 'High', 'English'])
      await recorded(askedRuns[0])
      expect(failures(askedRuns[0])).toEqual([
        ['model', 'schema'],
        ['model', null],
      ])
    })
  })

  it.each([
    ['schema-always', 'schema'],
    ['slow-headers', 'timeout.complete'],
    ['stall', 'timeout.complete'],
    ['pings', 'timeout.complete'],
    ['reset', 'network'],
    ['malformed', 'truncated'],
    ['wrong-type', 'protocol'],
    ['empty-body', 'truncated'],
  ])('goes by keywords in the weather %s: %s', async (name, failure) => {
    await onDesk({ extraHTTPHeaders: { 'x-weather': name, 'x-simulated-speed': '2' } }, async (desk) => {
      await sort(desk.page)
      expect(await fields(desk.page)).toEqual(['Billing', 'Normal', 'English'])
      await recorded(desk.askedRuns[0])
      const all = failures(desk.askedRuns[0])
      expect([all[0], all.at(-1)]).toEqual([
        ['model', failure],
        ['template', null],
      ])
    })
  })

  it('leaves alone what a hand has set meanwhile, and takes a change for an edit', async () => {
    await onDesk({ extraHTTPHeaders: { 'x-simulated-speed': '0.8' } }, async ({ page, askedRuns }) => {
      await page.getByRole('button', { name: 'Sort by AI' }).click()
      await page.getByLabel('Urgency').selectOption({ label: 'Low' })
      await page.locator('.labels[data-phase="settled"]').waitFor()
      expect((await fields(page))[1]).toBe('Low')
      await page.getByLabel('Topic').selectOption({ label: 'Plan' })
      expect((await fields(page))[0]).toBe('Plan')
      const edit = await eventually(
        () =>
          rows(workspace.path, 'SELECT kind, value FROM signals WHERE run_id = ?', askedRuns[0] ?? '').find(
            ({ kind }) => kind === 'edit',
          ) ?? null,
      )
      // Two of the three fields are a hand's.
      expect(edit.value).toBeCloseTo(2 / 3, 5)
    })
  })

  it('keeps how a ticket is sorted while another one is read', async () => {
    await onDesk({}, async ({ page }) => {
      await sort(page)
      await page.getByRole('button', { name: /^Priya Raman/ }).click()
      await page.getByRole('heading', { name: /^Sign-in/ }).waitFor()
      expect(await fields(page)).toEqual(['Not set', 'Not set', 'Not set'])
      await page.goBack()
      await page.getByRole('heading', { name: /^Charged twice/ }).waitFor()
      expect(await fields(page)).toEqual(['Billing', 'High', 'English'])
    })
  })

  it('is done by keyboard alone, in the order that the eye reads', async () => {
    await onDesk({}, async ({ page }) => {
      await page.getByLabel('Topic').focus()
      await page.keyboard.type('Cal')
      expect((await fields(page))[0]).toBe('Calendar')
      for (const name of ['Urgency', 'Language']) {
        await page.keyboard.press('Tab')
        expect(await page.evaluate(() => document.activeElement?.id ?? '')).toBe(
          await page.getByLabel(name).getAttribute('id'),
        )
      }
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.locator('.labels[data-phase="settled"]').waitFor()
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
        'Sorted well',
      )
    })
  })
})

describe.each([
  ['English', ''],
  ['German', '?lang=de'],
  ['Arabic', '?lang=ar'],
])('in %s', (_, search) => {
  it.each([
    ['wide', 1280],
    ['narrow', 390],
  ])('axe finds nothing, and nothing is wider than the %s screen', async (_name, width) => {
    const options: OpenOptions = { search, viewport: { width, height: 844 }, reducedMotion: 'reduce' }
    await onDesk(options, async ({ page }) => {
      await page.locator('.labels > .button').click()
      await page.locator('.labels[data-phase="settled"]').waitFor()
      expect(await overflowing(page)).toEqual([])
      expect(await violations(page)).toEqual([])
    })
  })
})

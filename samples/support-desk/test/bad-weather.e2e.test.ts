import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskPage, draft, draftText, launch, type OpenOptions, openDesk, settled } from './browser.ts'
import { createWorkspace, eventually, ready, rows, type Started, start } from './product.ts'

const TEMPLATE = 'Hi Mara Lindqvist, thank you for writing.'
const ENDPOINT = '**/api/ai/draft-reply'

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

/** The run as the store has it, with its attempts in their order. */
async function recorded(runId: string | undefined) {
  const run = await eventually(
    () => rows(workspace.path, 'SELECT * FROM runs WHERE run_id = ?', runId ?? '')[0] ?? null,
  )
  const attempts = rows(
    workspace.path,
    'SELECT step, failure, status FROM attempts WHERE run_id = ? ORDER BY ordinal',
    runId ?? '',
  )
  return { run, attempts: attempts.map(({ step, failure, status }) => [step, failure, status]) }
}

const weather = (name: string): OpenOptions => ({ extraHTTPHeaders: { 'x-weather': name } })
const route = (act: (page: Page) => Promise<unknown>): OpenOptions => ({ before: act })

describe('whatever becomes of the answer, the user sees the template and the record says why', () => {
  it('the server answers 503', async () => {
    await onDesk(weather('down'), async ({ page, askedRuns }) => {
      await draft(page)
      expect(await draftText(page)).toBe(TEMPLATE)
      expect(await page.locator('.draft .evenkeel-notice').textContent()).toMatch(/usual greeting/)
      const { run, attempts } = await recorded(askedRuns[0])
      expect(run).toMatchObject({
        outcome: 'degraded',
        fallback_cause: 'failure',
        answer_length: TEMPLATE.length,
      })
      expect(attempts[0]).toEqual(['model', 'http.server', 503])
      expect(attempts.at(-1)).toEqual(['template', null, null])
    })
  })

  it('the body is cut off in the middle', async () => {
    await onDesk(weather('cut-off'), async ({ page, askedRuns }) => {
      await draft(page)
      expect(await draftText(page)).toBe(TEMPLATE)
      expect(await page.locator('.draft .evenkeel-notice').textContent()).toMatch(/broke off/)
      const { run, attempts } = await recorded(askedRuns[0])
      expect(run).toMatchObject({ outcome: 'degraded', fallback_cause: 'failure' })
      expect(attempts[0]).toEqual(['model', 'truncated', 200])
    })
  })

  it('the body is cut off while the user holds the text: it is not taken out of their hands', async () => {
    await onDesk(weather('cut-off'), async ({ page, askedRuns }) => {
      await page.setExtraHTTPHeaders({ 'x-weather': 'cut-off', 'x-simulated-speed': '0.4' })
      await page.getByRole('button', { name: 'Draft a reply' }).click()
      await page.locator('.draft[data-phase="streaming"]').waitFor()
      await page.evaluate(() => {
        const text = document.querySelector('.draft .evenkeel-text')
        if (text !== null) getSelection()?.selectAllChildren(text)
      })
      await settled(page)
      expect(await draftText(page)).toMatch(/^\w+ Mara,/)
      const { run, attempts } = await recorded(askedRuns[0])
      expect(run?.outcome).toBe('incomplete')
      expect(attempts[0]).toEqual(['model', 'truncated', 200])
    })
  })

  it('a proxy answers with an HTML page', async () => {
    const page = '<!doctype html><title>Sign in</title><h1>Please sign in to the network</h1>'
    const proxy = route((own) =>
      own.route(ENDPOINT, (request) =>
        request.fulfill({ status: 200, contentType: 'text/html', body: page }),
      ),
    )
    await onDesk(proxy, async ({ page, askedRuns }) => {
      await draft(page)
      expect(await draftText(page)).toBe(TEMPLATE)
      const { run, attempts } = await recorded(askedRuns[0])
      expect(run).toMatchObject({ outcome: 'degraded', fallback_cause: 'failure' })
      expect(attempts[0]).toEqual(['model', 'protocol', 200])
    })
  })

  it('the connection is refused', async () => {
    const refused = route((own) => own.route(ENDPOINT, (request) => request.abort('connectionrefused')))
    await onDesk(refused, async ({ page, askedRuns }) => {
      await draft(page)
      expect(await draftText(page)).toBe(TEMPLATE)
      const { run, attempts } = await recorded(askedRuns[0])
      expect(run).toMatchObject({ outcome: 'degraded', fallback_cause: 'failure' })
      expect(attempts[0]).toEqual(['model', 'network', null])
    })
  })

  it('slow: the user is told, the answer still comes, and the record holds the late first token', async () => {
    await onDesk(weather('slow'), async ({ page, askedRuns }) => {
      await page.setExtraHTTPHeaders({ 'x-weather': 'slow', 'x-simulated-speed': '1.5' })
      await page.getByRole('button', { name: 'Draft a reply' }).click()
      await page.getByText('takes longer than usual').waitFor()
      await settled(page)
      expect(await draftText(page)).toMatch(/Lantern support$/)
      const { run } = await recorded(askedRuns[0])
      expect(run?.first_token_ms).toBeGreaterThan(500)
      expect(run?.budget_first_token_ms).toBe(500)
    })
  })

  it('stop keeps what was written, and is no failure', async () => {
    await onDesk({}, async ({ page, askedRuns }) => {
      await page.setExtraHTTPHeaders({ 'x-simulated-speed': '0.5' })
      await page.getByRole('button', { name: 'Draft a reply' }).click()
      await page.locator('.draft[data-phase="streaming"]').waitFor()
      await page.getByRole('button', { name: 'Stop', exact: true }).click()
      await settled(page)
      expect(await draftText(page)).not.toBe('')
      const { run } = await recorded(askedRuns[0])
      expect(run?.outcome).toBe('stopped')
    })
  })
})

describe('the weather panel', () => {
  it('changes the weather on the server and says which is in force, by keyboard alone', async () => {
    await onDesk({}, async ({ page, askedRuns }) => {
      const rail = page.getByRole('button', { name: /^Weather:/ })
      await rail.focus()
      await page.keyboard.press('Enter')
      await expectFocus(page, 'radio', 'Calm')
      await page.keyboard.press('ArrowUp')
      await page.getByText('In force: down').waitFor()
      await page.keyboard.press('Escape')
      await eventually(async () =>
        (await rail.evaluate((element) => element === document.activeElement)) ? true : null,
      )
      expect(await rail.textContent()).toContain('down')
      expect(await (await fetch(`${app}/demo/weather`)).json()).toEqual({ weather: 'down', tiers: 'all' })

      await draft(page)
      expect(await draftText(page)).toBe(TEMPLATE)
      expect((await recorded(askedRuns[0])).attempts[0]).toEqual(['model', 'http.server', 503])

      await rail.click()
      // The server has the last word on what is checked, so this is no `check()`.
      await page.getByRole('radio', { name: /Calm/ }).click()
      await page.getByText('In force: calm').waitFor()
      await draft(page)
      await eventually(async () => ((await draftText(page)).endsWith('Lantern support') ? true : null))
    })
  })
})

async function expectFocus(page: Page, role: 'radio', name: string): Promise<void> {
  await eventually(async () => {
    const label = await page.evaluate(() => document.activeElement?.closest('label')?.textContent ?? '')
    const kind = await page.evaluate(() => document.activeElement?.getAttribute('type'))
    return kind === role && label.startsWith(name) ? true : null
  })
}

describe('the rest of the drawer', () => {
  /** What a draft meets in each weather that no test above has: the first failure, and who answers in the end. */
  const ALL_MODELS: readonly (readonly [string, string, string])[] = [
    ['reset-early', 'network', 'template'],
    ['status-400', 'http.client', 'template'],
    ['status-401', 'http.client', 'template'],
    ['status-404', 'http.client', 'template'],
    ['status-429', 'http.rate-limit', 'template'],
    ['retry-after', 'http.rate-limit', 'template'],
    ['status-500', 'http.server', 'template'],
    ['status-529', 'http.rate-limit', 'template'],
    ['html', 'protocol', 'template'],
    ['not-json', 'protocol', 'template'],
    ['oversized', 'protocol', 'template'],
    ['provider-error', 'provider', 'template'],
    ['refusal', 'refusal', 'template'],
    ['content-filter', 'refusal', 'template'],
    ['empty-answer', 'empty', 'template'],
  ]
  const FIRST_MODEL_ALONE: readonly (readonly [string, string])[] = [
    ['down', 'http.server'],
    ['status-429', 'http.rate-limit'],
    ['provider-error', 'provider'],
    ['empty-answer', 'empty'],
  ]

  it.each(ALL_MODELS)('%s: %s, and the %s answers', async (name, failure, step) => {
    await onDesk(weather(name), async ({ page, askedRuns }) => {
      await draft(page)
      expect(await draftText(page)).toBe(TEMPLATE)
      const { attempts } = await recorded(askedRuns[0])
      expect([attempts[0]?.[1], attempts.at(-1)?.[0]]).toEqual([failure, step])
    })
  })

  it.each(FIRST_MODEL_ALONE)(
    '%s of the first model alone: %s, and the fast one answers',
    async (name, failure) => {
      const options = { extraHTTPHeaders: { 'x-weather': name, 'x-weather-tiers': 'primary' } }
      await onDesk(options, async ({ page, askedRuns }) => {
        await draft(page)
        expect(await draftText(page)).toMatch(/^\w+ Mara,/)
        const { run, attempts } = await recorded(askedRuns[0])
        expect(attempts.map(([step, why]) => [step, why])).toEqual([
          ['model', failure],
          ['model', null],
        ])
        expect(run).toMatchObject({ outcome: 'degraded', fallback_cause: 'failure' })
      })
    },
  )

  it('an earlier draft for the same message is given again, with its age; another tone has none', async () => {
    await onDesk({}, async ({ page, askedRuns }) => {
      await draft(page)
      const earlier = await draftText(page)
      await page.setExtraHTTPHeaders({ 'x-weather': 'down' })
      await draft(page)
      expect(await draftText(page)).toBe(earlier)
      expect(await page.locator('.draft .evenkeel-notice').textContent()).toMatch(
        /^An earlier draft for this message, from /,
      )
      const { run, attempts } = await recorded(askedRuns[1])
      expect(run).toMatchObject({ outcome: 'degraded', fallback_cause: 'failure' })
      expect(attempts.at(-1)).toEqual(['cache', null, null])

      await page.getByLabel('Tone').selectOption({ label: 'Plain' })
      await draft(page)
      expect(await draftText(page)).toBe(TEMPLATE)
    })
  })

  it('reset in the middle: the draft is picked up where it was, and nobody sees it', async () => {
    await onDesk(weather('reset'), async ({ page, askedRuns }) => {
      await draft(page)
      expect(await draftText(page)).toMatch(/Lantern support$/)
      expect((await recorded(askedRuns[0])).run?.outcome).toBe('answered')
    })
  })

  it('is chosen by keyboard from a group that opens, with words on what it does', async () => {
    await onDesk({}, async ({ page }) => {
      await page.getByRole('button', { name: /^Weather:/ }).click()
      await page.locator('summary', { hasText: 'Status' }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('radio', { name: '500' }).focus()
      await page.keyboard.press('Space')
      await page.getByText('In force: 500. The server fails.').waitFor()
      await page.getByRole('radio', { name: 'The first model alone' }).click()
      await page.getByText('In force: 500, first model alone.').waitFor()
      expect(await (await fetch(`${app}/demo/weather`)).json()).toEqual({
        weather: 'status-500',
        tiers: 'primary',
      })
      await page.getByRole('radio', { name: /^Calm/ }).click()
      await page.getByRole('radio', { name: 'Every model' }).click()
      await page.getByText('In force: calm.').waitFor()
    })
  })
})

// Last: nothing answers after it.
describe('the server is gone altogether', () => {
  it('shows the template, and no exception', async () => {
    const desk = await openDesk(browser, app)
    const { page } = desk
    await draft(page)
    // Until here it has lived through all that weather.
    expect(started.child.exitCode).toBeNull()
    expect(started.output().stderr).toBe('')
    started.child.kill('SIGINT')
    await started.ended()

    await page.getByRole('button', { name: /^Priya Raman/ }).click()
    await page.getByRole('heading', { name: /^Sign-in/ }).waitFor()
    await draft(page)
    expect(await draftText(page)).toBe('Hi Priya Raman, thank you for writing.')
    // What Vite says of its lost connection is not the product's.
    expect(desk.complaints.filter((complaint) => !/\[vite\]|WebSocket/.test(complaint))).toEqual([])
    await desk.close()
  })
})

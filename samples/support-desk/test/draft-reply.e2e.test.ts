import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskPage, draft, draftText, launch, openDesk, settled } from './browser.ts'
import { firstText, watchFirstText } from './first-text.ts'
import { createWorkspace, eventually, ready, rows, type Started, start } from './product.ts'

const PROMPT = new URL('../prompts/draft-reply/3.prompt', import.meta.url)

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

describe('one answer, all the way', () => {
  let desk: DeskPage
  let first = ''
  let second = ''

  beforeAll(async () => {
    desk = await openDesk(browser, app, { before: watchFirstText })
  })
  afterAll(() => desk.close())

  it('shows text within one frame of the first chunk’s arrival', async () => {
    await draft(desk.page)
    const noted = await firstText(desk.page)
    expect(noted).not.toBeNull()
    expect(noted?.frames).toBeLessThanOrEqual(1)
    expect(noted?.words).toMatch(/^\w+/)
    first = await draftText(desk.page)
    expect(first).toMatch(/^\w+ Mara,\n\n[\s\S]*Lantern support$/)
  })

  it('takes a thumbs-down with a reason, and drafts again', async () => {
    const { page } = desk
    await page.getByRole('button', { name: 'Bad draft' }).click()
    await page.getByRole('button', { name: 'Misses the point' }).click()
    await page.getByRole('button', { name: 'Draft again' }).click()
    await eventually(() => (desk.askedRuns.length === 2 ? true : null))
    await settled(page)
    second = await draftText(page)
    expect(second).toMatch(/Lantern support$/)
  })

  it('puts the draft into the reply, where it can be edited and sent', async () => {
    const { page } = desk
    await page.getByRole('button', { name: 'Use this draft' }).click()
    const box = page.getByRole('textbox', { name: /^Your reply/ })
    expect(await box.inputValue()).toBe(second)
    await box.press('End')
    await page.getByRole('button', { name: 'Send reply' }).click()
    expect(await page.locator('.message').last().textContent()).toContain('Lantern support')
    expect(await box.inputValue()).toBe('')
  })

  it('leaves exactly two runs in the store, one trace each, with triple and environment', async () => {
    const runs = await eventually(() => {
      const found = rows(workspace.path, 'SELECT * FROM runs ORDER BY started_at_ms')
      return found.length >= 2 ? found : null
    })
    expect(runs.map(({ run_id }) => run_id)).toEqual(desk.askedRuns)
    expect(new Set(runs.map(({ run_id }) => run_id)).size).toBe(2)
    // Nothing was left over: no span of these traces without its run, and no third trace.
    expect(rows(workspace.path, 'SELECT * FROM spans')).toEqual([])

    const hash = createHash('sha256').update(readFileSync(PROMPT)).digest('hex')
    for (const run of runs) {
      expect(run).toMatchObject({
        feature: 'draft-reply',
        interaction: 'progressive',
        environment: 'end-to-end',
        service: 'support-desk',
        outcome: 'answered',
        fallback_cause: null,
        attempts: 1,
        prompt: `draft-reply@3#${hash}`,
        response_model: 'simulated-1',
        route: '/tickets/:id',
        synthetic: 0,
        weight: 1,
      })
      expect(run.first_token_ms).toBeGreaterThan(150)
      expect(run.complete_ms).toBeGreaterThan(Number(run.first_token_ms))
      expect(run.output_tokens).toBeGreaterThan(30)
    }
    expect(runs.map(({ answer_length }) => answer_length)).toEqual([first.length, second.length])
  })

  it('measured each attempt and the stages that the server named', async () => {
    const attempts = rows(
      workspace.path,
      `SELECT attempts.*, json_extract(runs.record, '$.attempts[0].stages.prompt') AS prompt_stage_ms,
        json_extract(runs.record, '$.attempts[0].stages.model') AS model_stage_ms
        FROM attempts JOIN runs USING (run_id)`,
    )
    expect(attempts).toHaveLength(2)
    for (const attempt of attempts) {
      expect(attempt).toMatchObject({
        step: 'model',
        tier: 'primary',
        status: 200,
        failure: null,
        verified: 1,
      })
      expect(attempt.protocol).toBe('ai-sdk')
      expect(attempt.prompt_stage_ms).toBeGreaterThan(0)
      expect(attempt.model_stage_ms).toBeGreaterThan(Number(attempt.first_token_ms) / 2)
    }
  })

  it('holds the signals on the right run', async () => {
    const signals = await eventually(() => {
      const found = rows(workspace.path, 'SELECT * FROM signals ORDER BY at_ms')
      return found.some(({ kind }) => kind === 'edit') && found.length >= 4 ? found : null
    })
    const [rated, followed] = desk.askedRuns
    expect(signals.map(({ kind, run_id }) => [kind, run_id])).toEqual([
      ['thumbs', rated],
      ['regenerate', rated],
      ['accept', followed],
      ['edit', followed],
    ])
    expect(signals[0]).toMatchObject({
      value: -1,
      reasons: '["retrieval-miss"]',
      environment: 'end-to-end',
      response_model: 'simulated-1',
      comment: null,
    })
    expect(signals[1]).toMatchObject({ replaced_by: followed, ordinal: 1 })
    const thumbs = rows(workspace.path, 'SELECT thumbs, regenerated FROM runs ORDER BY started_at_ms')
    expect(thumbs.map((row) => ({ ...row }))).toEqual([
      { thumbs: -1, regenerated: 1 },
      { thumbs: null, regenerated: 0 },
    ])
  })

  it('kept no word of the customer or of the draft', () => {
    const kept = JSON.stringify([
      rows(workspace.path, 'SELECT record FROM runs'),
      rows(workspace.path, 'SELECT record FROM signals'),
    ])
    for (const word of ['Mara', 'mara@example.com', 'bookkeeper', 'Lantern support', 'payments']) {
      expect(kept).not.toContain(word)
    }
  })

  it('met no exception on the way', () => {
    expect(desk.complaints).toEqual([])
  })
})

describe('what the level offers', () => {
  it('a tone changes the draft at the full level, and is not offered below it', async () => {
    const desk = await openDesk(browser, app, { extraHTTPHeaders: { 'x-simulated-seed': '3' } })
    const { page } = desk
    await draft(page)
    const warm = await draftText(page)
    await page.getByLabel('Tone').selectOption({ label: 'Brief' })
    await draft(page)
    expect((await draftText(page)).length).toBeLessThan(warm.length / 1.5)

    const flip = (level: number) =>
      fetch(`${app}/evenkeel/controls/draft-reply`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ 'max-level': level, reason: 'Tried out in a test.' }),
      })
    await flip(3)
    await page.locator('.draft-tone[data-offered="false"]').waitFor({ state: 'attached' })
    expect(await page.getByLabel('Tone').isVisible()).toBe(false)
    await flip(1)
    await eventually(async () => {
      await draft(page)
      return (await page.getByRole('button', { name: 'We are looking into it' }).isVisible()) ? true : null
    })
    await page.getByRole('button', { name: 'We are looking into it' }).click()
    expect(await page.getByRole('textbox', { name: /^Your reply/ }).inputValue()).toContain('today')
    await flip(5)
    await page.locator('.draft-tone[data-offered="true"]').waitFor()
    expect(desk.complaints).toEqual([])
    await desk.close()
  })
})

describe('the endpoint', () => {
  it('streams the UI message stream to a plain fetch, ending in [DONE]', async () => {
    const response = await fetch(`${app}/api/ai/draft-reply`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        input: { customer: 'Example Ltd', subject: 'Invoice', body: 'I was charged twice.' },
      }),
    })
    expect(response.headers.get('x-vercel-ai-ui-message-stream')).toBe('v1')
    expect((await response.text()).trim()).toMatch(/data: \[DONE\]$/)
  })
})

describe('the server', () => {
  it('had nothing to complain of, and still runs', () => {
    expect(started.output().stderr).toBe('')
    expect(started.child.exitCode).toBeNull()
  })
})

import { defineFeature } from '@evenkeel/shared'
import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { EvenkeelOverlay, mountOverlay } from '../overlay.ts'
import { answerReply } from '../testing/replies.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { installedStore } from './installed-store.ts'

const URL = '/api/ai/draft-reply'
const draftReply = defineFeature<string>({
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [
    { step: 'model', url: URL },
    { step: 'model', url: URL, tier: 'fast' },
    { step: 'template', render: (name) => `Hi ${name}.` },
    { step: 'omit' },
  ],
})

let remove = () => {}

beforeEach(() => {
  remove = mountOverlay()
})
afterEach(() => {
  remove()
  installedStore.clear()
  installedStore.forgetRuns()
})

const host = () => document.querySelector('evenkeel-overlay')
const drawer = () => page.getByRole('complementary', { name: 'Evenkeel development overlay' })
const tab = () => page.getByRole('button', { name: /^Evenkeel/ })

/** One run of the feature, with what is forced on it; its record is then in the overlay. */
async function oneRun() {
  const { engine, server, clock } = createTestEngine({ sandbox: false, telemetry: false })
  server.on(URL, answerReply(['An ', 'answer'], { everyMs: 700 }))
  const run = engine.createRun(draftReply)
  run.start('Jo')
  await clock.advance(20_000)
  return run
}

async function force(what: string, until = 'the next run'): Promise<void> {
  await userEvent.selectOptions(page.getByLabelText('Force', { exact: true }).element(), what)
  await page.getByRole('radio', { name: until }).click()
  await page.getByRole('button', { name: 'Force', exact: true }).click()
}

describe('the tab', () => {
  it('is all there is to see until somebody opens the drawer, and gets the focus back', async () => {
    await expect.element(tab()).toBeVisible()
    await expect.element(drawer()).not.toBeInTheDocument()
    await tab().click()
    await expect.element(drawer()).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.element(tab()).toBeVisible()
    expect(host()?.shadowRoot?.activeElement).toBe(tab().element())
  })

  it('opens and closes by its shortcut, from anywhere', async () => {
    await userEvent.keyboard('{Alt>}{Shift>}e{/Shift}{/Alt}')
    await expect.element(drawer()).toBeVisible()
    await userEvent.keyboard('{Alt>}{Shift>}e{/Shift}{/Alt}')
    await expect.element(tab()).toBeVisible()
  })

  it('is placed by the page where that has a better place for it', async () => {
    const style = document.createElement('style')
    style.textContent = 'evenkeel-overlay::part(tab) { inset: auto 0 40px auto }'
    document.head.append(style)
    await expect.element(tab()).toBeVisible()
    const { right, bottom } = tab().element().getBoundingClientRect()
    style.remove()
    expect([innerWidth - right, innerHeight - bottom]).toEqual([0, 40])
  })

  it('says how much is forced while the drawer is closed', async () => {
    installedStore.force(null, { kind: 'level', level: 3 }, 'cleared')
    await expect.element(tab()).toMatchTextContent('1 forced')
  })
})

describe('the table of runs', () => {
  it('says what it is for while there is none', async () => {
    await tab().click()
    await expect.element(drawer()).toMatchTextContent('No run has settled yet.')
  })

  it('tells a run in one row, and its attempts once it is opened', async () => {
    await oneRun()
    await tab().click()
    const row = page.getByRole('row', { name: /draft-reply/ })
    await expect.element(row).toMatchTextContent('answered')
    await expect.element(row).toMatchTextContent('over the budget 700 ms / 500 ms')
    await expect.element(row).toMatchTextContent('1.4 s / 5.0 s')
    await expect.element(row).toMatchTextContent('5 local')
    await expect.element(row).toMatchTextContent('disclosure')
    await page.getByRole('button', { name: 'draft-reply' }).click()
    const details = page.getByRole('row').last()
    await expect.element(details).toMatchTextContent('primary: answered 0 ms to 1.4 s')
    await expect.element(details).toMatchTextContent('HTTP 200 · ai-sdk')
    await expect.element(details).toMatchTextContent('waiting at 0 ms')
  })

  it('has a bar for each attempt at its place in time, the failed ones hatched', async () => {
    installedStore.force(null, { kind: 'failure', failure: 'provider', tier: 'primary' }, 'next-run')
    await oneRun()
    await tab().click()
    await page.getByRole('button', { name: 'draft-reply' }).click()
    await expect.element(page.getByRole('row').last()).toMatchTextContent('fast: answered')
    const bars = [...(host()?.shadowRoot?.querySelectorAll<HTMLElement>('.bar') ?? [])]
    expect(bars.map(({ dataset }) => dataset.failed)).toEqual(['true', 'false'])
    const [first, second] = bars.map((bar) => bar.getBoundingClientRect())
    expect(second?.left).toBeGreaterThanOrEqual((first?.right ?? Number.NaN) - 4)
    expect(second?.width).toBeGreaterThan(4 * (first?.width ?? Number.NaN))
  })
})

describe('forcing', () => {
  it('a failure of one step for the next run, which is marked and then no longer forced', async () => {
    await oneRun()
    await tab().click()
    await userEvent.selectOptions(page.getByLabelText('Feature', { exact: true }).element(), 'draft-reply')
    await userEvent.selectOptions(page.getByLabelText('Model step').element(), 'primary')
    await force('provider')
    await expect.element(drawer()).toMatchTextContent('provider on primary draft-reply, next run')
    await oneRun()
    const row = page.getByRole('row', { name: /draft-reply forced/ })
    await expect.element(row).toMatchTextContent('primary: providerfast: answered')
    await expect.element(drawer()).toMatchTextContent('Nothing is forced.')
    expect(installedStore.state.runs[0]?.record.synthetic).toBe(true)
  })

  it('a moment until it is cleared', async () => {
    await oneRun()
    await tab().click()
    await force('refused', 'every run, until cleared')
    expect((await oneRun()).state.moment).toBe('refused')
    expect((await oneRun()).state.moment).toBe('refused')
    await page.getByRole('button', { name: 'Clear moment refused' }).click()
    expect((await oneRun()).state.moment).toBe('disclosure')
  })

  it('says what cannot be forced on a feature, and why', async () => {
    await oneRun()
    await tab().click()
    await userEvent.selectOptions(page.getByLabelText('Feature', { exact: true }).element(), 'draft-reply')
    const option = page.getByRole('option', { name: 'schema (needs a schema)' })
    await expect.element(option).toBeDisabled()
  })
})

describe('the page around it', () => {
  it('keeps its styles to itself, and the overlay its own', async () => {
    const style = document.createElement('style')
    style.textContent = '* { font-size: 40px !important; color: red } button { display: none }'
    document.head.append(style)
    await tab().click()
    const heading = page.getByRole('heading', { name: 'Evenkeel' }).element()
    expect(getComputedStyle(heading).fontSize).toBe('13px')
    expect(getComputedStyle(document.body).fontSize).toBe('40px')
    style.remove()
  })

  it('does not hear what is typed in the drawer', async () => {
    let heard = 0
    const listener = () => {
      heard += 1
    }
    document.addEventListener('keydown', listener)
    await tab().click()
    page.getByLabelText('Feature', { exact: true }).element().focus()
    await userEvent.keyboard('k')
    expect(heard).toBe(0)
    document.removeEventListener('keydown', listener)
  })

  it('is left as it was when the overlay goes', async () => {
    remove()
    expect(host()).toBeNull()
    const screen = await render(<EvenkeelOverlay />)
    await expect.poll(host).not.toBeNull()
    screen.unmount()
    await expect.poll(host).toBeNull()
  })
})

describe('everybody', () => {
  it.each([
    ['light', 1_280, 'ltr'],
    ['dark', 1_280, 'rtl'],
    ['light', 360, 'ltr'],
    ['dark', 320, 'rtl'],
  ] as const)('can use it: %s, %i px, %s', async (scheme, width, direction) => {
    await page.viewport(width, 800)
    document.documentElement.style.colorScheme = scheme
    document.documentElement.dir = direction
    document.documentElement.lang = 'en'
    installedStore.force(null, { kind: 'failure', failure: 'provider', tier: 'primary' }, 'next-run')
    installedStore.force(null, { kind: 'level', level: 4 }, 'cleared')
    await oneRun()
    await tab().click()
    await page.getByRole('button', { name: 'draft-reply' }).click()
    await expect.element(page.getByRole('row').last()).toMatchTextContent('Moments')
    const { violations } = await axe.run(host() ?? document, {
      rules: { 'page-has-heading-one': { enabled: false }, region: { enabled: false } },
    })
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    for (const target of host()?.shadowRoot?.querySelectorAll('button:not([hidden]), select') ?? [])
      expect(target.getBoundingClientRect().height).toBeGreaterThanOrEqual(24)
    document.documentElement.removeAttribute('style')
    document.documentElement.dir = 'ltr'
    await page.viewport(414, 896)
  })
})

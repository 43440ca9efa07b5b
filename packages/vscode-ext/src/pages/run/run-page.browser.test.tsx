import '../theme.css'
import './run.css'
import './waterfall/waterfall.css'
import axe from 'axe-core'
import { StrictMode } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import type { RunAnswer } from '../../engine/contract.ts'
import { AskError } from '../host.ts'
import { createFakeHost, type FakeHost } from '../testing/fake-host.ts'
import { wearTheme } from '../testing/theme.ts'
import { createLongRun, createRunFixtures } from './fixtures.ts'
import { RunPage } from './run-page.tsx'

const SHOTS = '../../../../../.cache/shots/pages'
const fixtures = createRunFixtures(Date.now())

beforeEach(async () => {
  wearTheme('dark')
  await page.viewport(1_000, 800)
})
afterEach(() => cleanup())

function show(host: FakeHost, { run }: RunAnswer = fixtures.answered) {
  return render(
    <StrictMode>
      <RunPage host={host} runId={run.runId} retryDelayMs={1} />
    </StrictMode>,
  )
}

async function showRun(answer: RunAnswer) {
  const host = createFakeHost(answer)
  await show(host, answer)
  await expect.element(page.getByRole('heading', { level: 1, name: answer.run.feature })).toBeVisible()
  return host
}

async function expectNoFaults() {
  const { violations } = await axe.run(document)
  expect(violations.map(({ id }) => id)).toEqual([])
}

describe('while it asks', () => {
  it('shows the shape of what comes, then the run without a jump of its head', async () => {
    const host = createFakeHost(null)
    await show(host)
    await expect.element(page.getByRole('status', { name: 'Loading the run' })).toBeInTheDocument()
    expect(host.asked[0]).toEqual({
      path: '/v1/questions/run',
      query: { runId: fixtures.answered.run.runId },
    })
    await expectNoFaults()
    const bones = document.querySelector('.key-figures')?.getBoundingClientRect().top
    await page.screenshot({ path: `${SHOTS}/state-loading.png` })
    host.give(fixtures.answered)
    await expect.element(page.getByText('Answered')).toBeVisible()
    const figures = document.querySelector('.key-figures')?.getBoundingClientRect().top
    expect(Math.abs((figures ?? 0) - (bones ?? Number.NaN))).toBeLessThanOrEqual(4)
  })
})

describe('where the run is not known', () => {
  it('says why and what to do, and shows the run as soon as it comes', async () => {
    const host = createFakeHost(new AskError({ error: 'No such run.', hint: '' }, 404))
    await show(host)
    const alert = page.getByRole('alert')
    await expect.element(alert).toMatchTextContent(/This run is not in the store/)
    await expect.element(alert).toMatchTextContent(fixtures.answered.run.runId)
    await expectNoFaults()
    await page.screenshot({ path: `${SHOTS}/state-not-found.png` })
    const before = host.asked.length
    host.answer = fixtures.answered
    host.change({ features: ['another-feature'], runs: 1, signals: 0 })
    await expect.element(page.getByText('Answered')).toBeVisible()
    expect(host.asked.length).toBe(before + 1)
  })

  it('does not ask again by itself: a 404 stays one', async () => {
    const host = createFakeHost(new AskError({ error: 'No such run.', hint: '' }, 404))
    await show(host)
    await expect.element(page.getByRole('alert')).toBeVisible()
    const asked = host.asked.length
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(host.asked.length).toBe(asked)
  })
})

describe('where the question fails', () => {
  it('tries again, then says what happened and what to do; the button asks once more', async () => {
    const host = createFakeHost(
      new AskError({ error: 'The collector does not answer.', hint: 'Start it with npm start.' }),
    )
    await show(host)
    const alert = page.getByRole('alert')
    await expect.element(alert).toMatchTextContent(/The run could not be loaded/)
    await expect.element(alert).toMatchTextContent(/The collector does not answer\./)
    await expect.element(alert).toMatchTextContent(/Start it with npm start\./)
    expect(host.asked.length).toBeGreaterThanOrEqual(3)
    await expectNoFaults()
    await page.screenshot({ path: `${SHOTS}/state-error.png` })
    host.answer = fixtures.answered
    await userEvent.click(page.getByRole('button', { name: 'Try again' }))
    await expect.element(page.getByText('Answered')).toBeVisible()
  })

  it('keeps a run that it has, and says that it may be old', async () => {
    const host = await showRun(fixtures.answered)
    host.answer = new AskError({ error: 'The collector is gone.', hint: 'Reload the window.' })
    host.change({ features: ['draft-reply'], runs: 1, signals: 0 })
    await expect.element(page.getByText(/^This may be out of date/)).toBeVisible()
    await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('draft-reply')
    await expectNoFaults()
    await page.screenshot({ path: `${SHOTS}/state-stale.png` })
    host.answer = fixtures.answered
    await userEvent.click(page.getByRole('button', { name: 'Try again' }))
    await expect.element(page.getByText(/^This may be out of date/)).not.toBeInTheDocument()
  })
})

describe('live', () => {
  it('shows a signal that came in, and leaves other features alone', async () => {
    const { run, signals } = fixtures.degraded
    const host = await showRun({ run, signals: [] })
    await expect.element(page.getByText(/None yet/)).toBeVisible()
    const asked = host.asked.length
    host.change({ features: ['another-feature'], runs: 1, signals: 1 })
    expect(host.asked.length).toBe(asked)
    host.answer = { run, signals }
    host.change({ features: ['draft-reply'], runs: 0, signals: 2 })
    await expect.element(page.getByText('thumbs down')).toBeVisible()
    await expect.element(page.getByText('retrieval-miss')).toBeVisible()
    expect(host.asked.length).toBe(asked + 1)
  })

  it('asks again on a change that names no feature', async () => {
    const host = await showRun(fixtures.answered)
    const asked = host.asked.length
    host.change({ features: [], runs: 0, signals: 0 })
    await expect.poll(() => host.asked.length).toBe(asked + 1)
  })

  it('says how long an answer was there before it was accepted', async () => {
    const { run, signals } = fixtures.degraded
    const [first] = signals
    if (first === undefined) throw new Error('The run has no signal.')
    await showRun({ run, signals: [{ ...first, kind: 'accept', value: null, afterMs: 4_200 }] })
    await expect.element(page.getByText('accepted, 4.2 s after it was there')).toBeVisible()
  })

  it('keeps what is pinned, and the focus, through a change', async () => {
    const { run, signals } = fixtures.degraded
    const host = await showRun({ run, signals: [] })
    await userEvent.click(page.getByRole('button', { name: /^Attempt 1, retrieval:/ }))
    host.answer = { run, signals }
    host.change({ features: ['draft-reply'], runs: 0, signals: 2 })
    await expect.element(page.getByText('thumbs down')).toBeVisible()
    await expect.element(page.getByText('pinned', { exact: true })).toBeVisible()
    expect(document.activeElement?.getAttribute('data-mark')).toBe('attempt-1/1-retrieval')
  })
})

describe('what can be done', () => {
  it('copies the run id and the prompt, reveals the feature and opens the run that took the place', async () => {
    const host = await showRun(fixtures.degraded)
    await userEvent.click(page.getByRole('button', { name: 'Copy run id' }))
    await expect.element(page.getByText('Copied')).toBeInTheDocument()
    await userEvent.click(page.getByRole('button', { name: 'Copy prompt reference' }))
    expect(host.copied).toEqual([fixtures.degraded.run.runId, 'draft-reply@12#9f2c41d07ab8'])
    await userEvent.click(page.getByRole('button', { name: 'Show in code' }))
    expect(host.revealed).toEqual(['draft-reply'])
    await userEvent.click(page.getByRole('button', { name: 'Open the run that took its place' }))
    expect(host.opened).toEqual([fixtures.answered.run.runId])
  })

  it('offers no code where there is no editor', async () => {
    const { revealFeature: _, ...host } = createFakeHost(fixtures.answered)
    await render(<RunPage host={host} runId={fixtures.answered.run.runId} />)
    await expect.element(page.getByText('Answered')).toBeVisible()
    expect(page.getByRole('button', { name: 'Show in code' }).query()).toBeNull()
  })

  it('says unknown for what nobody said, never nothing and never zero', async () => {
    await showRun(fixtures.omitted)
    const said = (name: string) =>
      [...document.querySelectorAll('.fact')]
        .filter((fact) => fact.querySelector('dt')?.textContent === name)
        .map((fact) => fact.querySelector('dd')?.textContent)
    for (const name of [
      'Prompt',
      'Model answering',
      'Tokens out',
      'Cold start',
      'Build',
      'Intent',
      'Connection',
    ]) {
      expect(said(name).length, name).toBeGreaterThan(0)
      expect(new Set(said(name)), name).toEqual(new Set(['unknown']))
    }
    for (const value of document.querySelectorAll('dd')) expect(value.textContent).not.toBe('')
  })

  it('marks a synthetic run, and no other', async () => {
    await showRun(fixtures.hedged)
    await expect.element(page.getByText('synthetic', { exact: true })).toBeVisible()
    await cleanup()
    await showRun(fixtures.answered)
    expect(page.getByText('synthetic', { exact: true }).query()).toBeNull()
  })
})

describe('the waterfall', () => {
  const figures = page.getByRole('region', { name: 'Exact figures' })
  const inFocus = () => document.activeElement?.getAttribute('data-mark')

  it('is one stop of the tab key and is walked by arrows; Enter pins, Escape lets go', async () => {
    await showRun(fixtures.degraded)
    for (let tab = 0; tab < 12 && inFocus() == null; tab += 1) await userEvent.tab()
    expect(inFocus()).toBe('attempt-1/whole')
    await userEvent.keyboard('{ArrowRight}{ArrowRight}')
    expect(inFocus()).toBe('attempt-1/1-retrieval')
    await expect.element(figures).toMatchTextContent(/took 140\.1 ms/)
    await userEvent.keyboard('{Enter}')
    await expect.element(figures).toMatchTextContent(/pinned/)
    await userEvent.keyboard('{ArrowDown}')
    expect(inFocus()).toMatch(/^attempt-2\//)
    await expect.element(figures).toMatchTextContent(/after the pinned/)
    await page.screenshot({ path: `${SHOTS}/waterfall-pinned.png` })
    await expectNoFaults()
    await userEvent.keyboard('{Escape}')
    await expect.element(figures).not.toMatchTextContent(/pinned/)
    await userEvent.keyboard('{ArrowUp}{ArrowUp}{Home}')
    expect(inFocus()).toBe('first-token-budget')
    await userEvent.tab()
    expect(document.querySelector('[data-walk]')?.contains(document.activeElement)).toBe(false)
    await userEvent.tab({ shift: true })
    expect(inFocus()).toBe('first-token-budget')
  })

  it('shows exact figures on hover without moving anything', async () => {
    await showRun(fixtures.answered)
    const readout = () => document.querySelector('.readout')?.getBoundingClientRect().height
    const before = readout()
    await userEvent.hover(page.getByRole('button', { name: /^Attempt 1, First token:/ }))
    await expect.element(figures).toMatchTextContent(/at 412\.633 ms/)
    expect(readout()).toBe(before)
    await userEvent.unhover(page.getByRole('button', { name: /^Attempt 1, First token:/ }))
    await expect.element(page.getByText(/^Point at a bar/)).toBeVisible()
  })

  it('keeps the axis in sight while fifty rows scroll', async () => {
    await showRun(createLongRun(Date.now()))
    const scroll = document.querySelector('.waterfall-scroll')
    const axisTop = () => document.querySelector('.axis')?.getBoundingClientRect().top
    const before = axisTop()
    scroll?.scrollTo(0, 900)
    await new Promise((resolve) => requestAnimationFrame(resolve))
    expect(scroll?.scrollTop).toBe(900)
    expect(axisTop()).toBe(before)
  })

  it('does not hide a row that the keyboard reached behind the axis', async () => {
    await showRun(createLongRun(Date.now()))
    const scroll = document.querySelector('.waterfall-scroll')
    scroll?.scrollTo(0, 900)
    document.querySelector<HTMLElement>('[data-mark="attempt-30/whole"]')?.focus()
    for (let row = 30; row > 5; row -= 1) await userEvent.keyboard('{ArrowUp}')
    const axisBottom = document.querySelector('.axis')?.getBoundingClientRect().bottom ?? Number.NaN
    expect(inFocus()).toBe('attempt-5/whole')
    expect(document.activeElement?.getBoundingClientRect().top).toBeGreaterThanOrEqual(axisBottom)
  })

  it('draws each mark at its place in time, through lines and axis alike', async () => {
    await showRun(fixtures.degraded)
    const plot = document.querySelector('.bar')?.getBoundingClientRect() ?? new DOMRect()
    const middle = (selector: string) => {
      const { left, right } = document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect()
      return ((left + right) / 2 - plot.left) / plot.width
    }
    const domainMs = fixtures.degraded.run.settledMs * 1.04
    expect(middle('.rows .through-line[data-line="first-token-budget"]')).toBeCloseTo(500 / domainMs, 2)
    expect(middle('.axis .through-line[data-line="first-token-budget"]')).toBeCloseTo(500 / domainMs, 2)
    expect(middle('.rows .through-line[data-line="settled"]')).toBeCloseTo(1 / 1.04, 2)
  })

  it('can be read as a table of the same marks', async () => {
    await showRun(fixtures.late)
    const marks = document.querySelectorAll('[data-mark]').length
    await userEvent.click(page.getByRole('button', { name: 'Show as table' }))
    await expect.element(page.getByRole('table')).toBeVisible()
    expect(document.querySelectorAll('tbody tr').length).toBe(marks)
    await expect
      .element(page.getByRole('row', { name: /^Stall 3,400.2 ms 14,890 ms 11,489.8 ms/ }))
      .toBeVisible()
    await expectNoFaults()
    await page.screenshot({ path: `${SHOTS}/waterfall-table.png` })
    await userEvent.click(page.getByRole('button', { name: 'Show as waterfall' }))
    expect(document.querySelectorAll('[data-mark]').length).toBe(marks)
  })
})

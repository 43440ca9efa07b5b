import '../theme.css'
import './run.css'
import './waterfall/waterfall.css'
import axe from 'axe-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import type { RunAnswer } from '../../engine/contract.ts'
import { createFakeHost } from '../testing/fake-host.ts'
import { THEME_NAMES, type ThemeName, wearTheme } from '../testing/theme.ts'
import { createLongRun, createRunFixtures, createTinyRun } from './fixtures.ts'
import { RunPage } from './run-page.tsx'

const SHOTS = '../../../../../.cache/shots/pages'
const NOW = Date.now()
const CASES: Readonly<Record<string, RunAnswer>> = {
  ...createRunFixtures(NOW),
  long: createLongRun(NOW),
  tiny: createTinyRun(NOW),
}

beforeAll(() => page.viewport(1_000, 900))
afterEach(() => {
  document.documentElement.dir = 'ltr'
  return cleanup()
})

async function show(answer: RunAnswer, theme: ThemeName, width: number) {
  wearTheme(theme)
  await page.viewport(width, 900)
  await render(<RunPage host={createFakeHost(answer)} runId={answer.run.runId} />)
  await expect.element(page.getByRole('heading', { level: 1, name: answer.run.feature })).toBeVisible()
  await settled()
}

/** Two frames: the plot is measured, then drawn. */
function settled() {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
}

async function shoot(name: string) {
  // The waterfall grows with the window up to a point, so the height is asked for twice.
  for (let turn = 0; turn < 2; turn += 1) {
    const { scrollHeight } = document.documentElement
    await page.viewport(window.innerWidth, Math.max(400, scrollHeight))
    await settled()
  }
  await page.screenshot({ path: `${SHOTS}/run-${name}.png` })
}

async function violations() {
  const { violations: found } = await axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  })
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

describe.each(THEME_NAMES)('the run page in %s', (theme) => {
  it.each(Object.entries(CASES))('is free of accessibility faults: %s', async (name, answer) => {
    await show(answer, theme, 1_000)
    expect(await violations()).toEqual([])
    await shoot(`${name}-${theme}`)
  })
})

describe.each([300, 480, 1_600])('the run page at %i px', (width) => {
  it.each(Object.entries(CASES))('has no part wider than itself: %s', async (name, answer) => {
    await show(answer, 'dark', width)
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
    await shoot(`${name}-dark-${width}`)
  })
})

it('reads from right to left, while time keeps running to the right', async () => {
  document.documentElement.dir = 'rtl'
  await show(CASES.degraded as RunAnswer, 'light', 1_000)
  const label = page.getByRole('button', { name: /^1 model primary/ }).element()
  const bar = page.getByRole('button', { name: /^Attempt 1, auth/ }).element()
  const later = page.getByRole('button', { name: /^Attempt 1, retrieval/ }).element()
  expect(label.getBoundingClientRect().left).toBeGreaterThan(bar.getBoundingClientRect().right)
  expect(later.getBoundingClientRect().left).toBeGreaterThan(bar.getBoundingClientRect().left)
  expect(await violations()).toEqual([])
  await shoot('degraded-rtl')
})

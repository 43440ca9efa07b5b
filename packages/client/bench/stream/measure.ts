import type { Browser, CDPSession, Page } from 'playwright-core'
import type { Stage } from './pages/stage.ts'
import type { BenchServer, Pace } from './server.ts'
import { tokens } from './text.ts'
import { installWitness, type Sighting } from './witness.ts'

declare const stage: Stage
declare const sighting: () => Sighting

/** Main-thread seconds by the browser's own account. */
export interface Cost {
  readonly scriptS: number
  readonly taskS: number
}

export interface Measured extends Cost {
  readonly renders: number
  /** The cost of each tenth of the stream. */
  readonly deciles: readonly Cost[]
}

export interface Contender {
  readonly page: string
  readonly query?: string
}

/** Long enough for the run's record to leave: what happens after the answer is part of its cost. */
const AFTERMATH_MS = 1_600

/** Throws where the page does not show the whole answer: what was left out would cost nothing. */
export type Check = (page: Page, contender: Contender, pace: Pace) => Promise<void>

/** Runs one contender on one stream in a page of its own and checks that the whole answer stands in the document. */
export async function measure(
  browser: Browser,
  server: BenchServer,
  contender: Contender,
  pace: Pace,
  earlier = 0,
  check: Check = checkText,
): Promise<Measured> {
  const page = await openPage(browser, server, contender, pace, earlier)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  await cdp.send('HeapProfiler.collectGarbage')
  const marks: Promise<Cost>[] = []
  server.onDecile = () => marks.push(cost(cdp))
  const before = await cost(cdp)
  await run(page)
  const renders = await page.evaluate(() => stage.renders)
  await page.waitForTimeout(AFTERMATH_MS)
  const after = await cost(cdp)
  server.onDecile = null
  await check(page, contender, pace)
  const atDeciles = await Promise.all(marks)
  await page.close()
  return {
    ...difference(after, before),
    renders,
    deciles: atDeciles.slice(1).map((mark, index) => difference(mark, atDeciles[index])),
  }
}

/** Watches one stream with the witness in the page; its cost is not measured. */
export async function watch(
  browser: Browser,
  server: BenchServer,
  contender: Contender,
  pace: Pace,
): Promise<Sighting> {
  const page = await openPage(browser, server, contender, pace, 0, true)
  await run(page)
  const seen = await page.evaluate(() => sighting())
  await page.close()
  return seen
}

async function openPage(
  browser: Browser,
  server: BenchServer,
  { page: name, query = '' }: Contender,
  pace: Pace,
  earlier: number,
  witnessed = false,
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 900, height: 800 } })
  page.on('pageerror', (error) => console.error(`${name}: ${error.message}`))
  if (witnessed) await page.addInitScript(installWitness)
  const figures = Object.entries({ ...pace, earlier }).map(([key, value]) => `${key}=${value}`)
  await page.goto(`${server.url}/page/${name}?${figures.join('&')}${query}`)
  await page.waitForFunction(() => typeof stage === 'object')
  await page.waitForTimeout(200)
  return page
}

async function run(page: Page): Promise<void> {
  await page.evaluate(() => {
    stage.start()
  })
  // Waiting for a promise costs the page nothing, unlike polling it.
  await page.evaluate(() => stage.ended)
}

async function checkText(page: Page, { page: name }: Contender, pace: Pace): Promise<void> {
  const shown = await page.evaluate(() => {
    const answer = [...document.querySelectorAll('.answer')].at(-1)?.cloneNode(true) as Element | undefined
    // What only screen readers are told is not the answer.
    for (const status of answer?.querySelectorAll('[role="status"]') ?? []) status.remove()
    return answer?.textContent ?? ''
  })
  const bare = (text: string): string => text.replace(/\s+/g, '')
  if (bare(shown) !== bare(tokens(pace.tokens, pace.perParagraph).join('')))
    throw new Error(`${name} does not show the whole text`)
}

async function cost(cdp: CDPSession): Promise<Cost> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  const figure = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  return { scriptS: figure('ScriptDuration'), taskS: figure('TaskDuration') }
}

function difference(after: Cost, before: Cost | undefined): Cost {
  return {
    scriptS: after.scriptS - (before?.scriptS ?? Number.NaN),
    taskS: after.taskS - (before?.taskS ?? Number.NaN),
  }
}

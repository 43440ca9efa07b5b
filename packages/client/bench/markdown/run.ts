import type { Page } from 'playwright-core'
import { bundleForPage, launchChromium } from '../chromium.ts'
import { closeBench } from '../record.ts'
import { median, medianRatio, rounded, roundsTable } from '../rounds.ts'
import { type Contender, type Measured, measure } from '../stream/measure.ts'
import { type Pace, startBenchServer } from '../stream/server.ts'
import { deltasOf, type Inventory, markdownDocument } from './text.ts'

const isShort = process.argv.includes('--short')
const ROUNDS = isShort ? 1 : 3
const SIZE_BYTES = isShort ? 25_000 : 100_000

const CONTENDERS: Readonly<Record<string, Contender>> = {
  evenkeel: { page: 'evenkeel.tsx' },
  streamdown: { page: 'streamdown.tsx' },
  'react-markdown': { page: 'react-markdown.tsx' },
}

const { text, inventory } = markdownDocument(SIZE_BYTES)
const deltas = deltasOf(text)
const PACE: Pace = { tokens: deltas.length, perParagraph: 0, burst: 16, everyMs: 16 }

const scripts = new Map<string, string>()
for (const { page } of Object.values(CONTENDERS))
  scripts.set(page, await bundleForPage(new URL(`pages/${page}`, import.meta.url).pathname))
const server = await startBenchServer(scripts, () => deltas)
const browser = await launchChromium()

const results: Record<string, Measured[]> = {}
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, contender] of Object.entries(CONTENDERS)) {
    results[name] = [
      ...(results[name] ?? []),
      await measure(browser, server, contender, PACE, 0, checkInventory),
    ]
  }
}
const version = browser.version()
await browser.close()
server.close()

/** Every renderer has elements of its own around them, and these in common. */
async function checkInventory(page: Page, { page: name }: Contender): Promise<void> {
  const drawn = await page.evaluate(() => {
    const count = (selector: string): number => document.querySelectorAll(`.answer ${selector}`).length
    const texts = (selector: string): string[] =>
      [...document.querySelectorAll(`.answer ${selector}`)].map(({ textContent }) => textContent)
    return {
      headings: count('h2'),
      items: count('li'),
      cells: count(':is(td, th)'),
      paragraphs: texts('p'),
      code: texts('pre'),
    }
  })
  const bare = ({ paragraphs, code, ...counts }: Inventory): string =>
    JSON.stringify({ ...counts, texts: [...paragraphs, ...code].map((each) => each.replace(/\s+/g, '')) })
  if (bare(drawn) !== bare(inventory)) throw new Error(`${name} does not show the whole document`)
}

function pick(figure: (measured: Measured) => number): Record<string, number[]> {
  return Object.fromEntries(Object.entries(results).map(([name, list]) => [name, list.map(figure)]))
}
function lastOverFirst(name: string): number {
  const growths = (results[name] ?? []).map(
    ({ deciles }) => (deciles.at(-1)?.taskS ?? Number.NaN) / (deciles[0]?.taskS ?? Number.NaN),
  )
  return rounded(median(growths))
}

const task = pick(({ taskS }) => taskS)
const script = pick(({ scriptS }) => scriptS)
console.log(`${text.length.toLocaleString('en')} bytes of markdown, 16 deltas of ${PACE.everyMs} ms\n`)
console.log(roundsTable('main thread, s', task))
console.log()
console.log(roundsTable('script, s', script))
for (const [name, measured] of Object.entries(results)) {
  console.log(`\nmain-thread seconds of each tenth of the stream, ${name}`)
  for (const { deciles } of measured) console.log(deciles.map(({ taskS }) => taskS.toFixed(3)).join('  '))
}

closeBench(
  'markdown',
  {
    cost_last_over_first_decile: lastOverFirst('evenkeel'),
    cpu_ratio_vs_streamdown: rounded(medianRatio(task, 'evenkeel', 'streamdown')),
    cpu_ratio_vs_react_markdown: rounded(medianRatio(task, 'evenkeel', 'react-markdown')),
    script_ratio_vs_streamdown: rounded(medianRatio(script, 'evenkeel', 'streamdown')),
    streamdown_last_over_first_decile: lastOverFirst('streamdown'),
    react_markdown_last_over_first_decile: lastOverFirst('react-markdown'),
    size_bytes: text.length,
    deltas: deltas.length,
    rounds: ROUNDS,
  },
  [
    { title: 'Main thread', unit: 's', figures: task },
    { title: 'Script', unit: 's', figures: script },
  ],
  version,
)

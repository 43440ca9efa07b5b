import { setTimeout as wait } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../../bench/chromium.ts'
import { table } from '../../bench/rounds.ts'
import { audit } from './audit.ts'
import { type Book, createBook, LAYERS } from './book.ts'
import { buildProduct, type Product } from './build.ts'
import type { Scenario } from './layer.ts'
import { allAtOnce } from './layers/all-at-once.ts'
import { flags, serverControls } from './layers/flags.ts'
import { ingest, rateLimit } from './layers/ingesting.ts'
import { keptAnswers } from './layers/kept-answers.ts'
import { journal, queue } from './layers/left-behind.ts'
import { levelState } from './layers/level-state.ts'
import { queryCache, replay } from './layers/one-page.ts'
import { reloadNote, resume } from './layers/resuming.ts'
import { signOut, switching } from './layers/switching.ts'
import { PLANTED } from './planted.ts'
import { setUp } from './stage.ts'

const SCENARIOS: readonly Scenario[] = [
  keptAnswers,
  levelState,
  queue,
  journal,
  reloadNote,
  resume,
  ingest,
  rateLimit,
  flags,
  serverControls,
  replay,
  queryCache,
  switching,
  signOut,
]

const isShort = process.argv.includes('--short')
const ALL_AT_ONCE_MS = isShort ? 8_000 : 60_000
/** Longer than any takes on a busy machine. */
const SCENARIO_WITHIN_MS = 60_000
/** Each on a stage of its own; with more at once a machine of two cores is late. */
const AT_ONCE = 4

/** `--only=WORDS` plays the scenarios alone whose name has them, for whoever works on one. */
const only = process.argv.find((flag) => flag.startsWith('--only='))?.slice('--only='.length) ?? ''
const isAskedFor = (name: string) => name.includes(only)

/** The same numbers each time, so that a bad run can be looked at again. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

/** Plays a scenario and has the witnesses look through everything; resolves with how many runs were asked. */
async function play(browser: Browser, product: Product, scenario: Scenario, book: Book): Promise<number> {
  const stage = await setUp(browser, product)
  const isOver = new AbortController()
  // A page of a copy that does not work may never answer; closing the stage ends what waits for it.
  const lateness = wait(ALL_AT_ONCE_MS + SCENARIO_WITHIN_MS, null, { signal: isOver.signal }).then(() => {
    throw new Error(`'${scenario.name}' does not come to its end.`)
  })
  const work = async () => {
    await scenario.run(stage, book)
    await audit(stage, book, scenario.layerOf)
    return stage.server.asked.length
  }
  try {
    return await Promise.race([work(), lateness])
  } finally {
    isOver.abort()
    lateness.catch(() => {})
    await stage.close()
  }
}

/** Does the work for each, so many at a time. */
async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items]
  const next = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
}

const browser = await launchChromium()
try {
  const product = await buildProduct(null)
  const book = createBook()
  let runs = 0
  const scenarios = [allAtOnce(ALL_AT_ONCE_MS, seeded(7)), ...SCENARIOS]
  await eachOf(
    scenarios.filter(({ name }) => isAskedFor(name)),
    async (scenario) => {
      const asked = await play(browser, product, scenario, book)
      runs += asked
    },
  )
  const pages = LAYERS.flatMap((name) => {
    const page = book.pages.get(name)
    return page === undefined ? [] : [{ name, ...page }]
  })
  console.log(
    table(
      ['layer', 'checks', 'leaks', 'unproven'],
      pages.map(({ name, checks, leaks, unproven }) =>
        [name, checks, leaks.length, unproven.length].map(String),
      ),
    ),
  )
  for (const { name, leaks, unproven } of pages) {
    for (const leak of leaks) console.log(`LEAK      ${name}: ${leak}`)
    for (const missing of unproven) console.log(`UNPROVEN  ${name}: ${missing}`)
  }

  console.log('\nDefects planted into copies, and what the layer meant for it says of each')
  const planted = PLANTED.filter(
    ({ broughtBy, noticedBy }, index) =>
      isAskedFor(broughtBy.name) &&
      // In short the first one of each layer has to do.
      (!isShort || PLANTED.findIndex((other) => other.noticedBy === noticedBy) === index),
  )
  let missed = 0
  await eachOf(planted, async ({ broughtBy, noticedBy, ...defect }) => {
    const copy = createBook(noticedBy)
    let problem: string | null = null
    try {
      await play(browser, await buildProduct(defect), broughtBy, copy)
    } catch (error) {
      problem = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    }
    // Only what crossed counts: a copy that does not work at all shows nothing of its defect.
    const leaks = copy.pages.get(noticedBy)?.leaks ?? []
    const isFound = leaks.length > 0
    if (!isFound) missed += 1
    console.log(
      `${isFound ? 'found ' : 'MISSED'}  ${defect.name}\n        ${noticedBy}: ${leaks[0] ?? problem ?? '(nothing)'}`,
    )
  })

  const sum = (of: (page: (typeof pages)[number]) => number) => pages.reduce((all, page) => all + of(page), 0)
  const result = {
    layers: pages.filter(({ checks }) => checks > 0).length,
    leaks: sum(({ leaks }) => leaks.length),
    unproven: sum(({ unproven }) => unproven.length),
    checks: sum(({ checks }) => checks),
    runs,
    planted: planted.length,
    planted_missed: missed,
  }
  console.log(JSON.stringify(result))
  process.exitCode = result.leaks + result.unproven + missed === 0 ? 0 : 1
} finally {
  await browser.close()
}

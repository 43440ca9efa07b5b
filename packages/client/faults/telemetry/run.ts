import type { Browser } from 'playwright-core'
import { launchChromium } from '../../bench/chromium.ts'
import { buildProduct, type Product } from './build.ts'
import { DRILLS, type Drill } from './drills.ts'
import { judge, type Verdict } from './judge.ts'
import { PLANTED } from './planted.ts'
import { setUp } from './stage.ts'
import { type AnyWeather, type Life, PASSING, REFUSING, storm } from './storm.ts'

const RUNS = { full: 2_000, short: 200 }

/** Each has a server, a collector and a browser's profile of its own, and waits most of the time. */
const SIDE_BY_SIDE = 5

/** The same numbers each time, so that a bad run can be looked at again. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

async function stormy(
  browser: Browser,
  product: Product,
  runs: number,
  weathers: readonly AnyWeather[],
): Promise<Verdict> {
  const stage = await setUp(browser, product)
  try {
    const startedAt = Date.now()
    const lives = await storm(stage, runs, weathers, seeded(runs))
    const verdict = judge(stage, lives)
    console.log(
      `${verdict.runs} runs on ${lives.length} pages in ${Math.round((Date.now() - startedAt) / 1000)} s: ${endingsOf(lives)}; ` +
        `${stage.server.posts.length} batches, ${stage.server.posts.filter(({ status }) => status >= 300).length} of them in vain`,
    )
    console.log(`given up, as the pages tell it: ${JSON.stringify(verdict.dropped)}`)
    return verdict
  } finally {
    await stage.close()
  }
}

const endingsOf = (lives: readonly Life[]) =>
  Object.entries(Object.groupBy(lives, ({ ending }) => ending))
    .map(([ending, those = []]) => `${those.length} ${ending}`)
    .join(', ')

/** What a drill finds; one that does not come to its end has found something too. */
async function rehearse(browser: Browser, product: Product, { run }: Drill): Promise<string[]> {
  const stage = await setUp(browser, product)
  try {
    return await run(stage)
  } catch (error) {
    return [`it does not work: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : error}`]
  } finally {
    await stage.close()
  }
}

/** Does it for each, so many at a time; tells of each in their order, as soon as it can. */
async function side<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Promise<Found>,
  tell: (item: Item, found: Found) => void,
): Promise<void> {
  const waiting = items.map((item) => ({ item, found: Promise.withResolvers<Found>() }))
  const todo = [...waiting]
  const work = async () => {
    for (let next = todo.shift(); next !== undefined; next = todo.shift())
      await find(next.item).then(next.found.resolve, next.found.reject)
  }
  const working = Promise.all(Array.from({ length: SIDE_BY_SIDE }, work))
  for (const { item, found } of waiting) tell(item, await found.promise)
  await working
}

const browser = await launchChromium()
try {
  const runs = process.argv.includes('--short') ? RUNS.short : RUNS.full
  const product = await buildProduct(null)

  console.log('Drills')
  let drillsWrong = 0
  await side(
    DRILLS,
    (drill) => rehearse(browser, product, drill),
    ({ name }, wrong) => {
      if (wrong.length > 0) drillsWrong += 1
      console.log(
        `${wrong.length === 0 ? 'holds' : 'WRONG'}  ${name}${wrong.map((what) => `\n       ${what}`).join('')}`,
      )
    },
  )

  console.log('\nWhatever passes, and what is refused')
  const [passing, refusing] = await Promise.all([
    stormy(browser, product, runs, PASSING),
    stormy(browser, product, Math.round(runs / 10), REFUSING),
  ])
  // What was refused is missing there, and that is right as long as it is counted.
  const isRight = refusing.uncounted + refusing.duplicated + refusing.misattributed === 0
  for (const problem of [...passing.problems, ...(isRight ? [] : refusing.problems)])
    console.log(`WRONG: ${problem}`)

  console.log('\nDefects planted into copies, and what the drill meant for it says of each')
  let missed = 0
  await side(
    PLANTED,
    async ({ noticedBy, ...defect }) => {
      const drill = DRILLS.find(({ name }) => name === noticedBy)
      const [by] = drill === undefined ? [] : await rehearse(browser, await buildProduct(defect), drill)
      return by
    },
    ({ name }, by) => {
      if (by === undefined) missed += 1
      console.log(`${by === undefined ? 'MISSED' : 'found '}  ${name}\n        ${by ?? '(nothing)'}`)
    },
  )

  const result = {
    runs: passing.runs + refusing.runs,
    signals: passing.signals + refusing.signals,
    lost: passing.missing,
    unjournaled: passing.unjournaled + refusing.unjournaled,
    unjournaled_untold: passing.unjournaled_untold + refusing.unjournaled_untold,
    at_the_edge: passing.at_the_edge + refusing.at_the_edge,
    duplicated: passing.duplicated + refusing.duplicated,
    dropped_uncounted: refusing.uncounted,
    misattributed: passing.misattributed + refusing.misattributed,
    unattributed: passing.unattributed + refusing.unattributed,
    drills: DRILLS.length,
    drills_wrong: drillsWrong,
    planted: PLANTED.length,
    planted_missed: missed,
  }
  const { lost, unjournaled_untold, duplicated, dropped_uncounted, misattributed } = result
  const wrong =
    lost + unjournaled_untold + duplicated + dropped_uncounted + misattributed + drillsWrong + missed
  console.log(JSON.stringify(result))
  process.exitCode = wrong === 0 && result.runs >= runs ? 0 : 1
} finally {
  await browser.close()
}

import { launchChromium, openBenchPage } from '../chromium.ts'
import { closeBench } from '../record.ts'
import { medianRatio, rounded, roundsTable } from '../rounds.ts'
import type * as Contenders from './contenders.ts'

declare const bench: typeof Contenders

const SIZE_BYTES = 46_000
const DELTA_LENGTH = 4
const ROUNDS = process.argv.includes('--short') ? 3 : 7
/** One reading takes a fraction of a millisecond, below the page's clock; so each round reads this often. */
const REPEATS: Readonly<Record<string, number>> = { evenkeel: 50 }

const browser = await launchChromium()
const page = await openBenchPage(browser, new URL('contenders.ts', import.meta.url).pathname)
const names = await page.evaluate(() => bench.names)

const measure = (name: string, sizeBytes: number): Promise<number> =>
  page.evaluate(
    async ([contender, size, delta, repeats]) => {
      let total = 0
      for (let repeat = 0; repeat < repeats; repeat += 1) total += await bench.measure(contender, size, delta)
      return total / repeats
    },
    [name, sizeBytes, DELTA_LENGTH, REPEATS[name] ?? 1] as const,
  )

const whole: Record<string, number[]> = {}
const quarter: Record<string, number[]> = {}
for (let round = -1; round < ROUNDS; round += 1) {
  for (const name of names) {
    const small = await measure(name, SIZE_BYTES / 4)
    const large = await measure(name, SIZE_BYTES)
    // The first round warms every contender up and does not count.
    if (round < 0) continue
    quarter[name] = [...(quarter[name] ?? []), small]
    whole[name] = [...(whole[name] ?? []), large]
  }
}
const changed = await page.evaluate(([size, delta]) => bench.changedRows(size, delta), [
  SIZE_BYTES,
  DELTA_LENGTH,
] as const)
const version = browser.version()
await browser.close()

console.log(`JSON in deltas of ${DELTA_LENGTH} characters, a value to show after each, in Chromium\n`)
console.log(roundsTable('11.5 KB, ms', quarter))
console.log()
console.log(roundsTable('46 KB, ms', whole))
const growth = Object.fromEntries(
  names.map((name) => [
    name,
    rounded(medianRatio({ whole: whole[name] ?? [], quarter: quarter[name] ?? [] }, 'whole', 'quarter'), 2),
  ]),
)
console.log('\ngrowth from 11.5 KB to 46 KB:', growth)
console.log('rows that were whole and changed identity:', changed)

closeBench(
  'object',
  {
    speedup_vs_ai_sdk: rounded(medianRatio(whole, 'ai sdk', 'evenkeel'), 1),
    speedup_vs_tanstack_ai: rounded(medianRatio(whole, 'tanstack ai', 'evenkeel'), 1),
    growth_4x: growth.evenkeel,
    rows_changed_identity: changed,
    rounds: ROUNDS,
  },
  [
    { title: '11.5 KB of JSON', unit: 'ms', figures: quarter },
    { title: '46 KB of JSON', unit: 'ms', figures: whole },
  ],
  version,
)

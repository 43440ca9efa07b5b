import { bundleForPage, launchChromium } from '../chromium.ts'
import { closeBench, type RecordedTable } from '../record.ts'
import { median, medianRatio, rounded, roundsTable, table } from '../rounds.ts'
import { type Contender, type Measured, measure, watch } from './measure.ts'
import { type Pace, startBenchServer } from './server.ts'
import type { Sighting } from './witness.ts'

const isShort = process.argv.includes('--short')
/** `--rounds=3` for a machine that is not free for half an hour; fewer say less. */
const ASKED = Number(process.argv.find((flag) => flag.startsWith('--rounds='))?.split('=')[1] ?? 5)
const ROUNDS = isShort ? 1 : ASKED
const LONG_ROUNDS = Math.max(1, Math.min(3, ROUNDS - 2))
const WATCHED_RUNS = isShort ? 5 : 20

const CONTENDERS: Readonly<Record<string, Contender>> = {
  evenkeel: { page: 'evenkeel.tsx' },
  floor: { page: 'floor.ts' },
  useChat: { page: 'ai-sdk.tsx' },
  'useChat 50 ms': { page: 'ai-sdk.tsx', query: '&throttle=50' },
  'tanstack useChat': { page: 'tanstack.tsx' },
  'evenkeel, followed': { page: 'evenkeel.tsx', query: '&follow=1' },
  'floor, followed': { page: 'floor.ts', query: '&follow=1' },
  'useChat, followed': { page: 'ai-sdk.tsx', query: '&follow=1' },
  'useChat 50 ms, followed': { page: 'ai-sdk.tsx', query: '&throttle=50&follow=1' },
}
const FOLLOWED = Object.keys(CONTENDERS).filter((name) => name.endsWith('followed'))

const SINGLE: Pace = { tokens: 2_000, perParagraph: 80, burst: 1, everyMs: 4 }
const BURST: Pace = { tokens: 2_000, perParagraph: 80, burst: 16, everyMs: 16 }
const LONG: Pace = { tokens: isShort ? 6_000 : 24_000, perParagraph: 80, burst: 16, everyMs: 16 }
/** Where the page scrolls along, so that the end of the answer is always in sight. */
const FOLLOW: Pace = { ...BURST, tokens: isShort ? 2_000 : 8_000 }
const FIRST: Pace = { tokens: 60, perParagraph: 80, burst: 4, everyMs: 16 }

const pages = [...new Set(Object.values(CONTENDERS).map(({ page }) => page))]
const scripts = new Map<string, string>()
for (const page of pages)
  scripts.set(page, await bundleForPage(new URL(`pages/${page}`, import.meta.url).pathname))
const server = await startBenchServer(scripts)
const browser = await launchChromium()

type Results = Record<string, Measured[]>

const tables: RecordedTable[] = []

async function rounds(
  title: string,
  names: readonly string[],
  pace: Pace,
  count: number,
  earlier = 0,
): Promise<Results> {
  const results: Results = {}
  for (let round = 0; round < count; round += 1) {
    for (const name of names) {
      const contender = CONTENDERS[name]
      if (contender === undefined) continue
      results[name] = [...(results[name] ?? []), await measure(browser, server, contender, pace, earlier)]
    }
  }
  console.log(`\n${title}`)
  show(
    `${title}: script`,
    pick(results, ({ scriptS }) => scriptS),
  )
  show(
    `${title}: main thread`,
    pick(results, ({ taskS }) => taskS),
  )
  return results
}

function show(title: string, figures: Record<string, number[]>): void {
  tables.push({ title, unit: 's', figures })
  console.log(`\n${roundsTable(`${title.split(': ').at(-1)}, s`, figures)}`)
}

function pick(results: Results, figure: (measured: Measured) => number): Record<string, number[]> {
  return Object.fromEntries(Object.entries(results).map(([name, list]) => [name, list.map(figure)]))
}

const script = (results: Results, over: string): number =>
  medianRatio(
    pick(results, ({ scriptS }) => scriptS),
    'evenkeel',
    over,
  )
const task = (results: Results, over: string, of = 'evenkeel'): number =>
  medianRatio(
    pick(results, ({ taskS }) => taskS),
    of,
    over,
  )

const all = Object.keys(CONTENDERS).filter((name) => !FOLLOWED.includes(name))
const single = await rounds('2,000 tokens, 1 chunk per 4 ms', all, SINGLE, ROUNDS)
const burst = await rounds('2,000 tokens, 16 chunks per 16 ms', all, BURST, ROUNDS)
// It needs some minutes for it, so it has one round of its own, in a run that is not cut short.
const SLOW = 'tanstack useChat'
const LONG_TITLE = `${LONG.tokens.toLocaleString('en')} tokens in paragraphs, 16 chunks per 16 ms`
const long = await rounds(
  LONG_TITLE,
  all.filter((name) => name !== SLOW),
  LONG,
  LONG_ROUNDS,
)
const longSlow: Results = ROUNDS < 5 ? {} : await rounds(`${LONG_TITLE}, once`, [SLOW], LONG, 1)
const followed = await rounds(
  `${FOLLOW.tokens.toLocaleString('en')} tokens in a page that scrolls along, 16 chunks per 16 ms`,
  FOLLOWED,
  FOLLOW,
  LONG_ROUNDS,
)
const thread = await rounds(
  '2,000 tokens beside 50 earlier answers, 16 chunks per 16 ms',
  ['evenkeel', 'useChat', 'tanstack useChat'],
  BURST,
  ROUNDS,
  50,
)

const sightings: Record<string, Sighting[]> = {}
for (let round = 0; round < WATCHED_RUNS; round += 1) {
  for (const name of ['evenkeel', 'useChat', 'tanstack useChat']) {
    const contender = CONTENDERS[name]
    if (contender !== undefined)
      sightings[name] = [...(sightings[name] ?? []), await watch(browser, server, contender, FIRST)]
  }
}
const watchedLong = await watch(browser, server, { page: 'evenkeel.tsx' }, BURST)
const version = browser.version()
await browser.close()
server.close()

const p95 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN
const most = (results: Results, name: string): number =>
  Math.max(...(results[name] ?? []).map(({ renders }) => renders))
console.log('\nwitnessed in the page\n')
console.log(
  table(
    [
      '',
      'first paint delay p95, frames',
      'commits per frame, most',
      'parent renders, 2,000 tokens',
      'parent renders, long',
    ],
    Object.entries(sightings).map(([name, seen]) => [
      name,
      String(p95(seen.map(({ firstPaintDelayFrames }) => firstPaintDelayFrames))),
      String(Math.max(...seen.map(({ commitsPerFrame }) => commitsPerFrame))),
      String(Math.max(most(single, name), most(burst, name))),
      name in long || name in longSlow ? String(most({ ...long, ...longSlow }, name)) : '',
    ]),
  ),
)

/** The worse of a decile's script and whole main-thread growth, over the rounds' median. */
function lastOverFirst(measured: readonly Measured[]): number {
  return median(
    measured.map(({ deciles }) => (deciles.at(-1)?.taskS ?? Number.NaN) / (deciles[0]?.taskS ?? Number.NaN)),
  )
}
console.log('\nmain-thread seconds of each tenth of the long stream, evenkeel')
for (const { deciles } of long.evenkeel ?? [])
  console.log(deciles.map(({ taskS }) => taskS.toFixed(3)).join('  '))

const ours = sightings.evenkeel ?? []
closeBench(
  'stream',
  {
    parent_renders: Math.max(most(single, 'evenkeel'), most(burst, 'evenkeel'), most(long, 'evenkeel')),
    commits_per_frame: Math.max(
      watchedLong.commitsPerFrame,
      ...ours.map(({ commitsPerFrame }) => commitsPerFrame),
    ),
    first_paint_delay_frames_p95: p95(ours.map(({ firstPaintDelayFrames }) => firstPaintDelayFrames)),
    script_ratio_vs_usechat: rounded(Math.max(script(single, 'useChat'), script(burst, 'useChat'))),
    task_ratio_vs_floor: rounded(Math.max(task(single, 'floor'), task(burst, 'floor'))),
    long_task_ratio_vs_usechat: rounded(task(long, 'useChat')),
    long_task_ratio_vs_usechat_throttled: rounded(task(long, 'useChat 50 ms')),
    long_task_ratio_vs_floor: rounded(task(long, 'floor')),
    long_last_over_first_decile: rounded(lastOverFirst(long.evenkeel ?? [])),
    thread_script_ratio_vs_usechat: rounded(script(thread, 'useChat')),
    followed_task_ratio_vs_usechat: rounded(task(followed, 'useChat, followed', 'evenkeel, followed')),
    followed_task_ratio_vs_usechat_throttled: rounded(
      task(followed, 'useChat 50 ms, followed', 'evenkeel, followed'),
    ),
    followed_task_ratio_vs_floor: rounded(task(followed, 'floor, followed', 'evenkeel, followed')),
    long_tokens: LONG.tokens,
    rounds: ROUNDS,
    long_rounds: LONG_ROUNDS,
  },
  tables,
  version,
)

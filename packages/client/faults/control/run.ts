import { setTimeout as wait } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../../bench/chromium.ts'
import { buildHalves, type Halves } from './build.ts'
import { type By, excessMs, kill, rollBack, runDelays, unproven } from './flips.ts'
import { forged } from './forgeries.ts'
import { PLANTED } from './planted.ts'
import { rollOut } from './rollout.ts'
import { quantile, type Stage, setUp, TABS } from './stage.ts'

/** How much is measured: all of it, or just enough to notice a defect. */
interface Extent {
  readonly kills: number
  readonly rollbacks: number
  readonly polls: number
  readonly delayRounds: number
  readonly users: number
  /** How long a flip may take before it counts as never noticed. */
  readonly withinMs: number
  /** Whether the first thing wrong is enough. */
  readonly stopsEarly: boolean
}

const FULL: Extent = {
  kills: 10,
  rollbacks: 10,
  polls: 4,
  delayRounds: 5,
  users: 100_000,
  withinMs: 4_000,
  stopsEarly: false,
}
const SHORT: Extent = {
  kills: 2,
  rollbacks: 2,
  polls: 1,
  delayRounds: 2,
  users: 100_000,
  withinMs: 2_000,
  stopsEarly: true,
}

interface Result {
  flips: number
  kill_switch_ms_p95: number
  rollback_ms_p95: number
  polled_ms_p95: number
  /** Of the runs with controls, how much longer one took than the one beside it without. */
  run_delay_ms_max: number
  /** The same with all that the machine was busy with besides; it says how quiet the measuring was. */
  run_delay_raw_ms_max: number
  forged: number
  rollout_error_pct: number
  monotone: boolean
  unproven: number
  complaints: number
}

/** Nothing is measured yet, so nothing is wrong. */
const BLANK: Result = {
  flips: 0,
  kill_switch_ms_p95: 0,
  rollback_ms_p95: 0,
  polled_ms_p95: 0,
  run_delay_ms_max: 0,
  run_delay_raw_ms_max: 0,
  forged: 0,
  rollout_error_pct: 0,
  monotone: true,
  unproven: 0,
  complaints: 0,
}

const POLLED_WITHIN_MS = 9_000
const ways = (count: number): readonly By[] =>
  Array.from({ length: count }, (_, index) => (index % 2 === 0 ? 'request' : 'file'))

/** What is wrong with a result; nothing where all is as it should be. */
function problems(result: Result): string[] {
  return [
    result.kill_switch_ms_p95 <= 1_000 ? [] : [`the kill switch took ${result.kill_switch_ms_p95} ms`],
    result.rollback_ms_p95 <= 1_000 ? [] : [`the rollback took ${result.rollback_ms_p95} ms`],
    result.polled_ms_p95 <= 6_000 ? [] : [`polled, it took ${result.polled_ms_p95} ms`],
    result.run_delay_ms_max <= 100 ? [] : [`a run waited for ${result.run_delay_ms_max} ms`],
    result.forged === 0 ? [] : [`${result.forged} forgeries had an effect`],
    result.rollout_error_pct <= 1 ? [] : [`a rollout was ${result.rollout_error_pct} % off`],
    result.monotone ? [] : ['somebody lost the feature on its way up'],
    result.unproven === 0 ? [] : [`${result.unproven} records do not prove which version answered`],
    result.complaints === 0 ? [] : [`${result.complaints} errors on the consoles`],
  ].flat()
}

async function killsOf(stage: Stage, count: number, withinMs: number, ending: string): Promise<number[]> {
  const times: number[] = []
  for (const [index, by] of ways(count).entries()) {
    const { runsMs, tabsMs, plainMs, refused } = await kill(stage, index, by, withinMs)
    times.push(...runsMs, ...tabsMs, plainMs, ...(refused ? [] : [withinMs * 2]))
    say(
      `kill ${index + 1} by ${by}${ending}: runs ${runsMs.join(' ')}, tabs ${tabsMs.join(' ')}, plain ${plainMs}`,
    )
  }
  return times
}

let isQuiet = false
const say = (line: string) => {
  if (!isQuiet) console.log(line)
}

async function measure(browser: Browser, halves: Halves, extent: Extent): Promise<Result> {
  const stage = await setUp(browser, halves)
  const result = { ...BLANK }
  const { withinMs } = extent
  const timeRuns = async (rounds: number) => {
    const delays = await runDelays(stage, rounds)
    const shown = delays.map(({ withMs, withoutMs }) => `${Math.round(withMs)}/${Math.round(withoutMs)}`)
    say(`from click to request, in ms, with controls/without: ${shown.join(' ')}`)
    const mostMs = Math.max(...delays.map(excessMs))
    const rawMs = Math.max(...delays.map(({ withMs }) => withMs))
    result.run_delay_ms_max = Math.max(result.run_delay_ms_max, Math.round(mostMs))
    result.run_delay_raw_ms_max = Math.max(result.run_delay_raw_ms_max, Math.round(rawMs))
  }
  const parts: readonly (() => Promise<void>)[] = [
    async () => {
      // One tab has the stream by now.
      await wait(500)
      say(`${TABS} tabs, ${stage.server.streams} event stream(s)`)
      await timeRuns(extent.delayRounds)
    },
    async () => {
      const forgeries = await forged(stage)
      for (const what of forgeries) say(`FORGED: ${what}`)
      result.forged = forgeries.length
    },
    async () => {
      const { errorPct, monotone, internal } = await rollOut(stage, extent.users)
      result.rollout_error_pct = Math.round(errorPct * 1000) / 1000
      result.monotone = monotone && internal
    },
    async () => {
      const rollbacks: number[] = []
      for (const [index, by] of ways(extent.rollbacks).entries()) {
        const times = await rollBack(stage, index % 2 === 0 ? '1' : '2', by, withinMs)
        rollbacks.push(...times)
        say(`rollback ${index + 1} by ${by}: ${times.join(' ')}`)
      }
      result.rollback_ms_p95 = quantile(rollbacks, 0.95)
      result.flips += extent.rollbacks
    },
    async () => {
      result.kill_switch_ms_p95 = quantile(await killsOf(stage, extent.kills, withinMs, ''), 0.95)
      result.flips += extent.kills
    },
    async () => {
      const polled: number[] = []
      for (const weather of (['silent', 'refused'] as const).slice(0, extent.polls)) {
        stage.server.setStreams(weather)
        await timeRuns(1)
        const count = Math.ceil(extent.polls / 2)
        polled.push(...(await killsOf(stage, count, POLLED_WITHIN_MS, `, stream ${weather}`)))
      }
      result.polled_ms_p95 = quantile(polled, 0.95)
    },
    async () => {
      result.unproven = await unproven(stage)
      result.complaints = stage.complaints.length
      for (const complaint of stage.complaints) say(`CONSOLE: ${complaint}`)
    },
  ]
  try {
    for (const part of parts) {
      await part()
      if (extent.stopsEarly && problems(result).length > 0) break
    }
    return result
  } finally {
    await stage.close()
  }
}

/** The first thing wrong with the copy that has this defect; a copy that does not even start is noticed too. */
async function noticed(browser: Browser, halves: Halves): Promise<string | null> {
  try {
    return problems(await measure(browser, halves, SHORT))[0] ?? null
  } catch (error) {
    return `it does not work: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : error}`
  }
}

const browser = await launchChromium()
try {
  const isShort = process.argv.includes('--short')
  const result = await measure(browser, await buildHalves(null), isShort ? SHORT : FULL)
  const wrong = problems(result)
  for (const problem of wrong) console.log(`WRONG: ${problem}`)

  console.log('\nDefects planted into copies, and the first thing that notices each')
  isQuiet = true
  let missed = 0
  for (const defect of PLANTED) {
    const by = await noticed(browser, await buildHalves(defect))
    if (by === null) missed += 1
    console.log(`${by === null ? 'MISSED' : 'found '}  ${defect.name}\n        ${by ?? '(nothing)'}`)
  }
  console.log(JSON.stringify({ ...result, planted: PLANTED.length, planted_missed: missed }))
  process.exitCode = wrong.length + missed === 0 ? 0 : 1
} finally {
  await browser.close()
}

import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { RunRecord } from '@evenkeel/shared'
import type { CDPSession, Page } from 'playwright-core'
import { bundleForPage, launchChromium } from '../chromium.ts'
import { GOALS, holds } from '../goals.ts'
import { closeBench } from '../record.ts'
import { median, medianRatio, rounded, roundsTable, table } from '../rounds.ts'
import { startBenchServer } from './server.ts'

declare global {
  var bench: typeof import('./page.ts')
}

const CONTENDERS = ['evenkeel', 'openTelemetry', 'sentry', 'nothing'] as const
type Name = (typeof CONTENDERS)[number]

/** Where each sends to. */
const KIND: Readonly<Record<Name, string>> = {
  evenkeel: 'evenkeel',
  openTelemetry: 'otel',
  sentry: 'sentry',
  nothing: '',
}

const isShort = process.argv.includes('--short')
const ROUNDS = isShort ? 3 : 7
const RUNS = isShort ? 60 : 200
const WORDS = 300

/** What the main thread has worked since the page was made, in milliseconds of its processor. */
async function mainThreadMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
}

/** Has so many runs taken; what came of them at the server, as it was before its sender compressed it. */
async function take(page: Page, name: Name, record: RunRecord, count: number): Promise<Buffer> {
  server.bodies.length = 0
  await page.evaluate(([contender, of, runs]) => bench[contender](bench.copies(of, runs)), [
    name,
    record,
    count,
  ] as const)
  // Whoever gives something up has had less to do; some say that all is sent while the last is on its way.
  const deadline = Date.now() + 10_000
  for (;;) {
    const came = Buffer.concat(
      server.bodies.filter(({ kind }) => kind === KIND[name]).map(({ body }) => inflated(body)),
    )
    const traces = new Set(came.toString().match(/(?<="trace_?id":")[0-9a-f]{32}/gi)).size
    if (name === 'nothing' || traces === count) return came
    if (Date.now() > deadline) throw new Error(`Of ${count} runs ${name} has delivered ${traces}.`)
    await wait(50)
  }
}

const browser = await launchChromium()
const server = await startBenchServer(
  await bundleForPage(fileURLToPath(new URL('page.ts', import.meta.url))),
  WORDS,
)
try {
  const page = await browser.newPage()
  page.on('pageerror', (error) => console.error(error))
  await page.goto(server.url)
  const session = await page.context().newCDPSession(page)
  // The processor's time, so that a busy machine does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const record = await page.evaluate(() => bench.record())
  console.log(
    `one run: ${record.outcome}, ${record.answerLength} characters in ${Math.round(record.settledMs)} ms, ${record.moments.length} moments, ${record.attempts.length} attempt\n`,
  )

  const sizes = new Map<Name, { raw: number; gz: number }>()
  for (const name of CONTENDERS) {
    if (name === 'nothing') continue
    const all = await take(page, name, record, 1)
    sizes.set(name, { raw: all.length, gz: gzipSync(all).length })
  }

  const times: Record<Name, number[]> = { evenkeel: [], openTelemetry: [], sentry: [], nothing: [] }
  for (let round = 0; round <= ROUNDS; round += 1) {
    const spent = new Map<Name, number>()
    for (const name of CONTENDERS) {
      const before = await mainThreadMs(session)
      await take(page, name, record, RUNS)
      spent.set(name, ((await mainThreadMs(session)) - before) / RUNS)
    }
    // The first round is for the engine to warm up. What the loop itself costs is nobody's.
    const loopMs = spent.get('nothing') ?? Number.NaN
    if (round > 0)
      for (const name of CONTENDERS)
        times[name].push((spent.get(name) ?? Number.NaN) - (name === 'nothing' ? 0 : loopMs))
  }

  console.log(roundsTable('main thread, ms per run', times))
  console.log(
    `\n${table(
      ['one run, as it leaves', 'bytes', 'gzipped'],
      [...sizes].map(([name, { raw, gz }]) => [name, raw.toLocaleString('en'), gz.toLocaleString('en')]),
    )}`,
  )
  const rawBytes = (name: Name) => sizes.get(name)?.raw ?? Number.NaN
  const gz = (name: Name) => sizes.get(name)?.gz ?? Number.NaN
  const result = {
    main_thread_ms_per_run: rounded(median(times.evenkeel)),
    raw_bytes_per_run: rawBytes('evenkeel'),
    gz_single: gz('evenkeel'),
    main_thread_ratio_vs_otel: rounded(medianRatio(times, 'evenkeel', 'openTelemetry')),
    main_thread_ratio_vs_sentry: rounded(medianRatio(times, 'evenkeel', 'sentry')),
    otel_ms_per_run: rounded(median(times.openTelemetry)),
    otel_raw_bytes: rawBytes('openTelemetry'),
    otel_gz: gz('openTelemetry'),
    sentry_ms_per_run: rounded(median(times.sentry)),
    sentry_raw_bytes: rawBytes('sentry'),
    sentry_gz: gz('sentry'),
    loop_ms_per_run: rounded(median(times.nothing)),
    runs: RUNS * ROUNDS,
  }
  const over = Object.entries(GOALS.telemetry ?? {}).filter(
    ([field, goal]) => !holds(goal, result[field as keyof typeof result]),
  )
  for (const [field, { value }] of over)
    console.error(`${field} is ${result[field as keyof typeof result]}, over its budget of ${value}`)
  process.exitCode = over.length === 0 ? 0 : 1
  closeBench(
    'telemetry',
    result,
    [{ title: 'Main thread for one run, without the loop around it', unit: 'ms', figures: times }],
    browser.version(),
  )
} finally {
  await browser.close()
  await server.close()
}

/** As it was before its sender compressed it. */
function inflated(body: Buffer): Buffer {
  return body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body
}

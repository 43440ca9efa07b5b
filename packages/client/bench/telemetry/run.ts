import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { RunRecord } from '@evenkeel/shared'
import type { CDPSession, Page } from 'playwright-core'
import { bundleForPage, launchChromium } from '../chromium.ts'
import { median, rounded, roundsTable, table } from '../rounds.ts'
import { startBenchServer } from './server.ts'

declare global {
  var bench: typeof import('./page.ts')
}

const BUDGETS = { main_thread_ms_per_run: 1, raw_bytes_per_run: 8_000, gz_single: 2_000 }

const CONTENDERS = ['evenkeel', 'openTelemetry', 'nothing'] as const
type Name = (typeof CONTENDERS)[number]

/** Where each sends to. */
const KIND: Readonly<Record<Name, string>> = {
  evenkeel: 'evenkeel',
  openTelemetry: 'otel',
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

const take = (page: Page, name: Name, record: RunRecord, count: number) =>
  page.evaluate(([contender, of, runs]) => bench[contender](bench.copies(of, runs)), [
    name,
    record,
    count,
  ] as const)

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
    server.bodies.length = 0
    await take(page, name, record, 1)
    const own = server.bodies.filter(({ kind }) => kind === KIND[name]).map(({ body }) => inflated(body))
    const all = Buffer.concat(own)
    sizes.set(name, { raw: all.length, gz: gzipSync(all).length })
  }

  const times: Record<Name, number[]> = { evenkeel: [], openTelemetry: [], nothing: [] }
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
  const own = sizes.get('evenkeel')
  const result = {
    runs: RUNS * ROUNDS,
    main_thread_ms_per_run: rounded(median(times.evenkeel)),
    loop_ms_per_run: rounded(median(times.nothing)),
    otel_ms_per_run: rounded(median(times.openTelemetry)),
    raw_bytes_per_run: own?.raw ?? Number.NaN,
    gz_single: own?.gz ?? Number.NaN,
    otel_raw_bytes: sizes.get('openTelemetry')?.raw ?? Number.NaN,
    otel_gz: sizes.get('openTelemetry')?.gz ?? Number.NaN,
  }
  const over = Object.entries(BUDGETS).filter(
    ([field, most]) => !(result[field as keyof typeof result] <= most),
  )
  for (const [field, most] of over)
    console.error(`${field} is ${result[field as keyof typeof result]}, over its budget of ${most}`)
  process.exitCode = over.length === 0 ? 0 : 1
  console.log(JSON.stringify(result))
} finally {
  await browser.close()
  await server.close()
}

/** As it was before its sender compressed it. */
function inflated(body: Buffer): Buffer {
  return body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body
}

import { rounded, table } from '../../bench/rounds.ts'
import { clientWith } from './client-parts.ts'
import { MAX_ERROR_PCT, measure, problemsOf } from './measure.ts'
import { PLANTED } from './planted.ts'

const isShort = process.argv.includes('--short')
const RUNS = isShort ? 20_000 : 100_000
const SAMPLE_RATE = 0.1
/** Of fewer runs more are kept, so that chance alone stays well inside the bounds. */
const PLANTED_RUN = { runs: 5_000, sampleRate: 0.5, seed: 2 }

const seconds = (fromMs: number) => ((performance.now() - fromMs) / 1000).toFixed(1)
let fromMs = performance.now()
const real = await clientWith(null)
const figures = await measure(real, { runs: RUNS, sampleRate: SAMPLE_RATE, seed: 1 })
console.log(
  `${figures.runs.toLocaleString('en')} runs through whole engines in virtual time, of which ${figures.sent.toLocaleString('en')} were sent (${seconds(fromMs)} s)\n`,
)
console.log(
  table(
    ['', 'truth', 'the store’s figure', 'off by'],
    figures.rates.map(([name, truth, figure, errorPct]) => [
      name,
      truth < 1 ? `${(100 * truth).toFixed(3)} %` : truth.toLocaleString('en'),
      truth < 1 ? `${(100 * figure).toFixed(3)} %` : figure.toLocaleString('en'),
      `${errorPct.toFixed(2)} %`,
    ]),
  ),
)
const problems = problemsOf(figures)
for (const name of problems) console.error(`out of its bounds: ${name}`)

console.log('\nDefects planted into copies of the client, and the figures that notice each')
const untouched = problemsOf(await measure(real, PLANTED_RUN))
if (untouched.length > 0) throw new Error(`The copy without a defect fails at ${untouched.join(', ')}.`)
let missed = 0
fromMs = performance.now()
for (const defect of PLANTED) {
  const parts = await clientWith(defect)
  let noticed: string[]
  try {
    noticed = problemsOf(await measure(parts, PLANTED_RUN))
  } catch (error) {
    noticed = [`it threw ${error instanceof Error ? error.name : typeof error}`]
  }
  if (noticed.length === 0) missed += 1
  console.log(
    `${noticed.length === 0 ? 'MISSED' : 'found '}  ${defect.name}\n        ${noticed.join(', ') || '(nothing)'}`,
  )
}

process.exitCode = problems.length + missed === 0 ? 0 : 1
console.log(
  JSON.stringify({
    runs: figures.runs,
    sent: figures.sent,
    rate_error_pct: rounded(figures.rate_error_pct),
    rate_error_pct_max: MAX_ERROR_PCT,
    lost_certain: figures.lost_certain,
    inconsistent: figures.inconsistent,
    signals_wrong: figures.signals_wrong,
    planted: PLANTED.length,
    planted_missed: missed,
  }),
)

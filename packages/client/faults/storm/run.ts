import { rounded, table } from '../../bench/rounds.ts'
import { createStormClient } from './client.ts'
import { createEngineClient } from './engine-client.ts'
import type { RunLog } from './feature.ts'
import { type Figures, measure, problemsOf } from './measure.ts'
import { partsWith, REAL_PARTS, type StormParts } from './parts.ts'
import { PLANTED } from './planted.ts'
import { prepareStorm, type StormLog, type StormOptions } from './storm.ts'

/** What the storm is to show is shown by ten thousand clients; the defects and the whole engine need fewer. */
const STORM: StormOptions = { clients: 10_000, impatient: 20 }
const ENGINE_STORM: StormOptions = { clients: 1_000, impatient: 5 }
const PLANTED_STORM: StormOptions = { clients: 2_000, impatient: 20 }

function stormOf(options: StormOptions, parts: StormParts): StormLog {
  const { timeline, log } = prepareStorm(options, (client, world) => createStormClient(client, parts, world))
  while (timeline.step()) {
    // Everything happens in there.
  }
  return log
}

/** The same storm with whole engines, whose promises settle between one thing and the next. */
async function engineStormOf(options: StormOptions): Promise<StormLog> {
  const settlePromises = () => new Promise((resolve) => setImmediate(resolve))
  const { timeline, log } = prepareStorm(options, createEngineClient)
  await settlePromises()
  while (timeline.step()) await settlePromises()
  return log
}

/** Runs of one log that are not in the other, to the millisecond and the last attempt. */
function disagreements(a: StormLog, b: StormLog): number {
  const textOf = ({ client, startMs, endMs, level, by, requests, answeredBy, failures }: RunLog) =>
    JSON.stringify([client, startMs, endMs, level, by, requests, answeredBy, failures])
  const texts = new Set(b.runs.map(textOf))
  return a.runs.filter((run) => !texts.has(textOf(run))).length + Math.abs(a.runs.length - b.runs.length)
}

/** The figures that a storm moves; a defect may also be so bad that there are none. */
function noticedIn(storm: () => string[]): string[] {
  try {
    return storm()
  } catch (error) {
    return [`it threw ${error instanceof Error ? error.name : typeof error}`]
  }
}

function show({ phases }: Figures): void {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  console.log(
    table(
      ['', 'runs', 'requests/run', 'answered', 'of the oracle', 'at 5', '4', '3', '2', '1', 'recovered in'],
      phases.map((row) => [
        row.phase.name,
        row.runs.toLocaleString('en'),
        row.amplification.toFixed(3),
        percent(row.answered),
        row.usefulShare === null ? '–' : percent(row.usefulShare),
        ...row.levels.map(percent),
        row.recoveredWithinS === null ? '–' : `${row.recoveredWithinS} s`,
      ]),
    ),
  )
}

const figures = measure(stormOf(STORM, REAL_PARTS))
console.log(
  `${STORM.clients.toLocaleString('en')} clients that ask once a minute, and ${STORM.impatient} impatient ones, in virtual time\n`,
)
show(figures)
console.log(`\nmanners: ${JSON.stringify(figures.manners)}`)
const problems = problemsOf(figures)
for (const name of problems) console.error(`out of its bounds: ${name}`)

const engineLog = await engineStormOf(ENGINE_STORM)
const engineDisagreements = disagreements(engineLog, stormOf(ENGINE_STORM, REAL_PARTS))
console.log(
  `\n${engineLog.runs.length.toLocaleString('en')} runs of ${ENGINE_STORM.clients.toLocaleString('en')} whole engines in the same storm: ${engineDisagreements} differ from those of the parts alone`,
)

console.log('\nDefects planted into copies of the parts, and the figures that notice each')
const untouched = problemsOf(measure(stormOf(PLANTED_STORM, await partsWith(null))))
if (untouched.length > 0) throw new Error(`The copy without a defect fails at ${untouched.join(', ')}.`)
let missed = 0
for (const defect of PLANTED) {
  const parts = await partsWith(defect)
  const noticed = noticedIn(() => problemsOf(measure(stormOf(PLANTED_STORM, parts))))
  if (noticed.length === 0) missed += 1
  console.log(
    `${noticed.length === 0 ? 'MISSED' : 'found '}  ${defect.name}\n        ${noticed.join(', ') || '(nothing)'}`,
  )
}

const result = {
  clients: STORM.clients,
  runs: figures.phases.reduce((sum, { runs }) => sum + runs, 0),
  amplification_max: rounded(figures.amplification_max),
  recovered_within_s: figures.recovered_within_s,
  useful_share: rounded(figures.useful_share),
  level_changes_per_client_max: figures.level_changes_per_client_max,
  ...figures.manners,
  engine_runs: engineLog.runs.length,
  engine_disagreements: engineDisagreements,
  planted: PLANTED.length,
  planted_missed: missed,
}
process.exitCode = problems.length + engineDisagreements + missed === 0 ? 0 : 1
console.log(JSON.stringify(result))

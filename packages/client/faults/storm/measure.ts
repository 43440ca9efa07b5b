import type { RunLog } from './feature.ts'
import type { StormLog } from './storm.ts'
import { oracleShare, PHASES, type Phase, phaseAt } from './weather.ts'
import { type Manners, watch } from './witness.ts'

/** One phase of the storm, of the clients that ask once a minute. */
export interface PhaseFigures {
  readonly phase: Phase
  readonly runs: number
  /** Requests for each run. */
  readonly amplification: number
  /** Of its runs, answered by a model. */
  readonly answered: number
  /** Of what a client gets that knows the weather; `null` where that is nothing. */
  readonly usefulShare: number | null
  /** Of its runs, at each level from 5 to 1. */
  readonly levels: readonly number[]
  /** Until its users get again what they got in the calm; `null` where nothing had been wrong before. */
  readonly recoveredWithinS: number | null
}

export interface Figures {
  readonly phases: readonly PhaseFigures[]
  readonly amplification_max: number
  readonly recovered_within_s: number
  /** Of the worst phase. */
  readonly useful_share: number
  readonly level_changes_per_client_max: number
  readonly manners: Manners
}

const WINDOW_S = 5
const RECOVERED_SHARE = 0.95

export function measure(log: StormLog): Figures {
  const demand = new Map<number, number>()
  for (const { startMs } of log.runs) {
    const second = Math.floor(startMs / 1000)
    demand.set(second, (demand.get(second) ?? 0) + 1)
  }
  const ordinary = log.runs.filter(({ client }) => client >= 0)
  const [calm] = PHASES
  const calmShare = answeredShare(ordinary.filter(({ startMs }) => phaseAt(startMs) === calm))

  const phases = PHASES.map((phase, index): PhaseFigures => {
    const runs = ordinary.filter(({ startMs }) => phaseAt(startMs) === phase)
    const oracle = sum(runs, ({ startMs }) =>
      oracleShare(phase.weather, demand.get(Math.floor(startMs / 1000)) ?? 1, log.clients),
    )
    const answered = answeredShare(runs)
    const before = PHASES[index - 1]?.weather
    const isAfterStorm = phase.weather === 'calm' && (before === 'outage' || before === 'brown-out')
    return {
      phase,
      runs: runs.length,
      amplification: sum(runs, ({ requests }) => requests) / runs.length,
      answered,
      usefulShare: oracle === 0 ? null : (answered * runs.length) / oracle,
      levels: [5, 4, 3, 2, 1].map((level) => runs.filter((run) => run.level === level).length / runs.length),
      recoveredWithinS: isAfterStorm ? recoveredWithinS(phase, runs, calmShare) : null,
    }
  })
  return {
    phases,
    amplification_max: Math.max(...phases.map(({ amplification }) => amplification)),
    recovered_within_s: Math.max(...phases.map((phase) => phase.recoveredWithinS ?? 0)),
    useful_share: Math.min(...phases.map(({ usefulShare }) => usefulShare ?? 1)),
    level_changes_per_client_max: levelChangesMax(ordinary),
    manners: watch(log),
  }
}

function answeredShare(runs: readonly RunLog[]): number {
  return runs.filter(({ answeredBy }) => answeredBy === 'model').length / Math.max(1, runs.length)
}

/** Seconds from the phase's beginning until no window of five seconds falls short of the calm any more. */
function recoveredWithinS({ fromS, toS }: Phase, runs: readonly RunLog[], calmShare: number): number {
  let short = 0
  for (let second = fromS; second + WINDOW_S <= toS; second += 1) {
    const inWindow = runs.filter(
      ({ startMs }) => startMs >= second * 1000 && startMs < (second + WINDOW_S) * 1000,
    )
    if (answeredShare(inWindow) < RECOVERED_SHARE * calmShare) short = second - fromS + 1
  }
  return short
}

/** How often the level of a client's runs differed from that of its run before, for the most moved client. */
function levelChangesMax(runs: readonly RunLog[]): number {
  const last = new Map<number, number>()
  const changes = new Map<number, number>()
  for (const { client, level } of [...runs].sort((a, b) => a.startMs - b.startMs)) {
    if ((last.get(client) ?? level) !== level) changes.set(client, (changes.get(client) ?? 0) + 1)
    last.set(client, level)
  }
  return Math.max(0, ...changes.values())
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

const BOUNDS = {
  amplification_max: (value: number) => value <= 1.2,
  recovered_within_s: (value: number) => value <= 30,
  useful_share: (value: number) => value >= 0.9,
  level_changes_per_client_max: (value: number) => value <= 6,
}

/** The names of the figures that are out of their bounds. */
export function problemsOf(figures: Figures): string[] {
  return [
    ...Object.entries(BOUNDS).filter(([name, isGood]) => !isGood(figures[name as keyof typeof BOUNDS])),
    ...Object.entries(figures.manners).filter(([, count]) => count > 0),
  ].map(([name]) => name)
}

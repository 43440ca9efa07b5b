import { createListeners } from '../engine/attach/listeners.ts'
import {
  type Change,
  DAY_MS,
  type FeatureFigures,
  type RunSummary,
  type RunsQuery,
  type Source,
} from '../engine/contract.ts'
import type { Link, LinkState } from './link.ts'

/** A feature's figures for a unit test. */
export function figuresOf(feature: string, changes: Partial<FeatureFigures> = {}): FeatureFigures {
  return {
    feature,
    interaction: 'progressive',
    environment: 'production',
    windowMs: DAY_MS,
    runs: 12_400,
    outcomes: { answered: 11_507, degraded: 893 },
    ratedRuns: 12_400,
    fallbackShare: 0.072,
    thumbsDownRate: 0.031,
    regenerateRate: 0.012,
    firstTokenMs: { p50: 310, p95: 612, p99: 1_400, count: 12_000 },
    completeMs: { p50: 2_100, p95: 4_120, p99: 6_900, count: 12_000 },
    budgetFirstTokenMs: 500,
    budgetCompleteMs: 5_000,
    lastRunEpochMs: 0,
    ...changes,
  }
}

/** A run's summary for a unit test. */
export function summaryOf(number: number, changes: Partial<RunSummary> = {}): RunSummary {
  return {
    runId: number.toString(16).padStart(32, '0'),
    feature: 'draft-reply',
    environment: 'production',
    startedAtEpochMs: number,
    outcome: 'answered',
    fallbackCause: null,
    level: 5,
    firstTokenMs: 430,
    budgetFirstTokenMs: 500,
    completeMs: 2_100,
    settledMs: 2_101,
    attempts: 1,
    thumbs: null,
    synthetic: false,
    ...changes,
  }
}

export interface FakeSource extends Source {
  runsStored: RunSummary[]
  figures: FeatureFigures[]
  environmentNames: string[]
  /** Thrown by every question while set. */
  failure: Error | null
  readonly asked: RunsQuery[]
}

/** A source over two arrays. */
export function createFakeSource(): FakeSource {
  const source: FakeSource = {
    runsStored: [],
    figures: [],
    environmentNames: ['production'],
    failure: null,
    asked: [],
    async environments() {
      if (source.failure !== null) throw source.failure
      const environments = source.environmentNames.map((name) => ({ name, lastSeenEpochMs: 0, runs: 1 }))
      return { environments }
    },
    async features(environment) {
      if (source.failure !== null) throw source.failure
      return { features: source.figures.filter((figure) => figure.environment === environment) }
    },
    async runs(query) {
      source.asked.push(query)
      if (source.failure !== null) throw source.failure
      const { feature, environment, limit = 100, before = Number.POSITIVE_INFINITY } = query
      const found = source.runsStored
        .filter((run) => feature === undefined || run.feature === feature)
        .filter((run) => environment === undefined || run.environment === environment)
        .filter((run) => run.startedAtEpochMs < before)
        .sort((a, b) => b.startedAtEpochMs - a.startedAtEpochMs)
      const runs = found.slice(0, limit)
      const last = runs.at(-1)
      return { runs, nextBefore: found.length > runs.length && last ? last.startedAtEpochMs : null }
    },
    async run() {
      return null
    },
  }
  return source
}

/** A link that a test moves by hand. */
export function createFakeLink(source: Source): Link & {
  move(state: LinkState): void
  change(): void
} {
  const states = createListeners<LinkState>()
  const changes = createListeners<Change>()
  let state: LinkState = { status: 'attached', source, workspace: '/product', url: 'http://127.0.0.1:1' }
  return {
    get state() {
      return state
    },
    onState: states.add,
    onChange: changes.add,
    move(next) {
      state = next
      states.tell(next)
    },
    change: () => changes.tell({ features: [], runs: 1, signals: 0 }),
  }
}

/** Lets every question that was asked be answered. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

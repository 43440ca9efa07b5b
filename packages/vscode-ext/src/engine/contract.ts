import type { Interaction, Outcome, OutcomeCounts, RunRecord, Signal } from '@evenkeel/shared'

/**
 * The questions that every source answers and the collector serves over HTTP. All of them are `GET`
 * with the parameters in the query string, need the collector's token
 * (`Authorization: Bearer <token>`), and answer JSON.
 *
 * | path | answer |
 * |---|---|
 * | `/healthz` | {@link Health}, without a token |
 * | `/v1/questions/environments` | {@link EnvironmentsAnswer} |
 * | `/v1/questions/features?environment&windowMs` | {@link FeaturesAnswer} |
 * | `/v1/questions/runs?feature&environment&outcome&limit&before` | {@link RunsAnswer} |
 * | `/v1/questions/run?runId` | {@link RunAnswer}, by the run's id or by the code that its user was shown; 404 where it is not known |
 * | `/v1/changes?attachment` | server-sent events: `change` with {@link Change} after each stored batch, at most 4 a second |
 *
 * While its `/v1/changes` connection is open an asker counts as attached; `attachment` names the
 * connection, so that its owner can leave it out of the count. `POST /v1/shutdown` (token, JSON
 * {@link ShutdownRequest}) answers {@link ShutdownAnswer}.
 *
 * Telemetry comes in by `POST /v1/traces` and `POST /v1/logs` as OTLP/JSON, without a token: the
 * collector listens on loopback only and checks `Host` and `Origin`.
 */
export const QUESTIONS = {
  environments: '/v1/questions/environments',
  features: '/v1/questions/features',
  runs: '/v1/questions/runs',
  run: '/v1/questions/run',
} as const

export const CHANGES_PATH = '/v1/changes'
export const HEALTH_PATH = '/healthz'
export const SHUTDOWN_PATH = '/v1/shutdown'
export const TRACES_PATH = '/v1/traces'
export const LOGS_PATH = '/v1/logs'

export const DAY_MS = 24 * 3600_000

/** Below this many rated runs a rate says nothing; it is shown as "too few runs". */
export const MIN_RATED_RUNS = 20

export interface Health {
  readonly status: 'ok'
  readonly pid: number
  readonly version: string
  /** Milliseconds since the epoch. */
  readonly startedAtEpochMs: number
  /** Absolute path of the workspace whose store this is. */
  readonly workspace: string
  readonly attached: number
}

export interface EnvironmentsAnswer {
  /** Most recently seen first. */
  readonly environments: readonly {
    readonly name: string
    readonly lastSeenEpochMs: number
    readonly runs: number
  }[]
}

/** What one feature did in one environment in one window. Rates are 0–1, `null` where nothing is rated. */
export interface FeatureFigures {
  readonly feature: string
  readonly interaction: Interaction
  readonly environment: string
  readonly windowMs: number
  /** Weighted count of every run, rated or not. */
  readonly runs: number
  readonly outcomes: OutcomeCounts
  readonly ratedRuns: number
  readonly fallbackShare: number | null
  /** Runs with a thumbs-down over rated runs. */
  readonly thumbsDownRate: number | null
  readonly regenerateRate: number | null
  /** Of the runs whose first words a model wrote: a template is there at once, and would flatter the models. */
  readonly firstTokenMs: Percentiles | null
  readonly completeMs: Percentiles | null
  readonly budgetFirstTokenMs: number | null
  readonly budgetCompleteMs: number
  readonly lastRunEpochMs: number
}

export interface Percentiles {
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** How many runs have the figure. */
  readonly count: number
}

export interface FeaturesAnswer {
  readonly features: readonly FeatureFigures[]
}

export interface RunsQuery {
  readonly feature?: string
  readonly environment?: string
  readonly outcome?: Outcome
  /** 1–500, 100 where absent. */
  readonly limit?: number
  /** Only runs started before this: milliseconds since the epoch. */
  readonly before?: number
}

/** A run in a list. */
export interface RunSummary {
  readonly runId: string
  readonly feature: string
  readonly environment: string
  readonly startedAtEpochMs: number
  readonly outcome: Outcome
  readonly fallbackCause: RunRecord['fallbackCause']
  readonly level: RunRecord['level']
  readonly firstTokenMs: number | null
  readonly budgetFirstTokenMs: number | null
  readonly completeMs: number | null
  readonly settledMs: number
  readonly attempts: number
  readonly thumbs: number | null
  readonly synthetic: boolean
}

export interface RunsAnswer {
  readonly runs: readonly RunSummary[]
  /** Pass as `before` for the next page; `null` at the end. */
  readonly nextBefore: number | null
}

export interface RunAnswer {
  readonly run: RunRecord
  /** Oldest first. */
  readonly signals: readonly Signal[]
}

export interface Change {
  readonly features: readonly string[]
  readonly runs: number
  readonly signals: number
}

export interface ShutdownRequest {
  /** Leave the collector running where anybody else is attached. */
  readonly unlessAttached?: boolean
  /** The asker's own attachment, which does not count. */
  readonly attachment?: string
}

export interface ShutdownAnswer {
  readonly stopping: boolean
  /** How many others are attached. */
  readonly attached: number
}

/** What every body of a 4xx or 5xx says. */
export interface ErrorAnswer {
  readonly error: string
  /** What to do about it. */
  readonly hint: string
}

/** Any store that answers the questions: the collector, or a team's ClickHouse. */
export interface Source {
  environments(): Promise<EnvironmentsAnswer>
  features(environment: string | undefined, windowMs: number): Promise<FeaturesAnswer>
  runs(query: RunsQuery): Promise<RunsAnswer>
  run(runId: string): Promise<RunAnswer | null>
}

/** What a page says to whoever holds it. A page asks the questions above by path; the holder adds the token. */
export type PageMessage =
  | {
      readonly type: 'ask'
      readonly id: number
      readonly path: string
      readonly query: Readonly<Record<string, string>>
    }
  | { readonly type: 'openRun'; readonly runId: string }
  | { readonly type: 'revealFeature'; readonly feature: string }
  | { readonly type: 'copy'; readonly text: string }

/** What a page is told. Every `ask` gets one `answer` with its id. */
export type HostMessage =
  | { readonly type: 'answer'; readonly id: number; readonly ok: true; readonly body: unknown }
  | {
      readonly type: 'answer'
      readonly id: number
      readonly ok: false
      readonly error: ErrorAnswer
      /** The HTTP status, where there was one: a page tells "not found" from "broken" by it. */
      readonly status?: number
    }
  | { readonly type: 'change'; readonly change: Change }

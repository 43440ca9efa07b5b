import type { Failure } from './failure.ts'
import type { Interaction } from './interaction.ts'
import type { StepKind } from './ladder.ts'
import type { Level, LevelDecider } from './level.ts'
import type { Moment } from './moment.ts'
import type { FallbackCause, Outcome } from './outcome.ts'
import type { Triple } from './triple.ts'

/** Tokens as the provider counted them; `null` where it did not say. */
export interface Usage {
  readonly inputTokens: number | null
  readonly outputTokens: number | null
}

/** One try at a step. Times are milliseconds from the run's trigger, to the microsecond. */
export interface AttemptRecord {
  /** 16 lower-case hex digits; the span id. */
  readonly spanId: string
  readonly step: StepKind
  readonly tier: string | null
  readonly domain: string | null
  readonly hedge: boolean
  readonly startedMs: number
  readonly endedMs: number
  readonly firstTokenMs: number | null
  /** `null` for the attempt that answered. */
  readonly failure: Failure | null
  /** What went wrong in the words of the part that noticed, without content; `null` where nothing did. */
  readonly detail: string | null
  /** HTTP status; `null` where no response came or none was asked for. */
  readonly status: number | null
  /** The protocol that was read, e.g. `ai-sdk`; `null` where none was. */
  readonly protocol: string | null
  /** False where the protocol cannot tell a whole answer from a cut one (plain text). */
  readonly verified: boolean
  /** Events of a known protocol that no reader knows. */
  readonly unknownEvents: number
  /** How often the answer went on over another connection after one broke. */
  readonly resumes: number
  readonly finishReason: string | null
  readonly requestModel: string | null
  readonly responseModel: string | null
  readonly usage: Usage
  /** Stages the server named in `Server-Timing` or its closing metadata: milliseconds each. */
  readonly stages: Readonly<Record<string, number>>
}

/** A moment that came, and from which deck its words are. */
export interface MomentRecord {
  readonly moment: Moment
  readonly atMs: number
  /** `null`: the default words; `<feature>.notice` where an operator's words took their place. */
  readonly deck: string | null
  /** True where the deck is silent here on purpose, so that the user was told nothing. */
  readonly silent?: boolean | undefined
}

/**
 * What enforcing the budgets would have done to a run that was only observed: the first attempt that it
 * would have ended. What would have come after that nobody knows, so nothing is said of it.
 */
export interface WouldHave {
  /** How the attempt would have ended. */
  readonly failure: Failure
  readonly atMs: number
  /** The step that would have been taken in its place; `null` where the run would have ended with what it had. */
  readonly step: StepKind | null
}

/** A silence longer than `stallMs`. */
export interface StallRecord {
  readonly atMs: number
  readonly durationMs: number
}

/** A flag that was in force, as its provider explained it. */
export interface FlagRecord {
  readonly key: string
  readonly variant: string | null
  readonly reason: string | null
}

/**
 * Everything about one settled run that a triage needs, and no content. Times named `…Ms` are
 * milliseconds from the trigger, to the microsecond; `startedAtEpochMs` is whole.
 */
export interface RunRecord {
  /** 32 lower-case hex digits; the trace id. */
  readonly runId: string
  /** 16 lower-case hex digits; the root span's id. */
  readonly spanId: string
  readonly feature: string
  readonly interaction: Interaction
  readonly intent: string | null
  readonly path: string | null
  readonly outcome: Outcome
  readonly fallbackCause: FallbackCause | null
  readonly level: Level
  readonly levelBy: LevelDecider
  readonly attempts: readonly AttemptRecord[]
  readonly startedAtEpochMs: number
  readonly firstTokenMs: number | null
  /** When the whole answer was there; `null` where it never was. */
  readonly completeMs: number | null
  readonly settledMs: number
  readonly budgetFirstTokenMs: number | null
  readonly budgetCompleteMs: number
  /**
   * Of a feature with `mode: 'observe'`: what enforcing would have done, `null` where it would have changed
   * nothing. Absent where the budgets were enforced.
   */
  readonly observed?: WouldHave | null | undefined
  readonly stalls: readonly StallRecord[]
  readonly moments: readonly MomentRecord[]
  readonly triple: Triple
  readonly usage: Usage
  /** `null`: the server did not say. */
  readonly cold: boolean | null
  readonly flags: readonly FlagRecord[]
  /** Delta-encoded arrivals, see `timeline.ts`; an empty string where nothing arrived. */
  readonly timeline: string
  /** Visible characters of the answer (UTF-16 code units). */
  readonly answerLength: number
  /** How old the answer was that the cache step gave; absent where it was new. */
  readonly answerAgeMs?: number | undefined
  readonly conversationId: string | null
  readonly turn: number | null
  readonly environment: string
  readonly service: string
  readonly build: string | null
  readonly synthetic: boolean
  /**
   * How many runs this record stands for; 1 where nothing is sampled. 0 where it was sampled away and is kept
   * all the same, because the user said something of it: others stand for it already.
   */
  readonly weight: number
  readonly sessionId: string | null
  readonly tenant: string | null
  readonly user: string | null
  readonly cohort: string | null
  /** A route pattern such as `/tickets/:id`, never a URL. */
  readonly route: string | null
  /** Class of connection, such as `4g`. */
  readonly connection: string | null
}

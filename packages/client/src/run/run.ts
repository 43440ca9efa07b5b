import type {
  ControlsInForce,
  Failure,
  Feature,
  Level,
  LevelDecider,
  Moment,
  Outcome,
  RunRecord,
  Signal,
  SignalKind,
  StepKind,
} from '@evenkeel/shared'
import type { Content } from './content.ts'

/** Where a run is: not started, no visible content yet, content arriving, ended. */
export type RunPhase = 'idle' | 'waiting' | 'streaming' | 'settled'

/** What the interface needs to know of a run; it changes a handful of times in a run, never per token. */
export interface RunState<Output = unknown> {
  readonly phase: RunPhase
  /** `null` before the first start; a regenerate gives a new one. */
  readonly runId: string | null
  readonly outcome: Outcome | null
  /** The step in hand, or the one that answered. */
  readonly step: StepKind | null
  readonly tier: string | null
  /** Why the last attempt failed; `null` where none did. */
  readonly failure: Failure | null
  /** What the user may be told now; `null` for silence. */
  readonly moment: Moment | null
  /** How old an answer from the cache step is; absent where it is new, or nobody knows. */
  readonly ageMs?: number | null
  readonly level: Level
  readonly levelBy: LevelDecider
  /** The checked answer of a feature with a schema, once the run has settled. */
  readonly output: Output | null
}

/** Where in a conversation a run stands. */
export interface StartOptions {
  /** Any id of the app's own; it is in the record, and so joins the runs of one conversation in the figures. */
  readonly conversationId?: string
  /** 0 for the first turn. */
  readonly turn?: number
}

/** A run that a page asked for before it was loaded anew. */
export interface EarlierRun {
  readonly runId: string
  readonly startedAtEpochMs: number
  /** What the first attempt asks with: it has the answer already. */
  readonly fetch: typeof globalThis.fetch
}

/** What a run's store knows for a page that is loaded anew. */
export interface Reloading<Input> {
  /** Tenant and user, whose runs these are. */
  readonly scope: string
  /** Where the server said that the answer in hand can be resumed; `null` where none is in hand. */
  readonly resumeUrl: string | null
  /** Goes on with an earlier run, under its id and on its budget. */
  goOn(input: Input, earlier: EarlierRun): Promise<RunRecord>
}

/** The run shown, for whoever finds that its answer cannot be drawn. */
export interface Shown<Output> {
  readonly settled: Promise<RunRecord>
  readonly world: {
    readonly clock: { epochMs(): number }
    nameOf(error: unknown): string
    reportBug(where: string, error: unknown): void
  }
  readonly execution: {
    readonly state: RunState<Output>
    /** What it works with; `amend` changes the record that it will leave. */
    readonly run: { amend?: (record: RunRecord) => RunRecord }
    end(by: 'departure'): void
  }
  /** Sends the record of a settled run again. */
  onRecord(record: RunRecord): void
  show(state: RunState<Output>): void
}

/** The run that a signal is about, in the words that a signal repeats. */
export type SignalSubject = Pick<Signal, 'feature' | 'runId' | 'triple' | 'level'>

/** What a signal says besides its kind. */
export interface SignalDetails {
  readonly value?: number
  readonly reasons?: readonly string[]
  readonly comment?: string
  /** Milliseconds since the answer was settled. */
  readonly afterMs?: number
}

/** What the surfaces need of a feature; without its functions, so that a run of any input fits. */
export type RunFeature = Pick<Feature, 'id' | 'interaction' | 'levels' | 'reserveLines' | 'schema' | 'budget'>

/**
 * One surface's runs, one at a time: the framework-free store under the hook. Starting again
 * supersedes a running one.
 */
export interface Run<Input = unknown, Output = unknown, Capability extends string = string> {
  /** Asks; resolves with the record once settled, and never rejects. */
  start(input: Input, options?: StartOptions): Promise<RunRecord>
  /** Ends the running attempt; what was shown stays. No effect where nothing runs. */
  stop(): void
  /** Asks again with the last input, in the same turn; `null` where there was none. */
  regenerate(): Promise<RunRecord> | null
  /**
   * Records what the user told us of the run shown, or of another (`about`: an earlier signal will do); `null` where
   * nothing was shown yet.
   */
  signal(kind: SignalKind, details?: SignalDetails, about?: SignalSubject): Signal | null
  /**
   * Whether the interface may offer this: the level of a running run lists it, or between runs the level
   * that the next one would get. Subscribers hear when that changes.
   */
  can(capability: Capability): boolean
  /** The feature that is asked; the surfaces take their manners from it. */
  readonly feature: RunFeature
  readonly state: RunState<Output>
  /** What operators have put in force for the feature, for the interface to show and hide by; `subscribe` tells of changes. */
  readonly controls: ControlsInForce
  /** Called on state changes only; returns the unsubscribe. */
  subscribe(listener: () => void): () => void
  /** The visible text so far. */
  readonly text: string
  /** Called on every arrival of text (or its replacement); read `text` once a frame. Returns the unsubscribe. */
  subscribeText(listener: () => void): () => void
  /**
   * Everything that arrived of what is shown, as it came: what `readParts` and `readObject` are made of.
   * Another one after a start and where the answer was replaced.
   */
  readonly content: Content
  /** Called on every arrival of content, be it text or not. Returns the unsubscribe. */
  subscribeContent(listener: () => void): () => void
  /** The visible text from this offset on; it costs what is returned, however long the text before it. */
  textFrom(offset: number): string
  /** Grows when the text was cleared or replaced, not when it was added to: what was read before is then void. */
  readonly textRevision: number
  /**
   * Asked before an answer replaces a partial one; `false` keeps the partial, e.g. while a selection or
   * the focus is inside. One guard at a time, the last one set; returns its removal.
   */
  guardReplacement(mayReplace: () => boolean): () => void
  /** The record of the run in hand or shown last, as `start` returned it; `null` before the first start. */
  readonly settled: Promise<RunRecord> | null
  /** For `pickUpAfterReload`. */
  readonly reloading: Reloading<Input>
  /** For `<AIBoundary>`: calls back with the run shown, where there is one. */
  inside(work: (shown: Shown<Output>) => void): void
  /** The surface is gone: aborts or detaches as the feature says. */
  leave(): void
}

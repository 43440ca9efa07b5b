import type { Level } from './level.ts'
import type { Triple } from './triple.ts'

/** What a user told us about a run. */
export type SignalKind = 'thumbs' | 'regenerate' | 'edit' | 'accept' | 'copy' | 'dismiss' | 'report'

export const SIGNAL_KINDS = [
  'thumbs',
  'regenerate',
  'edit',
  'accept',
  'copy',
  'dismiss',
  'report',
] as const satisfies readonly SignalKind[]

/** Why an answer was bad, in the words that a team triages by. */
export type TriageReason =
  | 'hallucination'
  | 'refusal-too-strict'
  | 'refusal-too-loose'
  | 'latency'
  | 'cost'
  | 'privacy'
  | 'prompt-injection'
  | 'retrieval-miss'
  | 'other'

export const TRIAGE_REASONS = [
  'hallucination',
  'refusal-too-strict',
  'refusal-too-loose',
  'latency',
  'cost',
  'privacy',
  'prompt-injection',
  'retrieval-miss',
  'other',
] as const satisfies readonly TriageReason[]

/** One signal, complete in itself: it repeats what it is about, so that it counts even where its run was sampled away. */
export interface Signal {
  /** 32 lower-case hex digits; the same id sent again replaces the signal before it. */
  readonly signalId: string
  readonly runId: string
  readonly kind: SignalKind
  /** When it was given: milliseconds since the epoch, whole. */
  readonly atEpochMs: number
  /** `thumbs`: 1 up, -1 down, 0 withdrawn. `edit`: normalised edit distance 0–1. Else `null`. */
  readonly value: number | null
  /** From the triage taxonomy, or the app's own. */
  readonly reasons: readonly string[]
  /** The user's words: content, recorded only where the app chose to. */
  readonly comment: string | null
  /** `regenerate`: which repetition this is, from 1. */
  readonly ordinal: number | null
  /** Milliseconds since the answer was settled, where whoever records it measured that: the time to accept. */
  readonly afterMs: number | null
  /** `regenerate`: the run that took this one's place. */
  readonly replacedBy: string | null
  readonly feature: string
  readonly triple: Triple
  readonly level: Level
  readonly environment: string
  readonly synthetic: boolean
  /** How many signals this one stands for; 1 where nothing is sampled. */
  readonly weight: number
}

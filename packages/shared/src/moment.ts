import type { TriageReason } from './signal.ts'

/** The points in a run at which the user may be told something. */
export type Moment =
  | 'waiting'
  | 'slow'
  | 'limited'
  | 'cached'
  | 'replaced'
  | 'incomplete'
  | 'refused'
  | 'template'
  | 'omitted'
  | 'disabled'
  | 'offline'
  | 'retry'
  | 'disclosure'
  | 'feedback.ask'
  | `feedback.reasons.${TriageReason}`
  | 'feedback.thanks'

/** Moments of a run itself; those of the feedback bar are {@link FEEDBACK_MOMENTS}. */
export const RUN_MOMENTS = [
  'waiting',
  'slow',
  'limited',
  'cached',
  'replaced',
  'incomplete',
  'refused',
  'template',
  'omitted',
  'disabled',
  'offline',
  'retry',
  'disclosure',
] as const satisfies readonly Moment[]

/** Moments of the feedback bar. */
export const FEEDBACK_MOMENTS = [
  'feedback.ask',
  'feedback.reasons.hallucination',
  'feedback.reasons.refusal-too-strict',
  'feedback.reasons.refusal-too-loose',
  'feedback.reasons.latency',
  'feedback.reasons.cost',
  'feedback.reasons.privacy',
  'feedback.reasons.prompt-injection',
  'feedback.reasons.retrieval-miss',
  'feedback.reasons.other',
  'feedback.thanks',
] as const satisfies readonly Moment[]

export const MOMENTS: readonly Moment[] = [...RUN_MOMENTS, ...FEEDBACK_MOMENTS]

/**
 * AI features in a React product: define a feature, ask it with `useAI`, show it with
 * `<StreamedText>`, hear the user with `<FeedbackBar>`.
 *
 * It bears no `'use client'` of its own, so that a server may import a feature's definition; the hooks and
 * components bear theirs.
 *
 * @packageDocumentation
 */
export {
  defineFeature,
  type Failure,
  type Feature,
  type FeatureSpec,
  type Interaction,
  type Level,
  type Moment,
  type Outcome,
  type RunRecord,
  type Signal,
  type SignalKind,
  TRIAGE_REASONS,
  type TriageReason,
} from '@evenkeel/shared'
export { EvenkeelProvider, type EvenkeelProviderProps } from './react/evenkeel-provider.tsx'
export { FeedbackBar, type FeedbackBarProps } from './react/feedback-bar.tsx'
export { Notice, type NoticeProps } from './react/notice.tsx'
export type { AIRun } from './react/run-slot.ts'
export type { RunSource } from './react/run-source.ts'
export { StreamedText, type StreamedTextProps } from './react/streamed-text.tsx'
export { evenkeelCss } from './react/stylesheet.ts'
export { useAI } from './react/use-ai.ts'
export { type Feedback, type Thumb, useFeedback } from './react/use-feedback.ts'
export { useRunText } from './react/use-run-text.ts'
export type { ControlWord, WordKey, Words } from './react/words.ts'
export { createRun, defaultEngine } from './run/default-engine.ts'
export { createEngine, type Engine, type EngineOptions } from './run/engine.ts'
export type { Run, RunPhase, RunState, SignalDetails } from './run/run.ts'

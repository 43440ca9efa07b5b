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
  type ClientTool,
  type ControlWord,
  type Deck,
  defineFeature,
  defineTool,
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
  type ToolCallContext,
  type ToolResult,
  TRIAGE_REASONS,
  type TriageReason,
  type WordKey,
  type Words,
} from '@evenkeel/shared'
export type { CacheOptions, Purge } from './cache/cache-options.ts'
export type { AnswerStore, KeptAnswer, KeptEntry } from './cache/kept-answer.ts'
export { AIBoundary, type AIBoundaryProps } from './react/ai-boundary.tsx'
export { EvenkeelProvider, type EvenkeelProviderProps } from './react/evenkeel-provider.tsx'
export { FeedbackBar, type FeedbackBarProps } from './react/feedback-bar.tsx'
export { Notice, type NoticeProps } from './react/notice.tsx'
export type { AIRun } from './react/run-slot.ts'
export type { RunSource } from './react/run-source.ts'
export { SpokenAnswer, type SpokenAnswerProps } from './react/spoken-answer.tsx'
export { StreamedText, type StreamedTextProps } from './react/streamed-text.tsx'
export { useAI } from './react/use-ai.ts'
export { useConversation } from './react/use-conversation.ts'
export { type Feedback, type Thumb, useFeedback } from './react/use-feedback.ts'
export { useRunObject } from './react/use-run-object.ts'
export { useRunParts } from './react/use-run-parts.ts'
export { useRunText } from './react/use-run-text.ts'
export { evenkeelCss } from './react/whole-stylesheet.ts'
export type { DataPart, FilePart, Part, SourcePart, TextPart, ToolPart } from './render/parts/part.ts'
export { readObject, readParts } from './render/readers.ts'
export { type Conversation, createConversation } from './run/conversation.ts'
export { createRun, defaultEngine } from './run/default-engine.ts'
export { createEngine, type Engine, type EngineOptions } from './run/engine.ts'
export type { Run, RunPhase, RunState, SignalDetails, StartOptions } from './run/run.ts'
export type { DeepPartial } from './stream/object/deep-partial.ts'

/**
 * Everything without React: the engine, its runs, and the definition of features.
 *
 * @packageDocumentation
 */
export {
  type ClientTool,
  defineFeature,
  defineTool,
  type Feature,
  type FeatureSpec,
  type RunRecord,
  type Signal,
  type ToolResult,
} from '@evenkeel/shared'
export type { CacheOptions, Purge } from './cache/cache-options.ts'
export type { AnswerStore, KeptAnswer, KeptEntry } from './cache/kept-answer.ts'
export type { HealthOptions } from './health/health.ts'
export { HEALTH_POLICY, type HealthPolicy } from './health/health-policy.ts'
export type { HealthStorage } from './health/health-storage.ts'
export {
  type AnswerAnnouncements,
  type AnswerSurface,
  type AttachOptions,
  attachAnswer,
} from './render/attach-answer.ts'
export type { Part } from './render/parts/part.ts'
export { readObject, readParts } from './render/readers.ts'
export { speakAnswer } from './render/speak-answer.ts'
export { type Clock, systemClock } from './run/clock.ts'
export { type Conversation, createConversation } from './run/conversation.ts'
export { createRun, defaultEngine } from './run/default-engine.ts'
export { createEngine, type Engine, type EngineOptions } from './run/engine.ts'
export { browserPage, type Page } from './run/page.ts'
export type { Run, RunFeature, RunPhase, RunState, SignalDetails, StartOptions } from './run/run.ts'
export type { Entry } from './telemetry/entry.ts'
export type { TelemetryStorage } from './telemetry/storage.ts'

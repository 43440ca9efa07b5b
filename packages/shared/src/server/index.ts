export type { EvenkeelContext, EvenkeelHandler } from './context.ts'
export * from './controls/control-handler.ts'
export * from './controls/control-store.ts'
export * from './controls/controls.ts'
export * from './controls/flag-source.ts'
export * from './controls/flags-handler.ts'
export type { WhenKilled } from './controls/kill-switch.ts'
export { type OpenFeatureServerClient, openFeatureFlags } from './controls/open-feature.ts'
export * from './ingest.ts'
export * from './model-failure.ts'
export * from './node-listener.ts'
export { type ProblemDetails, problem, RequestProblem } from './problem.ts'
export {
  createMemoryResumeStore,
  type MemoryResumeStore,
  type MemoryResumeStoreOptions,
} from './resume/memory-store.ts'
export type { ResumeOptions } from './resume/offer-resume.ts'
export * from './resume/resume-handler.ts'
export * from './resume/resume-store.ts'
export * from './with-evenkeel.ts'

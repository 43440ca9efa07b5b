import type { StepKind } from './ladder.ts'

/** The capability level in force: 5 full, 4 delayed, 3 basic, 2 from cache or template, 1 omitted. */
export type Level = 1 | 2 | 3 | 4 | 5

export const LEVELS = [5, 4, 3, 2, 1] as const satisfies readonly Level[]

/** Who decided the level: this browser's own failures, a control, the server, or the browser's conditions. */
export type LevelDecider = 'local' | 'control' | 'server' | 'browser'

export const LEVEL_DECIDERS = [
  'local',
  'control',
  'server',
  'browser',
] as const satisfies readonly LevelDecider[]

/** One capability level of a feature, as data. */
export interface LevelSpec<Capability extends string = string> {
  readonly level: Level
  /** A word for people, such as `full` or `basic`. */
  readonly name: string
  /** What the interface may offer at this level. */
  readonly capabilities?: readonly Capability[]
  /** The first step of the ladder that is tried at this level: the first of this kind, and of this tier if named. */
  readonly startAt: StepKind | { readonly step: 'model'; readonly tier: string }
  /** Whether the user is told that the feature is limited. */
  readonly told: boolean
}

export const DEFAULT_LEVELS: readonly LevelSpec[] = [
  { level: 5, name: 'full', startAt: 'model', told: false },
  { level: 4, name: 'delayed', startAt: 'model', told: true },
  { level: 3, name: 'basic', startAt: { step: 'model', tier: 'fast' }, told: true },
  { level: 2, name: 'from cache or template', startAt: 'cache', told: true },
  { level: 1, name: 'omitted', startAt: 'omit', told: true },
]

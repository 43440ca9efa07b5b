import type { ToolResult } from './client-tool.ts'

/** The kinds of rungs, from the best answer to none at all. */
export type StepKind = 'model' | 'cache' | 'template' | 'omit'

export const STEP_KINDS = ['model', 'cache', 'template', 'omit'] as const satisfies readonly StepKind[]

/** What a step's `request` is told about the attempt it makes. */
export interface AttemptContext {
  /** 32 lower-case hex digits; the trace id of the run. */
  readonly runId: string
  /** 0 for the first attempt of the run. */
  readonly attempt: number
  readonly tier: string
  /** The paths that violated the schema on the attempt before, e.g. `['items.0.title']`; no values. */
  readonly violations?: readonly string[]
  /**
   * What came of the client tools that this attempt asked for, in order; only a follow-up request has any.
   * The same attempt goes on, so the answer continues where it stood.
   */
  readonly toolResults?: readonly ToolResult[]
  /** The conversation that the run was started in, where it was in one. */
  readonly conversationId?: string
  /** 0 for the first turn of the conversation. */
  readonly turn?: number
}

/** The parts of a request that a step may shape so that any existing endpoint can be called as it is. */
export interface StepRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** A string is sent as it is; anything else as JSON. */
  readonly body?: unknown
}

/** Asks a model behind the product's own server. */
export interface ModelStep<Input = unknown> {
  readonly step: 'model'
  readonly url: string
  /** Which model the server should take; `primary` where absent. */
  readonly tier?: string
  /** What fails together with this step; its URL where absent. */
  readonly domain?: string
  /** May race a late first token (only in an `idempotent` feature). */
  readonly hedge?: boolean
  /** The protocol to read where the response does not say, e.g. `text`. */
  readonly protocol?: string
  /** Shapes the request; `{ input }` as JSON by `POST` where absent, with `toolResults` in a follow-up. */
  readonly request?: (input: Input, attempt: AttemptContext) => StepRequest
}

/** Gives an earlier answer to the same input, where one was kept that is not older than this. */
export interface CacheStep {
  readonly step: 'cache'
  readonly maxAgeMs: number
}

/** Gives words that need no model. */
export interface TemplateStep<Input = unknown, Output = unknown> {
  readonly step: 'template'
  readonly render: (input: Input) => string | Output
}

/** Gives nothing; the product's own way without AI takes the place. */
export interface OmitStep {
  readonly step: 'omit'
}

export type Step<Input = unknown, Output = unknown> =
  | ModelStep<Input>
  | CacheStep
  | TemplateStep<Input, Output>
  | OmitStep

export const PRIMARY_TIER = 'primary'

/** The tier of a step: a model step's own, `primary` where it names none, `null` for every other kind. */
export function tierOf(step: Step<never, never>): string | null {
  return step.step === 'model' ? (step.tier ?? PRIMARY_TIER) : null
}

/** What fails together with this step; `null` for a step that needs no network. */
export function domainOf(step: Step<never, never>): string | null {
  return step.step === 'model' ? (step.domain ?? step.url) : null
}

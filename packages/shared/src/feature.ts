import type { BudgetSpec, OnUnmount } from './budget.ts'
import type { ClientTool } from './client-tool.ts'
import type { Interaction } from './interaction.ts'
import type { Step } from './ladder.ts'
import type { LevelSpec } from './level.ts'
import type { StandardSchemaV1 } from './standard-schema.ts'

/** What a product engineer writes: one AI-powered surface of a product. */
export interface FeatureSpec<Input = unknown, Output = unknown, Capability extends string = string> {
  /** Lower-case words joined by hyphens, such as `draft-reply`; it names the feature in every figure. */
  readonly id: string
  /** Ids it had before, so that a rename keeps its history. */
  readonly formerly?: readonly string[]
  readonly interaction: Interaction
  /** From the best answer down; it ends in `template` or `omit`, so that every run ends somewhere. */
  readonly ladder: readonly Step<Input, Output>[]
  readonly budget?: BudgetSpec
  /** Highest first; the five of `DEFAULT_LEVELS` where absent. */
  readonly levels?: readonly LevelSpec<Capability>[]
  /** A Standard Schema for a structured answer; without one the answer is text. */
  readonly schema?: StandardSchemaV1<unknown, Output>
  /**
   * Tools that the page runs when the model calls them by these names, e.g. made with `defineTool`. Their
   * outputs go out in a follow-up request of the same attempt. A tool may be called again by a later
   * attempt of the run, so it should do no harm twice.
   */
  readonly tools?: Readonly<Record<string, ClientTool>>
  /** The class of request an input is, for budgets and figures. */
  readonly intent?: (input: Input) => string
  /**
   * What an answer belongs to besides its input, such as a ticket's id with its revision: the cache step gives
   * an answer again only where this is the same.
   */
  readonly cacheKey?: (input: Input) => string
  /** True where asking twice does no harm: only then is a request that may have run sent again. */
  readonly idempotent?: boolean
  /** The share of runs, from 0 to 1, that may race a later step marked `hedge` when they are late; 0.05 where absent. */
  readonly hedgeShare?: number
  readonly onUnmount?: OnUnmount
  /**
   * What happens to a run that is under way when the kill switch is thrown; it is stopped where absent, and in
   * any case where it was thrown for what the feature said.
   */
  readonly whenKilled?: 'stop' | 'finish'
  /** `observe` measures everything and acts on real failures only. */
  readonly mode?: 'enforce' | 'observe'
  /** Names of `data-*` parts that count as visible content. */
  readonly visibleData?: readonly string[]
  /** Lines that `<StreamedText>` keeps free for the answer, so that nothing below it moves. */
  readonly reserveLines?: number
}

/** A feature as the library uses it: checked, with every default in place. */
export interface Feature<Input = unknown, Output = unknown, Capability extends string = string>
  extends FeatureSpec<Input, Output, Capability> {
  readonly formerly: readonly string[]
  readonly levels: readonly LevelSpec<Capability>[]
  readonly budget: BudgetSpec
  readonly idempotent: boolean
  readonly onUnmount: OnUnmount
  readonly mode: 'enforce' | 'observe'
  readonly visibleData: readonly string[]
  readonly reserveLines: number
}

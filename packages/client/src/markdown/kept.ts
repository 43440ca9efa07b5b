import type { MarkdownNode, NodeType } from './node.ts'

/**
 * What of an open block stands for good, and is neither parsed nor looked at again: so that a block that
 * grows long costs what is new in it.
 */
export interface Kept {
  readonly type: NodeType
  /** Items of a list, rows of a table, chunks of code. */
  readonly count: number
  /** Of a list, what its first items say of all. */
  readonly first?: number | undefined
  readonly isLoose?: boolean | undefined
}

/** An open block's source: the lead stands in for what is kept, the rest is its text. */
export interface OpenSource {
  /** What the offsets of the block count in. */
  readonly source: string
  /** Where in it the rest begins. */
  readonly begin: number
  readonly lead: string
  readonly kept: Kept | null
}

export interface Shortened {
  readonly kept: Kept
  readonly lead: string
  /** Where in the source the new rest begins. */
  readonly from: number
  /** What is kept now and may hold definitions. */
  readonly nodes: readonly MarkdownNode[]
}

import type { MarkdownNode } from './node.ts'

/**
 * What of an open block stands for good, and is neither parsed nor looked at again: so that a block that
 * grows long costs what is new in it.
 */
export type Kept =
  | { readonly type: 'code'; readonly chunks: number }
  | {
      readonly type: 'ol' | 'ul'
      readonly items: number
      readonly first: number | undefined
      readonly isLoose: boolean
    }
  | { readonly type: 'table'; readonly rows: number }

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
  readonly nodes?: readonly MarkdownNode[]
}

/** What a block of this type keeps. */
export function keptOf<Type extends Kept['type']>(
  kept: Kept | null,
  ...types: readonly Type[]
): Extract<Kept, { type: Type }> | null {
  const wanted: readonly string[] = types
  return kept !== null && wanted.includes(kept.type) ? (kept as Extract<Kept, { type: Type }>) : null
}

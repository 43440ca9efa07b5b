import type { List, ListItem } from 'mdast'

/**
 * What of an open block stands for good, and is neither parsed nor looked at again: so that a block that
 * grows long costs what is new in it.
 */
export type Kept =
  | { readonly kind: 'code'; readonly chunks: number }
  | {
      readonly kind: 'list'
      readonly items: number
      readonly start: number | null
      readonly isLoose: boolean
    }
  | { readonly kind: 'table'; readonly rows: number }
  | {
      readonly kind: 'paragraph'
      /** Child nodes that stand, and after them characters of a text node. */
      readonly children: number
      readonly characters: number
      /** How many markers of emphasis and links were among them. */
      readonly markers: number
    }

/** An open block's source: the lead stands in for what is kept, the rest is its text. */
export interface OpenSource {
  /** What the offsets of the block's positions count in. */
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
  readonly nodes?: readonly ListItem[]
}

/** Whether a blank line stands between two items or inside of one: then every item is made of paragraphs. */
export function isLooseList({ spread, children }: List): boolean {
  return (spread ?? false) || children.some((item) => item.spread)
}

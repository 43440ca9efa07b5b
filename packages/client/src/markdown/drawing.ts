import type { Definitions } from './definitions.ts'
import { type Highlighter, safely } from './highlight.ts'
import type { KeptChildren } from './morph.ts'
import { MARKDOWN_WORDS, type MarkdownOptions, type MarkdownWords } from './options.ts'
import { createMake, type Make } from './page-elements.ts'

/** What it takes to draw one document. */
export interface Drawing {
  readonly make: Make
  readonly kept: KeptChildren
  readonly definitions: Definitions
  readonly target: string | undefined
  readonly allowRelativeLinks: boolean
  readonly allowedImageHosts: readonly string[]
  readonly highlight: Highlighter | undefined
  readonly words: MarkdownWords
  /** What a relative image address counts from. */
  readonly baseUrl: string
  /** The source that the tree counts in, while the block in hand may still grow; `null` once it cannot. */
  readonly unfinished: string | null
  /** What begins from here on in that source was healed, and may read otherwise when it has ended. */
  readonly healedFrom: number | undefined
  /** A link holds no other, not even a bare address. */
  readonly isInLink: boolean
}

export function createDrawing(options: MarkdownOptions, definitions: Definitions, page: Document): Drawing {
  return {
    make: createMake(page),
    kept: new WeakMap(),
    definitions,
    target: options.target,
    allowRelativeLinks: options.allowRelativeLinks ?? false,
    allowedImageHosts: options.allowedImageHosts ?? [],
    highlight: options.highlight && safely(options.highlight),
    words: { ...MARKDOWN_WORDS, ...options.words },
    baseUrl: page.baseURI,
    unfinished: null,
    healedFrom: undefined,
    isInLink: false,
  }
}

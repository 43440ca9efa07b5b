import type { Definitions } from './definitions.ts'
import { createCodePieces, type HighlightedPiece } from './highlight.ts'
import { MARKDOWN_WORDS, type MarkdownOptions, type MarkdownWords } from './options.ts'

/** The options with their defaults. */
export interface ResolvedOptions {
  readonly target: string | undefined
  readonly allowRelativeLinks: boolean
  readonly allowedImageHosts: readonly string[]
  readonly isHighlighting: boolean
  readonly piecesOf: (code: string, language: string | null) => readonly HighlightedPiece[]
  readonly words: MarkdownWords
  /** What a relative image address counts from. */
  readonly baseUrl: string
}

/** What the views of one document need besides its tree. */
export interface ViewContext {
  readonly options: ResolvedOptions
  readonly definitions: Pick<Definitions, 'get'>
  /** The source that the tree's positions count in, while it is not at its end; `null` once it is. */
  readonly unfinished: string | null
}

export function resolveOptions(options: MarkdownOptions, baseUrl: string): ResolvedOptions {
  return {
    target: options.target,
    allowRelativeLinks: options.allowRelativeLinks ?? false,
    allowedImageHosts: options.allowedImageHosts ?? [],
    isHighlighting: options.highlight !== undefined,
    piecesOf: createCodePieces(options.highlight),
    words: { ...MARKDOWN_WORDS, ...options.words },
    baseUrl,
  }
}

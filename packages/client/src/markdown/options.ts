import type { Highlighter } from './highlight.ts'

/** What the markdown says in its own voice. An app gives its own words for its own languages. */
export const MARKDOWN_WORDS = {
  /** On the button of a code block. */
  'code.copy': 'Copy code',
  /** Said and shown once the code is on the clipboard. */
  'code.copied': 'Copied.',
  /** Stands where an image has no description. */
  'image.hidden': 'Image',
  /** The name of a ticked and of an empty box in a task list. */
  'task.done': 'Done',
  'task.open': 'To do',
} as const

export type MarkdownWord = keyof typeof MARKDOWN_WORDS

/** Words by key; what is left out keeps its default. */
export type MarkdownWords = Readonly<Record<MarkdownWord, string>>

/** What markdown may do on this page. Everything that could reach out of it is off until it is asked for. */
export interface MarkdownOptions {
  /** The `target` of every link, such as `_blank`; none where absent. */
  readonly target?: string | undefined
  /** Whether a link may lead to the page's own site (`/docs`, `#top`). Where not, it is shown as text. */
  readonly allowRelativeLinks?: boolean
  /**
   * Hosts that images may be loaded from, each exactly as it stands in a URL, port included. An image's
   * address can carry an answer out of the page, so there are none by default; the image's description is
   * shown in its place.
   */
  readonly allowedImageHosts?: readonly string[]
  /** Colours the code of a closed code block. */
  readonly highlight?: Highlighter
  readonly words?: Partial<MarkdownWords>
}

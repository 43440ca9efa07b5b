/**
 * Markdown for answers that stream: `<StreamedMarkdown>` in React, `createMarkdownStream` without it.
 *
 * @packageDocumentation
 */
export type { HighlightedPiece, Highlighter } from './markdown/highlight.ts'
export { createMarkdownStream, type MarkdownStream } from './markdown/markdown-stream.ts'
export type { MarkdownOptions, MarkdownWords } from './markdown/options.ts'
export { renderMarkdown } from './markdown/render-markdown.ts'
export { StreamedMarkdown, type StreamedMarkdownProps } from './markdown/streamed-markdown.tsx'
export { markdownCss } from './markdown/stylesheet.ts'

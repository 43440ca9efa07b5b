/** One fenced block of TypeScript in a markdown file. */
export interface CodeBlock {
  /** The line of its first line of code, from 1. */
  readonly line: number
  readonly code: string
}

const FENCED = /^```tsx?\n([\s\S]*?)^```$/gm

export function codeBlocksIn(markdown: string): CodeBlock[] {
  return [...markdown.matchAll(FENCED)].map((found) => ({
    line: markdown.slice(0, found.index).split('\n').length + 1,
    code: found[1] ?? '',
  }))
}

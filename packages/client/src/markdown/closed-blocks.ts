import type { MarkdownNode } from './node.ts'
import { afterLines, isBlankLineAfter, lineStart } from './source-lines.ts'

/** The blocks to which nothing can be added any more, however the text goes on. */
export interface Closed {
  readonly count: number
  /** Where in the source the open blocks begin. */
  readonly end: number
}

/**
 * Finds the closed blocks of a text that grows. A block is closed once a line of another one stands after
 * it: CommonMark goes line by line and never opens a closed block again.
 */
export function closedBlocks({ children }: MarkdownNode, source: string): Closed {
  let count = children.findLastIndex((_, index) => isClosed(children, index, source)) + 1
  while (count > 0 && !isBoundary(children[count - 1], source)) count--
  // With no open block, what follows the last one are blank lines and at most the blank begin of another line.
  return { count, end: count === 0 ? 0 : lineStart(source, children[count]?.start ?? source.length) }
}

const ENDS_WITH_ITS_LINE: ReadonlySet<string> = new Set(['heading', 'rule'])
const ENDS_WITH_A_BLANK_LINE: ReadonlySet<string> = new Set(['definition', 'paragraph', 'table'])

function isClosed(nodes: readonly MarkdownNode[], index: number, source: string): boolean {
  const [node, next] = [nodes[index], nodes[index + 1]]
  if (node === undefined) return false
  // The first row of a table is only known as one by the row below it.
  if (next !== undefined && afterLines(source, next.start, next.type === 'table' ? 2 : 1) !== null)
    return true
  if (ENDS_WITH_ITS_LINE.has(node.type) || node.fences === 2) return afterLines(source, node.end, 1) !== null
  return ENDS_WITH_A_BLANK_LINE.has(node.type) && isBlankLineAfter(source, node.end)
}

/**
 * Whether what follows this block reads the same without it. Right after a definition it may not: the
 * definition and what follows began as one paragraph, which an indented line, say, goes on.
 */
function isBoundary(node: MarkdownNode | undefined, source: string): boolean {
  return node?.type !== 'definition' || isBlankLineAfter(source, node.end)
}

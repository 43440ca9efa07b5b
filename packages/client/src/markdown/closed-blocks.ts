import type { Root, RootContent } from 'mdast'
import { afterLines, endOf, isBlankLineAfter, lineStart, startOf } from './source-lines.ts'

/** Blocks that are parsed apart from all others, and their source. */
export interface Unit {
  readonly nodes: readonly RootContent[]
  readonly from: number
  readonly to: number
}

/** The blocks to which nothing can be added any more, however the text goes on. */
export interface Closed {
  readonly units: readonly Unit[]
  /** Where in the source the open blocks begin. */
  readonly end: number
}

/**
 * Finds the closed blocks of a text that grows. A block is closed once a line of another one stands after
 * it: CommonMark goes line by line and never opens a closed block again.
 */
export function closedBlocks({ children }: Root, source: string): Closed {
  let count = children.findLastIndex((_, index) => isClosed(children, index, source)) + 1
  while (count > 0 && !isBoundary(children, count, source)) count--
  const next = children[count]
  const last = children[count - 1]
  if (last === undefined) return { units: [], end: 0 }
  // With no open block, what follows the last one are blank lines and at most the blank begin of another line.
  const end = lineStart(source, next === undefined ? source.length : startOf(next))
  return { units: unitsOf(children.slice(0, count), source, end), end }
}

/** All blocks, of a text that has ended. */
export function allBlocks({ children }: Root, source: string): Closed {
  return { units: unitsOf(children, source, source.length), end: source.length }
}

function unitsOf(nodes: readonly RootContent[], source: string, end: number): Unit[] {
  const starts = nodes.flatMap((_, index) => (index === 0 || isBoundary(nodes, index, source) ? [index] : []))
  return starts.map((start, unit) => {
    const next = starts[unit + 1] ?? nodes.length
    const [first, following] = [nodes[start], nodes[next]]
    return {
      nodes: nodes.slice(start, next),
      from: first === undefined || start === 0 ? 0 : lineStart(source, startOf(first)),
      to: following === undefined ? end : lineStart(source, startOf(following)),
    }
  })
}

function isClosed(nodes: readonly RootContent[], index: number, source: string): boolean {
  const [node, next] = [nodes[index], nodes[index + 1]]
  if (node === undefined) return false
  // The first row of a table is only known as one by the row below it.
  if (next !== undefined) return afterLines(source, startOf(next), next.type === 'table' ? 2 : 1) !== null
  switch (node.type) {
    case 'heading':
    case 'thematicBreak':
      return afterLines(source, endOf(node), 1) !== null
    case 'code':
      return node.data?.fences === 2 && afterLines(source, endOf(node), 1) !== null
    case 'paragraph':
    case 'table':
    case 'definition':
      return isBlankLineAfter(source, endOf(node))
    default:
      return false
  }
}

/**
 * Whether the block at this index reads the same without those before it. Right after a definition it may
 * not: the definition and what follows began as one paragraph, which an indented line, say, goes on.
 */
function isBoundary(nodes: readonly RootContent[], index: number, source: string): boolean {
  const before = nodes[index - 1]
  return before === undefined || before.type !== 'definition' || isBlankLineAfter(source, endOf(before))
}

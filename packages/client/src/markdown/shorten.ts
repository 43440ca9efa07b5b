import { CHUNK_LINES } from './code-block.ts'
import type { Kept, OpenSource, Shortened } from './kept.ts'
import type { MarkdownNode } from './node.ts'
import { afterLines, countLineEnds, lineStart } from './source-lines.ts'

/**
 * Finds what of an open block stands for good, and what must be parsed before the rest so that the rest is
 * read as before. `null` where there is nothing to gain.
 */
export function shorten(node: MarkdownNode, open: OpenSource): Shortened | null {
  switch (node.type) {
    case 'code':
      return shortenCode(node, open)
    case 'ol':
    case 'ul':
      return shortenList(node, open)
    case 'table':
      return shortenTable(node, open)
    default:
      return null
  }
}

/** Whether what is kept still reads as it stands: a list may have become loose. */
export function isStill(kept: Kept, node: MarkdownNode | undefined): boolean {
  return node?.type === kept.type && (kept.isLoose || !node.isLoose)
}

/** All items but the last: one that is not the last has ended. */
function shortenList(node: MarkdownNode, { source, kept }: OpenSource): Shortened | null {
  const { children } = node
  const last = children.findLastIndex(({ start }) => afterLines(source, start, 1) !== null)
  const item = children[last]
  if (item === undefined || last < 1) return null
  return {
    kept: {
      type: node.type,
      count: (kept?.count ?? 0) + last,
      first: (kept ?? node).first,
      isLoose: kept?.isLoose || node.isLoose,
    },
    lead: '',
    from: lineStart(source, item.start),
    nodes: children.slice(0, last),
  }
}

/** All rows whose line has ended; the head and its delimiter row lead. */
function shortenTable(
  { type, children }: MarkdownNode,
  { source, begin, lead, kept }: OpenSource,
): Shortened | null {
  const last = children.findLastIndex(({ end }) => afterLines(source, end, 1) !== null)
  const from = afterLines(source, children[last]?.end ?? source.length, 1)
  if (last < 1 || from === null) return null
  return {
    kept: { type, count: (kept?.count ?? 0) + last },
    lead: lead || source.slice(begin, lineStart(source, children[1]?.start ?? begin)),
    from,
    nodes: [],
  }
}

/** All chunks of lines but the last; the opening fence leads. A line must remain: the last line end belongs to the fence. */
function shortenCode(node: MarkdownNode, { source, begin, lead, kept }: OpenSource): Shortened | null {
  const body = lead === '' ? afterLines(source, node.start, 1) : begin
  if (node.fences !== 1 || body === null) return null
  const chunks = Math.floor((countLineEnds(source, body) - 1) / CHUNK_LINES)
  const from = afterLines(source, body, chunks * CHUNK_LINES)
  if (chunks < 1 || from === null) return null
  return {
    kept: { type: node.type, count: (kept?.count ?? 0) + chunks },
    lead: lead || source.slice(begin, body),
    from,
    nodes: [],
  }
}

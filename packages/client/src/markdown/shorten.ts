import { CHUNK_LINES } from './code-block.ts'
import { type Kept, keptOf, type OpenSource, type Shortened } from './kept.ts'
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
  return node?.type === kept.type && (!('isLoose' in kept) || kept.isLoose || !node.isLoose)
}

/** All items but the last: one that is not the last has ended. */
function shortenList(node: MarkdownNode, { source, kept }: OpenSource): Shortened | null {
  const { type, children } = node
  if (type !== 'ol' && type !== 'ul') return null
  const before = keptOf(kept, 'ol', 'ul')
  const last = children.findLastIndex(({ start }) => afterLines(source, start, 1) !== null)
  const item = children[last]
  if (item === undefined || last < 1) return null
  return {
    kept: {
      type,
      items: (before?.items ?? 0) + last,
      first: (before ?? node).first,
      isLoose: (before?.isLoose || node.isLoose) ?? false,
    },
    lead: '',
    from: lineStart(source, item.start),
    nodes: children.slice(0, last),
  }
}

/** All rows whose line has ended; the head and its delimiter row lead. */
function shortenTable(
  { children }: MarkdownNode,
  { source, begin, lead, kept }: OpenSource,
): Shortened | null {
  const [, ...rows] = children
  const ended = rows.findLastIndex(({ end }) => afterLines(source, end, 1) !== null)
  const [first, last] = [rows[0], rows[ended]]
  const from = last === undefined ? null : afterLines(source, last.end, 1)
  if (first === undefined || from === null) return null
  return {
    kept: { type: 'table', rows: (keptOf(kept, 'table')?.rows ?? 0) + ended + 1 },
    lead: lead === '' ? source.slice(begin, lineStart(source, first.start)) : lead,
    from,
  }
}

/** All chunks of lines but the last; the opening fence leads. A line must remain: the last line end belongs to the fence. */
function shortenCode(node: MarkdownNode, { source, begin, lead, kept }: OpenSource): Shortened | null {
  if (node.fences !== 1) return null
  const body = lead === '' ? afterLines(source, node.start, 1) : begin
  if (body === null) return null
  const chunks = Math.floor((countLineEnds(source, body) - 1) / CHUNK_LINES)
  const from = chunks < 1 ? null : afterLines(source, body, chunks * CHUNK_LINES)
  if (from === null) return null
  return {
    kept: { type: 'code', chunks: (keptOf(kept, 'code')?.chunks ?? 0) + chunks },
    lead: lead === '' ? source.slice(begin, body) : lead,
    from,
  }
}

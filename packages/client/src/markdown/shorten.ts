import type { Code, List, RootContent, Table } from 'mdast'
import { CHUNK_LINES } from './code-view.ts'
import { isLooseList, type Kept, type OpenSource, type Shortened } from './kept.ts'
import { hasFewMarkers, shortenParagraph } from './shorten-paragraph.ts'
import { afterLines, countLineEnds, endOf, lineStart, startOf } from './source-lines.ts'
import type { ViewContext } from './view-context.ts'

/**
 * Finds what of an open block stands for good, and what must be parsed before the rest so that the rest is
 * read as before. `null` where there is nothing to gain.
 */
export function shorten(node: RootContent, open: OpenSource, context: ViewContext): Shortened | null {
  switch (node.type) {
    case 'code':
      return shortenCode(node, open)
    case 'list':
      return shortenList(node, open)
    case 'table':
      return shortenTable(node, open)
    case 'paragraph':
      return shortenParagraph(node, open, context)
    default:
      return null
  }
}

/**
 * Whether what is kept still reads as it stands: a paragraph may have become a heading or a table's head, and
 * a list loose.
 */
export function isStill(kept: Kept, node: RootContent | undefined, rest: string): boolean {
  if (node?.type !== kept.kind) return false
  if (kept.kind === 'paragraph') return hasFewMarkers(rest, kept.markers)
  return kept.kind !== 'list' || kept.isLoose || (node.type === 'list' && !isLooseList(node))
}

/** All items but the last: one that is not the last has ended. */
function shortenList(node: List, { source, kept }: OpenSource): Shortened | null {
  const before = kept?.kind === 'list' ? kept : null
  const last = node.children.findLastIndex((item) => afterLines(source, startOf(item), 1) !== null)
  const item = node.children[last]
  if (item === undefined || last < 1) return null
  return {
    kept: {
      kind: 'list',
      items: (before?.items ?? 0) + last,
      start: before === null ? (node.start ?? null) : before.start,
      isLoose: before?.isLoose || isLooseList(node),
    },
    lead: '',
    from: lineStart(source, startOf(item)),
    nodes: node.children.slice(0, last),
  }
}

/** All rows whose line has ended; the head and its delimiter row lead. */
function shortenTable(node: Table, { source, begin, lead, kept }: OpenSource): Shortened | null {
  const [, ...rows] = node.children
  const ended = rows.findLastIndex((row) => afterLines(source, endOf(row), 1) !== null)
  const [first, last] = [rows[0], rows[ended]]
  const from = last === undefined ? null : afterLines(source, endOf(last), 1)
  if (first === undefined || from === null) return null
  const before = kept?.kind === 'table' ? kept.rows : 0
  return {
    kept: { kind: 'table', rows: before + ended + 1 },
    lead: lead === '' ? source.slice(begin, lineStart(source, startOf(first))) : lead,
    from,
  }
}

/** All chunks of lines but the last; the opening fence leads. A line must remain: the last line end belongs to the fence. */
function shortenCode(node: Code, { source, begin, lead, kept }: OpenSource): Shortened | null {
  if (node.data?.fences !== 1) return null
  const body = lead === '' ? afterLines(source, startOf(node), 1) : begin
  if (body === null) return null
  const chunks = Math.floor((countLineEnds(source, body) - 1) / CHUNK_LINES)
  const from = chunks < 1 ? null : afterLines(source, body, chunks * CHUNK_LINES)
  if (from === null) return null
  return {
    kept: { kind: 'code', chunks: (kept?.kind === 'code' ? kept.chunks : 0) + chunks },
    lead: lead === '' ? source.slice(begin, body) : lead,
    from,
  }
}

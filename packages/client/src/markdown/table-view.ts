import type { AlignType, Table, TableRow } from 'mdast'
import { inlineViews } from './inline-views.ts'
import { element, type View, type ViewElement } from './view.ts'
import type { ViewContext } from './view-context.ts'

/**
 * Up to this many columns a row that is too short gets the cells it lacks. In a wider table one cell spans
 * the rest: a head of 10,000 columns and 10,000 empty rows are 40 KB of text and would be 100 million cells.
 */
const MOST_FILLED_COLUMNS = 12

/** A table in a place of its own to scroll in. */
export function tableView({ align, children }: Table, context: ViewContext, keptRows = 0): ViewElement {
  const [head, ...body] = children
  const sides = align ?? []
  const rows = body.map((row) => rowView(row, 'td', sides, context))
  const parts: View[] = []
  if (head !== undefined) parts.push(element('thead', {}, [rowView(head, 'th', sides, context)]))
  if (keptRows + rows.length > 0) parts.push(element('tbody', {}, rows, { keep: keptRows }))
  return element('div', { class: 'evenkeel-table', tabindex: '0' }, [
    element('table', { dir: 'auto' }, parts),
  ])
}

function rowView(row: TableRow, tag: 'td' | 'th', sides: readonly AlignType[], context: ViewContext): View {
  const cells = row.children
    .slice(0, sides.length)
    .map(({ children }, column) => element(tag, attributesOf(sides[column]), inlineViews(children, context)))
  const missing = sides.length - cells.length
  if (missing <= 0) return element('tr', {}, cells)
  if (sides.length > MOST_FILLED_COLUMNS) {
    return element('tr', {}, [...cells, element(tag, { colspan: String(missing) })])
  }
  return element('tr', {}, [
    ...cells,
    ...sides.slice(cells.length).map((side) => element(tag, attributesOf(side))),
  ])
}

// An attribute and no style, so that a page that forbids inline styles shows it too.
function attributesOf(side: AlignType | undefined): Readonly<Record<string, string>> {
  return side == null ? {} : { align: side }
}

import type { Drawing } from './drawing.ts'
import { inlineContent } from './inline-content.ts'
import type { MarkdownNode } from './node.ts'

/**
 * Up to this many columns a row that is too short gets the cells it lacks. A head of 10,000 columns and 10,000
 * empty rows are 40 KB of text, and would be 100 million cells.
 */
const MOST_FILLED_COLUMNS = 12

/** A table in a place of its own to scroll in. */
export function tableBlock(
  { align = [], children }: MarkdownNode,
  drawing: Drawing,
  keptRows = 0,
): HTMLElement {
  const { make, kept } = drawing
  const [head, ...body] = children.map((row, index) => rowOf(row, index === 0 ? 'th' : 'td', align, drawing))
  const parts = head === undefined ? [] : [make('thead', {}, [head])]
  if (keptRows + body.length > 0) {
    const rows = make('tbody', {}, body)
    kept.set(rows, keptRows)
    parts.push(rows)
  }
  return make('div', { class: 'evenkeel-table', tabindex: '0' }, [make('table', { dir: 'auto' }, parts)])
}

function rowOf(
  { children }: MarkdownNode,
  tag: 'td' | 'th',
  align: NonNullable<MarkdownNode['align']>,
  drawing: Drawing,
): HTMLElement {
  const { make } = drawing
  const columns = align.length > MOST_FILLED_COLUMNS ? align.slice(0, children.length) : align
  const cells = columns.map((side, column) =>
    make(
      tag,
      // An attribute and no style, so that a page that forbids inline styles shows it too.
      { align: side === 'none' ? undefined : side },
      inlineContent(children[column]?.children ?? [], drawing),
    ),
  )
  return make('tr', {}, cells)
}

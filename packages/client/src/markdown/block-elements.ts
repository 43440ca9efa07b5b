import { codeBlock } from './code-block.ts'
import type { Drawing } from './drawing.ts'
import { inlineContent } from './inline-content.ts'
import type { Kept } from './kept.ts'
import type { MarkdownNode } from './node.ts'
import type { Attributes, Content, Tag } from './page-elements.ts'
import { tableBlock } from './table.ts'

/** Each outer block finds its direction from its own first words; what is inside of it follows it. */
const OUTER: Attributes = { dir: 'auto' }
const INNER: Attributes = {}

/**
 * The element of a block, none for a definition.
 *
 * @param isSettled - nothing will be added to it.
 * @param kept - what of it stands already and is not in the node.
 */
export function blockElements(
  node: MarkdownNode,
  drawing: Drawing,
  isSettled: boolean,
  kept: Kept | null = null,
  attributes: Attributes = OUTER,
): HTMLElement[] {
  const { type, children, level = 1 } = node
  const { make } = drawing
  const inside = (child: MarkdownNode): HTMLElement[] => blockElements(child, drawing, isSettled, null, INNER)
  switch (type) {
    case 'paragraph':
      return [make('p', attributes, inlineContent(children, drawing))]
    case 'heading':
      return [make(`h${level}` as Tag, attributes, inlineContent(children, drawing))]
    case 'blockquote':
      return [make(type, attributes, children.flatMap(inside))]
    case 'ol':
    case 'ul': {
      const { first = 1, isLoose = false } = kept ?? node
      const start = type === 'ol' && first !== 1 ? String(first) : undefined
      const items = children.map((item) => itemOf(item, isLoose, drawing, inside))
      const list = make(type, { ...attributes, start }, items)
      drawing.kept.set(list, kept?.count ?? 0)
      return [list]
    }
    case 'code':
      return [codeBlock(node, drawing, isSettled, kept?.count)]
    case 'table':
      return [tableBlock(node, drawing, kept?.count)]
    case 'rule':
      return [make('hr')]
    default:
      return []
  }
}

function itemOf(
  { checked, children }: MarkdownNode,
  isLoose: boolean,
  drawing: Drawing,
  inside: (child: MarkdownNode) => Content[],
): HTMLElement {
  const { make, words } = drawing
  const isTask = checked !== undefined
  let box: Content[] = []
  if (isTask) {
    const label = words[checked ? 'task.done' : 'task.open']
    const state = checked ? '' : undefined
    box = [make('input', { 'aria-label': label, checked: state, disabled: '', type: 'checkbox' })]
  }
  const content = children.flatMap((child) => {
    if (child.type !== 'paragraph') return inside(child)
    const line = [...box, ...inlineContent(child.children, drawing)]
    box = []
    return isLoose ? [make('p', INNER, line)] : line
  })
  return make('li', { class: isTask ? 'evenkeel-task' : undefined }, content)
}

import type { BlockContent, DefinitionContent, List, ListItem, Paragraph, RootContent } from 'mdast'
import { codeView } from './code-view.ts'
import { inlineViews } from './inline-views.ts'
import { isLooseList, type Kept } from './kept.ts'
import { tableView } from './table-view.ts'
import { element, joinTexts, type Tag, type View } from './view.ts'
import type { ViewContext } from './view-context.ts'

/**
 * The view of a block, none for a definition.
 *
 * @param isSettled - nothing will be added to it.
 * @param kept - what of it stands already and is not in the node.
 */
export function blockViews(
  node: RootContent,
  context: ViewContext,
  isSettled: boolean,
  kept: Kept | null = null,
): View[] {
  return viewsOf(node, { ...context, isSettled }, BLOCK, kept)
}

interface BlockContext extends ViewContext {
  readonly isSettled: boolean
}

/** Each outer block finds its direction from its own first words; what is inside of it follows it. */
const BLOCK = { dir: 'auto' }
const INNER = {}

const HEADINGS: readonly Tag[] = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6']

function viewsOf(
  node: RootContent,
  context: BlockContext,
  attributes: Readonly<Record<string, string>>,
  kept: Kept | null = null,
): View[] {
  switch (node.type) {
    case 'paragraph':
      return [paragraphView(node, context, attributes, kept)]
    case 'heading':
      return [element(HEADINGS[node.depth - 1] ?? 'h6', attributes, inlineViews(node.children, context))]
    case 'blockquote':
      return [
        element(
          'blockquote',
          attributes,
          node.children.flatMap((child) => viewsOf(child, context, INNER)),
        ),
      ]
    case 'list':
      return [listView(node, context, attributes, kept)]
    case 'code':
      return [codeView(node, context, context.isSettled, kept?.kind === 'code' ? kept.chunks : 0)]
    case 'table':
      return [tableView(node, context, kept?.kind === 'table' ? kept.rows : 0)]
    case 'thematicBreak':
      return [element('hr')]
    default:
      return []
  }
}

function paragraphView(
  { children }: Paragraph,
  context: ViewContext,
  attributes: Readonly<Record<string, string>>,
  kept: Kept | null,
): View {
  const views = inlineViews(children, context)
  if (kept?.kind !== 'paragraph') return element('p', attributes, views)
  const [first, ...rest] = views
  // The stand-in for what is kept is the first character.
  const text = first !== undefined && 'text' in first ? first.text.slice(1) : ''
  return element('p', attributes, [{ text, keep: kept.characters }, ...rest], { keep: kept.children })
}

function listView(
  list: List,
  context: BlockContext,
  attributes: Readonly<Record<string, string>>,
  kept: Kept | null,
): View {
  const before = kept?.kind === 'list' ? kept : null
  const start = before === null ? list.start : before.start
  const isLoose = before?.isLoose || isLooseList(list)
  const items = list.children.map((item) => itemView(item, isLoose, context))
  const numbered = list.ordered && start != null && start !== 1 ? { start: String(start) } : {}
  return element(list.ordered ? 'ol' : 'ul', { ...attributes, ...numbered }, items, {
    keep: before?.items ?? 0,
  })
}

function itemView({ checked, children }: ListItem, isLoose: boolean, context: BlockContext): View {
  const isTask = typeof checked === 'boolean'
  let box = isTask ? [boxView(checked, context), { text: ' ' }] : []
  const views = children.flatMap((child: BlockContent | DefinitionContent): View[] => {
    if (child.type !== 'paragraph') return viewsOf(child, context, INNER)
    const content = joinTexts([...box, ...inlineViews(child.children, context)])
    box = []
    return isLoose ? [element('p', INNER, content)] : content
  })
  return element('li', isTask ? { class: 'evenkeel-task' } : INNER, joinTexts(views))
}

function boxView(checked: boolean, { options: { words } }: ViewContext): View {
  return element('input', {
    'aria-label': checked ? words.done : words.open,
    ...(checked ? { checked: '' } : {}),
    disabled: '',
    type: 'checkbox',
  })
}

import type { Nodes, PhrasingContent, Root } from 'mdast'
import { toString as plainText } from 'mdast-util-to-string'
import { findPending } from './pending-link.ts'
import { type Place, restAfter, sourceAfter } from './place.ts'

/** A text nested deeper in open markers than this is not written by anyone who means them. */
const MOST_OPEN = 12

/** How many markers that open nothing are looked at. */
const MOST_TRIED = 60

const MARKER = /\*+|_+|~+|`+|!?\[/g

/**
 * The tree of an unfinished text with what is open at its end closed, as if the text ended well: `**bol` is
 * bold, `[text](http://exa` is its text. Only the block that still grows is healed, only with elements that do
 * nothing, and a link only once it is whole.
 */
export function heal(root: Root, source: string): void {
  const open = openLeaf(root, source)
  if (open === null) return
  const budget = { tries: MOST_TRIED }
  open.children = healed(open.children, source, 0, budget)
}

interface Leaf {
  children: PhrasingContent[]
}

/** The heading, paragraph or table cell in which the text ends. */
function openLeaf(root: Root, source: string): Leaf | null {
  let node: Nodes | undefined = root.children.at(-1)
  while (node !== undefined) {
    const rest = source.slice(node.position?.end.offset ?? source.length)
    switch (node.type) {
      case 'blockquote':
      case 'list':
      case 'listItem':
      case 'table':
      case 'tableRow':
        node = node.children.at(-1)
        break
      case 'paragraph':
        return /\n[ \t>]*\r?\n/.test(rest) ? null : node
      case 'heading':
        return rest.trim() === '' && !rest.includes('\n') ? node : null
      case 'tableCell':
        // A cell's end counts its closing pipe.
        return rest === '' && !source.trimEnd().endsWith('|') ? node : null
      default:
        return null
    }
  }
  return null
}

function healed(
  children: readonly PhrasingContent[],
  source: string,
  depth: number,
  budget: { tries: number },
): PhrasingContent[] {
  for (const [index, child] of children.entries()) {
    if (child.type !== 'text') continue
    for (const { 0: marker, index: at } of child.value.matchAll(MARKER)) {
      if (depth >= MOST_OPEN || budget.tries-- <= 0) return [...children]
      const place: Place = { children, index, at, marker, source }
      const inside = openedBy(place)
      if (inside === null) continue
      const before = [...children.slice(0, index), { ...child, value: child.value.slice(0, at) }]
      const content = inside.isRaw ? inside.content : healed(inside.content, source, depth + 1, budget)
      return [...before, ...(content.length === 0 ? [] : inside.wrap(content))]
    }
  }
  return [...children]
}

interface Opened {
  readonly content: PhrasingContent[]
  /** The content is not to be healed in turn. */
  readonly isRaw?: boolean
  readonly wrap: (content: PhrasingContent[]) => PhrasingContent[]
}

/** What the marker opens, or `null` where it is a character like any other. */
function openedBy(place: Place): Opened | null {
  const { marker } = place
  if (marker.startsWith('`')) return { content: openCode(place), isRaw: true, wrap: (content) => content }
  if (marker.endsWith('[')) {
    const content = findPending(place)
    return content === null ? null : { content, wrap: (inner) => inner }
  }
  if (!canOpen(place)) return null
  const content = restAfter(place)
  switch (marker) {
    case '*':
    case '_':
      return { content, wrap: (inner) => [{ type: 'emphasis', children: inner }] }
    case '**':
    case '__':
      return { content, wrap: (inner) => [{ type: 'strong', children: inner }] }
    case '***':
    case '___':
      return {
        content,
        wrap: (inner) => [{ type: 'emphasis', children: [{ type: 'strong', children: inner }] }],
      }
    case '~~':
      return { content, wrap: (inner) => [{ type: 'delete', children: inner }] }
    default:
      // One tilde is "about" to most who write it.
      return null
  }
}

/** CommonMark's rule for an opening run, and none inside of a word: `2*3` is more often a product than emphasis. */
function canOpen({ children, index, at, marker }: Place): boolean {
  const child = children[index]
  const value = child?.type === 'text' ? child.value : ''
  const before = at > 0 ? value.slice(0, at).at(-1) : edgeOf(children[index - 1], ' ')
  const after = value.at(at + marker.length) ?? edgeOf(children[index + 1], ' ')
  return !/[\p{L}\p{N}]$/u.test(before ?? ' ') && !/^\s/.test(after)
}

/** The character that a neighbour shows to a run of markers: that of a literal, or else its own markup. */
function edgeOf(neighbour: PhrasingContent | undefined, none: string): string {
  if (neighbour === undefined) return none
  return neighbour.type === 'literal' ? neighbour.value : '*'
}

/** Code shows the source, in which asterisks are asterisks. */
function openCode(place: Place): PhrasingContent[] {
  const raw = sourceAfter(place) ?? plainText(restAfter(place))
  const value = raw.trimEnd().replace(/\r?\n[ \t>]*/g, ' ')
  return value.trim() === ''
    ? []
    : [{ type: 'inlineCode', value: place.marker.length > 1 ? value.trimStart() : value }]
}

import { createNode, type MarkdownNode, type NodeType, plainText } from './node.ts'
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
export function heal(root: MarkdownNode, source: string): void {
  const open = openLeaf(root, source)
  if (open === null) return
  const budget = { tries: MOST_TRIED }
  open.children = healed(open.children, source, 0, budget)
}

/** The heading, paragraph or table cell in which the text ends. */
function openLeaf(root: MarkdownNode, source: string): MarkdownNode | null {
  let node = root.children.at(-1)
  while (node !== undefined) {
    const rest = source.slice(node.end)
    switch (node.type) {
      case 'paragraph':
        return /\n[ \t>]*\r?\n/.test(rest) ? null : node
      case 'heading':
        return rest.trim() === '' && !rest.includes('\n') ? node : null
      case 'cell':
        // A cell's end counts its closing pipe.
        return rest === '' && !source.trimEnd().endsWith('|') ? node : null
      default:
        node = node.children.at(-1)
    }
  }
  return null
}

function healed(
  children: readonly MarkdownNode[],
  source: string,
  depth: number,
  budget: { tries: number },
): MarkdownNode[] {
  for (const [index, child] of children.entries()) {
    if (child.type !== 'text') continue
    for (const { 0: marker, index: at } of child.value.matchAll(MARKER)) {
      if (depth >= MOST_OPEN || budget.tries-- <= 0) return [...children]
      const place: Place = { children, index, at, marker, source }
      const inside = openedBy(place)
      if (inside === null) continue
      const before = [...children.slice(0, index), { ...child, value: child.value.slice(0, at) }]
      const content = inside.isRaw ? inside.content : healed(inside.content, source, depth + 1, budget)
      return content.length === 0 ? before : [...before, ...wrap(content, inside.in ?? [])]
    }
  }
  return [...children]
}

function wrap(content: readonly MarkdownNode[], types: readonly NodeType[]): readonly MarkdownNode[] {
  let inner = content
  for (const type of types.toReversed()) inner = [Object.assign(createNode(type), { children: inner })]
  return inner
}

interface Opened {
  readonly content: readonly MarkdownNode[]
  /** What the content is put into, from the outside in. */
  readonly in?: readonly NodeType[]
  /** The content is not to be healed in turn. */
  readonly isRaw?: boolean
}

/** What a run of markers opens. One tilde is "about" to most who write it. */
const OPENS: Readonly<Record<string, readonly NodeType[]>> = {
  '*': ['em'],
  _: ['em'],
  '**': ['strong'],
  __: ['strong'],
  '***': ['em', 'strong'],
  ___: ['em', 'strong'],
  '~~': ['del'],
}

/** What the marker opens, or `null` where it is a character like any other. */
function openedBy(place: Place): Opened | null {
  const { marker } = place
  if (marker.startsWith('`')) return { content: openCode(place), isRaw: true }
  if (marker.endsWith('[')) {
    const content = findPending(place)
    return content === null ? null : { content }
  }
  const types = OPENS[marker]
  return types === undefined || !canOpen(place) ? null : { content: restAfter(place), in: types }
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
function edgeOf(neighbour: MarkdownNode | undefined, none: string): string {
  if (neighbour === undefined) return none
  return neighbour.type === 'literal' ? neighbour.value : '*'
}

/** Code shows the source, in which asterisks are asterisks. */
function openCode(place: Place): MarkdownNode[] {
  const raw = sourceAfter(place) ?? restAfter(place).map(plainText).join('')
  const value = raw.trimEnd().replace(/\r?\n[ \t>]*/g, ' ')
  if (value.trim() === '') return []
  return [createNode('codeText', 0, 0, place.marker.length > 1 ? value.trimStart() : value)]
}

import type { MarkdownNode } from './node.ts'
import { type Place, restAfter, sourceAfter } from './place.ts'

/** A link's address and title as far as they have come; whatever does not match will be no link. */
const PARTIAL_RESOURCE =
  /^\([ \t]*(?:<[^<>]*|(?:<[^<>]*>|[^\s<]\S*)(?:[ \t]+(?:"[^"]*"?|'[^']*'?|\([^()]*\)?)?[ \t]*)?)?$/

const PARTIAL_REFERENCE = /^\[[^[\]]{0,100}$/

/** So short a label is held until it is decided; most are no links: `[1]`, `[x]`. */
const SHORT_LABEL = 4

/**
 * The text of a link, or the description of an image, that the bracket at this place opens and that is not
 * whole yet; `null` where it opens none.
 */
export function findPending(place: Place): MarkdownNode[] | null {
  const { children, index, at, marker } = place
  const child = children[index]
  if (child?.type !== 'text') return null
  // `list[0]` is no link, and a link does not begin with a blank.
  if (marker === '[' && /[\p{L}\p{N}\])]$/u.test(child.value.slice(0, at))) return null
  const inside = restAfter(place)
  const first = inside[0]
  if (first === undefined || (first.type === 'text' && /^[\s\]]/.test(first.value))) return null
  const end = closingBracket(inside)
  if (end === null) return isShort(inside) ? [] : inside
  const text = inside[end.index]
  if (text?.type !== 'text') return null
  const label = [...inside.slice(0, end.index), { ...text, value: text.value.slice(0, end.at) }]
  const isLast = end.index === inside.length - 1 && end.at === text.value.length - 1
  if (isLast) return isShort(label) ? [] : label
  const tail = sourceAfter({ ...place, children: inside, index: end.index, at: end.at, marker: ']' })
  if (tail === null) return null
  return PARTIAL_RESOURCE.test(tail) || PARTIAL_REFERENCE.test(tail) ? label : null
}

function isShort(label: readonly MarkdownNode[]): boolean {
  const [only, more] = label
  return more === undefined && only?.type === 'text' && only.value.length <= SHORT_LABEL
}

/** The bracket that closes the one before these nodes. */
function closingBracket(nodes: readonly MarkdownNode[]): { index: number; at: number } | null {
  let depth = 1
  for (const [index, node] of nodes.entries()) {
    if (node.type !== 'text') continue
    for (const { 0: bracket, index: at } of node.value.matchAll(/[[\]]/g)) {
      depth += bracket === '[' ? 1 : -1
      if (depth === 0) return { index, at }
    }
  }
  return null
}

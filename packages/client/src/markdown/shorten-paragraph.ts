import type { Paragraph, PhrasingContent } from 'mdast'
import { inlineViews } from './inline-views.ts'
import type { OpenSource, Shortened } from './kept.ts'
import { endOf } from './source-lines.ts'
import { isText } from './view.ts'
import type { ViewContext } from './view-context.ts'

/** Stands in for the kept begin of a paragraph: nothing but a paragraph begins with it, and it is no markup. */
const STAND_IN = 'x'

/** Characters that something later could still pair with: an emphasis, a bracket, a pipe that makes a table's cell. */
const UNSETTLED = /[*~`[\]|]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u

const MARKERS = /[*_~[!]/g

/** Below any bound on markers, so that a paragraph read in parts and one read at once meet none. */
const FEW_MARKERS = 100

/** Between two plain words, where no markup begins or ends. */
const BETWEEN_WORDS = /[\p{L}\p{N},;:.] (?=[\p{L}\p{N}])/gu

/**
 * Up to a blank between two words, when all markup before it is complete and no marker before it is left
 * over: what comes later cannot change how it reads. A left-over marker (`~5`, `[1]`) ends this for its paragraph.
 */
export function shortenParagraph(
  { children }: Paragraph,
  { source, begin, lead, kept }: OpenSource,
  context: ViewContext,
): Shortened | null {
  const before = kept?.kind === 'paragraph' ? kept : null
  if (!hasFewMarkers(source.slice(begin), before?.markers ?? 0)) return null
  const settled = settledPart(children)
  const last = settled?.at(-1)
  if (settled === undefined || last?.type !== 'text') return null
  const node = children[settled.length - 1]
  if (node?.type !== 'text') return null
  const from = endOf(node) - (node.value.length - last.value.length)
  const views = inlineViews(settled, context)
  const text = views.at(-1)
  if (text === undefined || !isText(text) || from <= begin) return null
  const isSameText = views.length === 1
  // The stand-in is one of the characters.
  const characters = text.text.length - (isSameText ? lead.length : 0)
  return {
    kept: {
      kind: 'paragraph',
      children: (before?.children ?? 0) + views.length - 1,
      characters: (isSameText ? (before?.characters ?? 0) : 0) + characters,
      markers: (before?.markers ?? 0) + markersIn(source.slice(begin, from)),
    },
    lead: STAND_IN,
    from,
  }
}

export function hasFewMarkers(source: string, before: number): boolean {
  return before + markersIn(source) < FEW_MARKERS
}

function markersIn(source: string): number {
  return source.match(MARKERS)?.length ?? 0
}

/** The longest begin of the nodes that is settled and ends between two words of a text node. */
function settledPart(children: readonly PhrasingContent[]): PhrasingContent[] | undefined {
  const firstOpen = children.findIndex((child) => !isSettled(child))
  const reach = firstOpen === -1 ? children.length : firstOpen + 1
  for (let index = reach - 1; index >= 0; index--) {
    const child = children[index]
    if (child?.type !== 'text') continue
    // What has no line end after it stands in the source as it stands in the node.
    const lastLine = Math.max(child.value.lastIndexOf('\n'), child.value.lastIndexOf('\r')) + 1
    const open = child.value.search(UNSETTLED)
    const end = open === -1 ? child.value.length : open
    const cut = child.value.slice(0, end).matchAll(BETWEEN_WORDS)
    const at = [...cut].at(-1)
    if (at !== undefined && at.index + 1 >= lastLine)
      return [...children.slice(0, index), { ...child, value: child.value.slice(0, at.index + 1) }]
  }
  return undefined
}

function isSettled(node: PhrasingContent): boolean {
  if (node.type === 'text') return !UNSETTLED.test(node.value)
  return 'children' in node ? node.children.every(isSettled) : true
}

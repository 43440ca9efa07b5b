import type { Root, RootContent } from 'mdast'
import { blockViews } from './block-views.ts'
import { allBlocks, type Closed, closedBlocks } from './closed-blocks.ts'
import { createDefinitions } from './definitions.ts'
import { heal } from './heal.ts'
import { holdBack } from './hold-back.ts'
import type { Kept } from './kept.ts'
import { type Mounted, patchChildren } from './mount.ts'
import type { MarkdownOptions } from './options.ts'
import { createParser, type Parsed } from './parser.ts'
import { createReferences, type Waiting } from './references.ts'
import { isStill, shorten } from './shorten.ts'
import type { View } from './view.ts'
import { resolveOptions, type ViewContext } from './view-context.ts'

/** Markdown on the page that grows at its end. */
export interface MarkdownStream {
  /** Adds to the end. Call it once a frame with what came since. */
  push(text: string): void
  /** Puts another text in place of everything, in one commit. */
  replace(text: string): void
  /** The text is whole: what was held back or healed is shown as it reads. */
  end(): void
  /**
   * True where a long block has not been read up to its end, so that reading it does not fill every frame.
   * Call `push('')` in the next frames until it is false; `end` catches up by itself.
   */
  readonly isBehind: boolean
  /** How many outer blocks are closed and will not be touched again, but for a late definition. */
  readonly closedCount: number
}

/** A block that is longer than this is shortened, where its kind can be. */
const LONG_BLOCK = 1_024

/** What is read again in a frame, as a mean over frames: a longer open block is read in fewer of them. */
const READ_PER_FRAME = 4_096

/** A closed stretch of the document. */
interface Part extends Waiting {
  readonly source: string
  readonly mounted: Mounted[]
}

/** The block, or the few that hang together, at the end of the text. */
interface Open {
  /** Source of what is kept. */
  readonly before: string[]
  lead: string
  rest: string
  kept: Kept | null
  missed: Set<string>
  isInFence: boolean
  mounted: Mounted[]
}

/**
 * Shows markdown in an element while it streams. Nothing else may write into the element. Closed blocks are
 * left alone; once ended, the element's content equals that of `renderMarkdown` for the whole text.
 *
 * @example
 * const stream = createMarkdownStream(element)
 * for await (const text of answer) stream.push(text)
 * stream.end()
 */
export function createMarkdownStream(container: HTMLElement, options: MarkdownOptions = {}): MarkdownStream {
  const page = container.ownerDocument
  let document = createDocument(container, options)
  const replace = (text: string): void => {
    const fragment = page.createDocumentFragment()
    document = createDocument(fragment, options, page)
    document.push(text)
    document.moveTo(container)
    container.replaceChildren(fragment)
  }
  return {
    push(text) {
      // More after the end: the last block may go on, so it is all read anew.
      if (document.hasEnded && text !== '') replace(document.source() + text)
      else document.push(text)
    },
    replace,
    end: () => document.end(),
    get isBehind() {
      return document.isBehind
    },
    get closedCount() {
      return document.closedCount
    },
  }
}

function createDocument(
  container: ParentNode & Node,
  options: MarkdownOptions,
  page: Document = container.ownerDocument ?? globalThis.document,
) {
  const resolved = resolveOptions(options, page.baseURI)
  const definitions = createDefinitions()
  const references = createReferences<Part>(definitions)
  const parse = createParser(references.labels)
  const settledContext: ViewContext = { options: resolved, definitions, unfinished: null }
  const sources: string[] = []
  let parent = container
  let open = newOpen()
  let carried = ''
  let isAtStart = true
  let hasEnded = false
  let skippedFrames = 0
  let unread = 0
  let isBehind = false
  let closedCount = 0

  /** Reads the open blocks; what was kept of them is taken back where it no longer holds. */
  const read = (isEnd: boolean): Parsed & { closed: Closed } => {
    for (;;) {
      const { lead, rest, kept } = open
      const parsed = parse(lead + (isEnd ? rest : holdBack(rest, open.isInFence)))
      const { root, source } = parsed
      const isInFence = endsInFence(root)
      if (kept !== null && !isStill(kept, root.children[0], rest)) takeBack()
      else if (open.isInFence && !isInFence && !isEnd) open.isInFence = false
      else {
        open.isInFence = isInFence
        const closed = isEnd ? allBlocks(root, source) : closedBlocks(root, source)
        const mustColour = kept?.kind === 'code' && resolved.isHighlighting && closed.units.length > 0
        if (!mustColour) return { ...parsed, closed }
        takeBack()
      }
    }
  }
  const takeBack = (): void => {
    open.rest = open.before.splice(0).join('') + open.rest
    open.lead = ''
    open.kept = null
  }

  const render = (isEnd: boolean): void => {
    const { root, source, closed } = read(isEnd)
    const missed = references.takeMissed()
    const begin = 1 + open.lead.length
    const unitViews = closed.units.map(({ nodes }, index) =>
      nodes.flatMap((node) => blockViews(node, settledContext, true, index === 0 ? open.kept : null)),
    )
    const closedNodes = closed.units.flatMap(({ nodes }) => nodes)
    const openNodes = root.children.slice(closedNodes.length)
    const lone = openNodes.length === 1 && closedNodes.length === 0 ? openNodes[0] : undefined
    const shortened =
      lone === undefined || open.rest.length < LONG_BLOCK
        ? null
        : shorten(lone, { source, begin, lead: open.lead, kept: open.kept }, settledContext)
    const views = [
      ...unitViews.flat(),
      ...openViews(root, openNodes, source, closedNodes.length === 0 ? open.kept : null),
    ]
    patchChildren(parent, open.mounted, views)

    const added: string[] = []
    if (closedNodes.length > 0) added.push(...close(closed, unitViews, source, begin, missed))
    else for (const label of missed) open.missed.add(label)
    if (shortened !== null) {
      open.before.push(open.rest.slice(0, shortened.from - begin))
      open.rest = open.rest.slice(shortened.from - begin)
      open.lead = shortened.lead
      open.kept = shortened.kept
      added.push(...definitions.addFrom(shortened.nodes ?? []))
      if (added.some((label) => open.missed.has(label))) takeBack()
    }
    for (const part of references.release(added)) renderAgain(part)
  }

  const openViews = (
    root: Root,
    nodes: readonly RootContent[],
    source: string,
    kept: Kept | null,
  ): View[] => {
    if (nodes.length === 0) return []
    heal(root, source)
    const context = { ...settledContext, unfinished: source }
    return nodes.flatMap((node, index) => blockViews(node, context, false, index === 0 ? kept : null))
  }

  /** Lets go of the closed blocks; returns the labels that they define. */
  const close = (
    closed: Closed,
    unitViews: readonly View[][],
    source: string,
    begin: number,
    missed: ReadonlySet<string>,
  ): string[] => {
    const isAlone = closed.units.length === 1 && closed.end === source.length && open.before.length === 0
    closed.units.forEach(({ from, to }, index) => {
      const isFirst = index === 0
      const text = (isFirst ? open.before.join('') : '') + source.slice(isFirst ? begin : from, to)
      sources.push(text)
      const mounted = open.mounted.splice(0, unitViews[index]?.length ?? 0)
      if (missed.size === 0 && !(isFirst && open.missed.size > 0)) return
      // Which of the blocks read together missed what is not known, so it is read once more by itself.
      if (!isAlone) parse(text)
      references.waitFor({ source: text, mounted, missed: isAlone ? missed : references.takeMissed() })
    })
    const added = definitions.addFrom(closed.units.flatMap(({ nodes }) => nodes))
    closedCount += closed.units.length
    open = { ...newOpen(), rest: open.rest.slice(closed.end - begin), mounted: open.mounted }
    return added
  }

  const renderAgain = (part: Part): void => {
    const { root } = parse(part.source)
    part.missed = references.takeMissed()
    references.waitFor(part)
    const views = root.children.flatMap((node) => blockViews(node, settledContext, true))
    patchChildren(parent, part.mounted, views, part.mounted.at(-1)?.node.nextSibling ?? null)
  }

  return {
    get hasEnded() {
      return hasEnded
    },
    get isBehind() {
      return isBehind
    },
    get closedCount() {
      return closedCount
    },
    source: () => sources.join(''),
    moveTo(next: ParentNode & Node) {
      parent = next
    },
    push(text: string) {
      if (text === '' && !isBehind) return
      add(text)
      skippedFrames++
      unread += text.length
      const { length } = open.rest
      isBehind = skippedFrames < Math.floor(length / READ_PER_FRAME) && unread < length / 2
      if (isBehind) return
      skippedFrames = 0
      unread = 0
      render(false)
    },
    end() {
      if (hasEnded) return
      hasEnded = true
      isBehind = false
      open.rest += carried
      render(true)
    },
  }

  function add(text: string): void {
    let added = carried + text
    // Half of a line end is none yet.
    carried = added.endsWith('\r') ? '\r' : ''
    if (carried !== '') added = added.slice(0, -1)
    if (isAtStart && added !== '') {
      isAtStart = false
      if (added.startsWith('\uFEFF')) added = added.slice(1)
    }
    open.rest += added
  }
}

function newOpen(): Open {
  return { before: [], lead: '', rest: '', kept: null, missed: new Set(), isInFence: false, mounted: [] }
}

function endsInFence(root: Root): boolean {
  let node: Root | RootContent | undefined = root
  while (node !== undefined && 'children' in node) node = node.children.at(-1)
  return node?.type === 'code' && node.data?.fences === 1
}

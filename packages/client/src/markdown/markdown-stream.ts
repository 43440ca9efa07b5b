import { blockElements } from './block-elements.ts'
import { type Closed, closedBlocks } from './closed-blocks.ts'
import { createDefinitions } from './definitions.ts'
import { createDrawing } from './drawing.ts'
import { hasHelped, heal } from './heal.ts'
import { holdBack } from './hold-back.ts'
import type { Kept } from './kept.ts'
import { createLateLabels, type Naming } from './late-labels.ts'
import { morphAll } from './morph.ts'
import { type MarkdownNode, plainText } from './node.ts'
import type { MarkdownOptions } from './options.ts'
import { createParser, type Parsed } from './parser.ts'
import { isStill, shorten } from './shorten.ts'
import { normalise } from './source-lines.ts'

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
}

/** A block that is longer than this is shortened, where its kind can be. */
const LONG_BLOCK = 1_024

/** What is read again in a frame, as a mean over frames: a longer open block is read in fewer of them. */
const READ_PER_FRAME = 4_096

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
  let document = createDocument(container, options, page)
  const replace = (text: string): void => {
    const fragment = page.createDocumentFragment()
    document = createDocument(fragment, options, page)
    document.push(text)
    document.state.parent = container
    container.replaceChildren(fragment)
  }
  return {
    push(text) {
      // More after the end: the last block may go on, so it is all read anew.
      if (document.state.hasEnded && text !== '') replace(document.state.source + text)
      else document.push(text)
    },
    replace,
    end: () => document.end(),
    get isBehind() {
      return document.state.isBehind
    },
  }
}

/** A stretch of closed blocks. */
interface Part extends Naming {
  readonly source: string
  readonly nodes: ChildNode[]
}

interface Read extends Parsed {
  /** What begins from here on was healed, if anything was. */
  readonly healedFrom?: number
}

/** The block, or the few that hang together, at the end of the text. */
interface Open {
  /** The source of what is kept. */
  before: string
  /** What stands in for it when the rest is parsed. */
  lead: string
  rest: string
  kept: Kept | null
  missed: Set<string>
  isInFence: boolean
  nodes: ChildNode[]
}

function createDocument(container: Node, options: MarkdownOptions, page: Document) {
  const definitions = createDefinitions()
  const late = createLateLabels<Part>(definitions)
  const parse = createParser(late.labels)
  const drawing = createDrawing(options, definitions, page)
  const state = { parent: container, source: '', hasEnded: false, isBehind: false }
  let open = newOpen('', [])
  let carried = ''
  let isAtStart = true
  let skippedFrames = 0
  let unread = 0

  const takeBack = (): void => {
    Object.assign(open, { before: '', rest: open.before + open.rest, lead: '', kept: null })
  }

  const readUnfinished = (lead: string, shown: string): Read => {
    const healed = open.isInFence ? null : heal(shown)
    if (healed !== null) {
      const parsed = parse(lead + healed.text)
      if (healed.closers === '') return parsed
      if (hasHelped(healed, lead + shown, plainText(parsed.root))) {
        return { ...parsed, healedFrom: 1 + lead.length + healed.start }
      }
    }
    return parse(lead + shown)
  }

  /** Reads the open blocks; what was kept of them is taken back where it no longer holds. */
  const read = (): Read & Closed => {
    for (;;) {
      const { lead, rest, kept } = open
      const parsed = state.hasEnded
        ? parse(lead + rest)
        : readUnfinished(lead, holdBack(rest, open.isInFence))
      const { children } = parsed.root
      const isInFence = endsInFence(parsed.root)
      const closed = state.hasEnded
        ? { count: children.length, end: parsed.source.length }
        : closedBlocks(parsed.root, parsed.source)
      const mustColour = kept?.type === 'code' && drawing.highlight !== undefined && closed.count > 0
      if (kept !== null && (mustColour || !isStill(kept, children[0]))) takeBack()
      else if (open.isInFence && !isInFence) open.isInFence = false
      else {
        open.isInFence = isInFence
        return { ...parsed, ...closed }
      }
    }
  }

  const render = (): void => {
    const { root, source, healedFrom, count, end } = read()
    const begin = 1 + open.lead.length
    const { children } = root
    const lone =
      children.length === 1 && count === 0 && open.rest.length >= LONG_BLOCK ? children[0] : undefined
    const shortened = lone && shorten(lone, { ...open, source, begin })
    const draw = (node: MarkdownNode, index: number): HTMLElement[] => {
      const isClosed = index < count
      const kept = index === 0 ? open.kept : null
      return blockElements(
        node,
        isClosed ? drawing : { ...drawing, unfinished: source, healedFrom },
        isClosed,
        kept,
      )
    }
    const drawn = children.map(draw)
    const nodes = morphAll(state.parent, open.nodes, drawn.flat(), drawing.kept)
    const closedNodes = nodes.splice(0, drawn.slice(0, count).flat().length)
    open.nodes = nodes
    for (const label of late.takeMissed()) open.missed.add(label)

    const settled = [...children.slice(0, count), ...(shortened?.nodes ?? [])]
    const from = (shortened?.from ?? end) - begin
    if (count > 0) {
      const text = open.before + open.rest.slice(0, from)
      state.source += text
      late.remember({ source: text, nodes: closedNodes, missed: open.missed })
      open = newOpen(open.rest.slice(from), open.nodes)
    } else if (shortened) {
      const { kept, lead } = shortened
      Object.assign(open, {
        before: open.before + open.rest.slice(0, from),
        rest: open.rest.slice(from),
        kept,
        lead,
      })
    }
    const added = definitions.addFrom(settled)
    if (added.some((label) => open.missed.has(label))) takeBack()
    for (const part of late.release(added)) renderAgain(part)
  }

  const renderAgain = ({ source, nodes }: Part): void => {
    const fresh = parse(source).root.children.flatMap((node) => blockElements(node, drawing, true))
    late.remember({
      source,
      nodes: morphAll(state.parent, nodes, fresh, drawing.kept),
      missed: late.takeMissed(),
    })
  }

  const add = (text: string): void => {
    let added = carried + text
    // Half of a line end is none yet.
    carried = added.endsWith('\r') ? '\r' : ''
    added = added.slice(0, added.length - carried.length)
    if (isAtStart) added = added.replace(/^\uFEFF/, '')
    isAtStart &&= added === ''
    open.rest += normalise(added)
  }

  return {
    state,
    push(text: string) {
      if (text === '' && !state.isBehind) return
      add(text)
      skippedFrames++
      unread += text.length
      const { length } = open.rest
      state.isBehind = skippedFrames < Math.floor(length / READ_PER_FRAME) && unread < length / 2
      if (state.isBehind) return
      skippedFrames = 0
      unread = 0
      render()
    },
    end() {
      if (state.hasEnded) return
      state.hasEnded = true
      state.isBehind = false
      open.rest += normalise(carried)
      render()
    },
  }
}

function newOpen(rest: string, nodes: ChildNode[]): Open {
  return { before: '', lead: '', rest, kept: null, missed: new Set(), isInFence: false, nodes }
}

function endsInFence(root: MarkdownNode): boolean {
  let node: MarkdownNode | undefined = root
  for (let last: MarkdownNode | undefined = root; last !== undefined; last = last.children.at(-1)) node = last
  return node.fences === 1
}

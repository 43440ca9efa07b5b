import { lineStart } from './source-lines.ts'

/** Further back than this, an open marker was not meant as one. */
const REACH = 4_096

const MOST_OPEN = 12

/** A line that is a block, or a row of one, by itself. */
const ONE_LINE = /^(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*(?:#{1,6}[ \t]|\||```|~~~)/

/** The markers of the blocks that a line begins, and a table row up to its last cell. */
const BLOCK_MARKERS = /^(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|\[[ xX]\][ \t]|\|(?:.*\|)?)+/

const TOKEN = /\\[\s\S]|`+|!?\[|\]|\*+|_+|~+/g

const WORD_CHARACTER = /[\p{L}\p{N}/]$/u

const BEFORE_NO_LINK = /(?:[\p{L}\p{N}\])]|(?:\/\/|www\.|@)\S*)$/iu

/** A link's address and title, whole; what is no address is not needed to tell where they end. */
const RESOURCE = /^\((?:[^()]|\([^()]*\))*\)/

/** The same as far as it has come, or the label of a reference; whatever does not match will be no link. */
const UNFINISHED = /^(?:\(\s*(?:<[^<>]*>?|[^\s<]\S*)?(?:\s+(?:["'(][^)]*)?)?|\[[^[\]]{0,100})?$/

/** So short a label is held until it is decided; most are no links: `[1]`, `[x]`. */
const SHORT_LABEL = 4

interface OpenMarker {
  readonly at: number
  readonly character: string
  length: number
}

/** An unfinished text as it can be read. */
export interface Healed {
  readonly text: string
  /** What was added at its end. Where more of it is to be seen once read, it was no help. */
  readonly closers: string
  /** Where in the text the block begins that was healed. */
  readonly start: number
}

/**
 * An unfinished text with what is open at its end closed, as if it ended well: `**bol` gets its two stars,
 * `[text](http://exa` is its text. It only ever adds markers of emphasis and code, and takes away brackets and
 * half addresses, so it makes no link that the text does not have.
 */
export function heal(text: string): Healed {
  const start = leafStart(text)
  const { text: leaf, closers } = healLeaf(text.slice(start))
  return { text: text.slice(0, start) + leaf, closers, start }
}

/** Whether the closers did what they were added for: then they, and what they closed, are not to be seen. */
export function hasHelped({ closers }: Healed, shown: string, read: string): boolean {
  const count = (text: string, character: string): number => text.split(character).length
  return [...closers].every((character) => count(read, character) < count(shown, character))
}

/** Where the last paragraph, heading or cell begins. */
function leafStart(text: string): number {
  let start = text.length
  while (start > 0 && text.length - start < REACH) {
    const before = lineStart(text, start - 1)
    const line = text.slice(before, start)
    // A heading or a table's row ends with its line.
    if (line.trim() === '' || (line.endsWith('\n') && ONE_LINE.test(line))) break
    const markers = BLOCK_MARKERS.exec(line)?.[0] ?? ''
    start = before
    if (markers.trim() !== '') return start + markers.length
  }
  return start
}

function healLeaf(leaf: string): Omit<Healed, 'start'> {
  const open: OpenMarker[] = []
  let text = leaf
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(leaf); match !== null && open.length < MOST_OPEN; match = TOKEN.exec(leaf)) {
    const [token] = match
    const at = match.index
    const rest = leaf.slice(TOKEN.lastIndex)
    const [before = ' ', next = ' '] = [leaf[at - 1], rest[0]]
    const marker: OpenMarker = { at, character: token.at(-1) ?? '', length: token.length }
    if (token.startsWith('\\')) continue
    if (marker.character === '`') {
      const closing = new RegExp(`(?<!\`)${token}(?!\`)`).exec(rest)
      // In code nothing else is markup.
      if (closing === null) return close(rest.trim() === '' ? leaf.slice(0, at) : leaf, [...open, marker])
      TOKEN.lastIndex += closing.index + token.length
    } else if (marker.character === '[') {
      // `list[0]` is no link, a link does not begin with a blank, and a bracket within an address stays there.
      if (!/[\s\]]/.test(next) && !BEFORE_NO_LINK.test(leaf.slice(0, at))) open.push(marker)
    } else if (marker.character === ']') {
      const index = open.findLastIndex(isBracket)
      const bracket = open[index]
      if (bracket === undefined) continue
      const resource = RESOURCE.exec(rest)?.[0]
      if (resource !== undefined) {
        // What is open inside of a link ends with it.
        open.splice(index)
        TOKEN.lastIndex += resource.length
      } else {
        open.splice(index, 1)
        if (!UNFINISHED.test(rest.trimEnd())) continue
        text = withoutBracket(leaf.slice(0, at), bracket)
        break
      }
    } else markRun(open, marker, before, next)
  }
  for (const bracket of open.filter(isBracket).reverse()) text = withoutBracket(text, bracket)
  return close(text, open)
}

/** Closes what the run of markers can close, and opens what it can open. */
function markRun(open: OpenMarker[], run: OpenMarker, before: string, next: string): void {
  for (;;) {
    const last = open.at(-1)
    if (last?.character !== run.character || /\s/.test(before)) break
    const shared = Math.min(last.length, run.length)
    last.length -= shared
    run.length -= shared
    if (last.length === 0) open.pop()
    if (run.length === 0) return
  }
  // `2*3` is more often a product than emphasis, and one tilde is "about".
  const opens = !/\s/.test(next) && !WORD_CHARACTER.test(before) && run.length < 4
  if (opens && (run.character !== '~' || run.length === 2)) open.push(run)
}

function isBracket({ character }: OpenMarker): boolean {
  return character === '['
}

function withoutBracket(text: string, { at, length }: OpenMarker): string {
  const label = text.slice(at + length)
  return text.slice(0, at) + (label.length > SHORT_LABEL ? label : '')
}

function close(text: string, open: readonly OpenMarker[]): Omit<Healed, 'start'> {
  let inside = text.trimEnd()
  let closers = ''
  for (const { character, length } of open.filter((marker) => !isBracket(marker)).reverse()) {
    const run = character.repeat(length)
    // With nothing inside there is nothing to close.
    if (closers === '' && inside.endsWith(run)) inside = inside.slice(0, -length).trimEnd()
    else closers += run
  }
  return inside === text.trimEnd() && closers === '' ? { text, closers } : { text: inside + closers, closers }
}

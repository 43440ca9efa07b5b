import type { Chunk, Construct, Extension } from 'micromark-util-types'
import { bareAddresses } from './bare-address.ts'
import { boundConstructs } from './bounds.ts'
import { compile } from './compile.ts'
import { gfmStrikethrough, gfmTable, parse, postprocess } from './micromark.ts'
import type { MarkdownNode } from './node.ts'

/** Which labels have a definition. Asked while text is parsed, because `[this]` is a link only where `this` is defined. */
export interface Labels {
  has(label: string): boolean
  /** A definition was read. */
  add(label: string): void
}

export interface Parsed {
  readonly root: MarkdownNode
  /** What the offsets of the tree count in. */
  readonly source: string
}

/**
 * A parser of CommonMark with GitHub's tables, strikethrough, task lists and bare links, and without
 * HTML: a tag is the text it is written as.
 */
export function createParser(labels: Labels): (text: string) => Parsed {
  const defined = Object.assign([] as string[], {
    includes: (label: string) => labels.has(label),
    push(...added: string[]) {
      for (const label of added) labels.add(label)
      return 0
    },
  })
  const prepare: Construct = {
    tokenize(_effects, _ok, nok) {
      if (this.parser.defined !== defined) {
        this.parser.defined = defined
        boundConstructs(this.parser.constructs)
      }
      return nok
    },
  }
  const extensions: Extension[] = [
    bareAddresses,
    gfmStrikethrough(),
    gfmTable(),
    { disable: { null: ['htmlFlow', 'htmlText'] }, document: { null: prepare } },
  ]
  return (text) => {
    // The blank line lets `prepare` run before anything else is read.
    const source = `\n${text}`
    const events = postprocess(parse({ extensions }).document().write(chunksOf(source)))
    return { root: compile(events, source), source }
  }
}

/** The codes that the tokenizer takes for what is no character of its own to CommonMark. */
const [TAB, BLANK_OF_TAB, LINE_END, END] = [-2, -1, -4, null]

/** The source as the tokenizer takes it: every tab as wide as it is, and line ends by themselves. */
function chunksOf(source: string): Chunk[] {
  const chunks: Chunk[] = []
  let column = 0
  for (const part of source.split(/([\n\t])/)) {
    if (part === '\n') {
      chunks.push(LINE_END)
      column = 0
    } else if (part === '\t') {
      const blanks = 3 - (column % 4)
      chunks.push(TAB, ...Array<Chunk>(blanks).fill(BLANK_OF_TAB))
      column += blanks + 1
    } else if (part !== '') {
      chunks.push(part)
      column += part.length
    }
  }
  chunks.push(END)
  return chunks
}

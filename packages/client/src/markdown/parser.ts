import type { Construct, Extension } from 'micromark-util-types'
import { bareAddresses } from './bare-address.ts'
import { boundConstructs } from './bounds.ts'
import { compile } from './compile.ts'
import { gfmStrikethrough, gfmTable, parse, postprocess, preprocess } from './micromark.ts'
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
    // The blank line lets `prepare` run before anything else is read. The parser takes one byte order mark
    // away: ours, so that it leaves one in the text alone.
    const source = `\n${text}`
    const chunks = preprocess()(`\uFEFF${source}`, undefined, true)
    return { root: compile(postprocess(parse({ extensions }).document().write(chunks)), source), source }
  }
}

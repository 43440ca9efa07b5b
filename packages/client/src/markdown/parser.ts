import type { Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal'
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough'
import { gfmTable } from 'micromark-extension-gfm-table'
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item'
import type { Construct, Extension } from 'micromark-util-types'
import { boundConstructs } from './bounds.ts'
import { nodes } from './nodes.ts'

/** Which labels have a definition. Asked while text is parsed, because `[this]` is a link only where `this` is defined. */
export interface Labels {
  isDefined(label: string): boolean
  /** A definition was read; `label` is normalised as in `isDefined`. */
  define(label: string): void
}

export interface Parsed {
  readonly root: Root
  /** What the offsets of the tree's positions count in. */
  readonly source: string
}

/**
 * A parser of CommonMark with GitHub's tables, strikethrough, task lists and bare links, and without
 * HTML: a tag is the text it is written as.
 */
export function createParser(labels: Labels): (text: string) => Parsed {
  const defined = Object.assign([] as string[], {
    includes: (label: string) => labels.isDefined(label),
    push(...added: string[]) {
      for (const label of added) labels.define(label)
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
    gfmAutolinkLiteral(),
    gfmStrikethrough(),
    gfmTable(),
    gfmTaskListItem(),
    { disable: { null: ['htmlFlow', 'htmlText'] }, document: { null: prepare } },
  ]
  return (text) => {
    // The blank line lets `prepare` run before anything else is read. The parser takes one byte order mark
    // away: ours, so that it leaves one in the text alone.
    const source = `\n${text}`
    return { root: fromMarkdown(`\uFEFF${source}`, { extensions, mdastExtensions: [nodes] }), source }
  }
}

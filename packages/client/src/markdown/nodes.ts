import type { Extension, Handle } from 'mdast-util-from-markdown'

/** A character that was escaped or written as a reference: it is that character, and never markup. */
export interface LiteralNode {
  readonly type: 'literal'
  value: string
  position?: import('mdast').Text['position']
}

declare module 'mdast' {
  interface PhrasingContentMap {
    literal: LiteralNode
  }
  interface RootContentMap {
    literal: LiteralNode
  }
  interface LinkData {
    /** A bare address in the text, such as `www.example.com`: where it ends is known only once something else follows. */
    isBare?: boolean
  }
  interface CodeData {
    /** How many of a fenced block's two fences are there. */
    fences?: number
  }
}

/**
 * Syntax tree nodes for what GitHub's markdown adds to CommonMark. (The `mdast-util-gfm-*` packages do the
 * same and bring a search-and-replace over the tree, and the way back to markdown, that nothing here needs.)
 */
export const nodes: Extension = {
  canContainEols: ['delete'],
  enter: {
    characterEscape: enterLiteral,
    characterReference: enterLiteral,
    codeFencedFenceSequence: countFence,
    literalAutolink: function (token) {
      this.enter({ type: 'link', title: null, url: '', children: [], data: { isBare: true } }, token)
    },
    literalAutolinkEmail: enterBare,
    literalAutolinkHttp: enterBare,
    literalAutolinkWww: enterBare,
    strikethrough: function (token) {
      this.enter({ type: 'delete', children: [] }, token)
    },
    table: function (token) {
      const align = (token._align ?? []).map((side) => (side === 'none' ? null : side))
      this.enter({ type: 'table', align, children: [] }, token)
    },
    tableData: enterCell,
    tableHeader: enterCell,
    tableRow: function (token) {
      this.enter({ type: 'tableRow', children: [] }, token)
    },
  },
  exit: {
    codeText: exitCodeText,
    literalAutolink: exit,
    literalAutolinkEmail: exitBare('mailto:'),
    literalAutolinkHttp: exitBare(''),
    literalAutolinkWww: exitBare('http://'),
    paragraph: exitParagraph,
    strikethrough: exit,
    table: exit,
    tableData: exit,
    tableHeader: exit,
    tableRow: exit,
    taskListCheckValueChecked: tick(true),
    taskListCheckValueUnchecked: tick(false),
  },
}

function exit(this: ThisParameterType<Handle>, token: Parameters<Handle>[0]): undefined {
  this.exit(token)
}

function enterCell(this: ThisParameterType<Handle>, token: Parameters<Handle>[0]): undefined {
  this.enter({ type: 'tableCell', children: [] }, token)
}

/** In a node of its own, so that what is left in a text node stands in the source as it is. */
function enterLiteral(this: ThisParameterType<Handle>, token: Parameters<Handle>[0]): undefined {
  const parent = this.stack.at(-1)
  if (parent === undefined || !('children' in parent)) return
  const literal: LiteralNode = { type: 'literal', value: '' }
  literal.position = { start: { ...token.start }, end: { ...token.end } }
  const siblings: unknown[] = parent.children
  siblings.push(literal)
  this.stack.push(literal)
}

function enterBare(this: ThisParameterType<Handle>, token: Parameters<Handle>[0]): undefined {
  this.config.enter.data?.call(this, token)
}

function exitBare(prefix: string): Handle {
  return function (token) {
    this.config.exit.data?.call(this, token)
    const link = this.stack.at(-1)
    if (link?.type === 'link') link.url = prefix + this.sliceSerialize(token)
  }
}

function countFence(this: ThisParameterType<Handle>): undefined {
  const code = this.stack.findLast((node) => node.type === 'code')
  if (code !== undefined) code.data = { fences: (code.data?.fences ?? 0) + 1 }
}

/** In a table, a pipe inside code must be escaped, and so the escape is none of the code. */
function exitCodeText(this: ThisParameterType<Handle>, token: Parameters<Handle>[0]): undefined {
  const value = this.resume()
  const code = this.stack.at(-1)
  const isInTable = this.stack.some(({ type }) => type === 'tableCell')
  if (code?.type === 'inlineCode') code.value = isInTable ? value.replaceAll('\\|', '|') : value
  this.exit(token)
}

function tick(checked: boolean): Handle {
  return function () {
    const item = this.stack.at(-2)
    if (item?.type === 'listItem') item.checked = checked
  }
}

/** The blank after a task's box belongs to the box. */
function exitParagraph(this: ThisParameterType<Handle>, token: Parameters<Handle>[0]): undefined {
  const [paragraph, item] = [this.stack.at(-1), this.stack.at(-2)]
  if (paragraph?.type === 'paragraph' && item?.type === 'listItem' && typeof item.checked === 'boolean') {
    const head = paragraph.children[0]
    if (item.children.find(({ type }) => type === 'paragraph') === paragraph && head?.type === 'text')
      head.value = head.value.slice(1)
  }
  this.exit(token)
}

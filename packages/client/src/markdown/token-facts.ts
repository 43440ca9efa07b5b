import type { TokenType } from 'micromark-util-types'
import { decodeString, normalizeIdentifier } from './micromark.ts'
import { createNode, type MarkdownNode, type NodeType } from './node.ts'

/** Finds the innermost open node of these types. */
export type Innermost = (...types: readonly NodeType[]) => MarkdownNode | undefined

/** What a token, with its source, says of the node that it is in. */
type Fact = (node: MarkdownNode, source: string, innermost: Innermost) => void

type Facts = Readonly<Partial<Record<TokenType, Fact>>>

/** Keeps the source in a field of the node, read in this way. */
function keepAs(field: 'info' | 'label' | 'title' | 'url', read: (source: string) => string): Fact {
  return (node, source) => {
    node[field] = read(source)
  }
}

const address = keepAs('url', decodeString)
const title = keepAs('title', decodeString)
const label = keepAs('label', normalizeIdentifier)

/** An address that stands in the text as it is. */
function shownAddress(prefix: string): Fact {
  return (node, source) => {
    node.children.push(createNode('text', node.start, node.end, source))
    node.url = prefix + source
  }
}

/** Tokens that say something, with whatever is inside of them. */
export const FACTS: Facts = {
  atxHeadingSequence: (node, source) => {
    node.level ??= source.length
  },
  autolinkEmail: shownAddress('mailto:'),
  autolinkProtocol: shownAddress(''),
  codeFencedFenceInfo: keepAs('info', decodeString),
  codeFencedFenceMeta: () => {},
  codeFencedFenceSequence: (node) => {
    node.fences = (node.fences ?? 0) + 1
  },
  definitionDestinationString: address,
  definitionLabelString: label,
  definitionTitleString: title,
  listItemValue: (_, source, innermost) => {
    const list = innermost('ol')
    if (list !== undefined) list.first ??= Number(source)
  },
  referenceString: label,
  resourceDestinationString: address,
  resourceTitleString: title,
  setextHeadingLineSequence: (node, source) => {
    node.level = source.startsWith('=') ? 1 : 2
  },
}

/** What is known of a node only once all of it was read. */
export function finishNode(node: MarkdownNode, innermost: Innermost): void {
  const { type, children } = node
  if (type === 'heading') {
    const last = children.at(-1)
    // The end of the line before the underline.
    if (last?.type === 'text') last.value = last.value.trimEnd()
  } else if (type === 'code') {
    const value = takeText(node)
    const body = node.fences === undefined ? value : value.replace(/^\n/, '')
    node.value = body.replace(/\n$/, '')
  } else if (type === 'item') {
    const text = children.find((child) => child.type === 'paragraph')?.children[0]
    const box = text?.type === 'text' ? TASK.exec(text.value) : null
    if (text === undefined || box === null) return
    node.checked = /x/i.test(box[0])
    text.value = text.value.slice(box[0].length)
  } else if (type === 'codeText') {
    const value = takeText(node).replaceAll('\n', ' ')
    // In a table, a pipe inside code must be escaped, and so the escape is none of the code.
    node.value = innermost('cell') === undefined ? value : value.replace(/\\([\\|])/g, withoutEscape)
  }
}

/** A box, and after it a blank and something to do. */
const TASK = /^\[[\sxX]\](?=\s)/

function withoutEscape(escaped: string, character: string): string {
  return character === '|' ? '|' : escaped
}

function takeText(node: MarkdownNode): string {
  return node.children
    .splice(0)
    .map(({ value }) => value)
    .join('')
}

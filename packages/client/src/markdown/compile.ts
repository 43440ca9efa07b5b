import type { Event, TokenType } from 'micromark-util-types'
import { bareLink, linkMailAddresses } from './bare-address.ts'
import { decodeString, normalizeIdentifier } from './micromark.ts'
import { createNode, type MarkdownNode, type NodeType } from './node.ts'
import { FACTS, finishNode } from './token-facts.ts'

/** Tokens that are nodes. */
const NODES: Readonly<Partial<Record<TokenType, NodeType>>> = {
  atxHeading: 'heading',
  autolink: 'link',
  blockQuote: 'blockquote',
  codeFenced: 'code',
  codeIndented: 'code',
  codeText: 'codeText',
  definition: 'definition',
  emphasis: 'em',
  hardBreakEscape: 'br',
  hardBreakTrailing: 'br',
  image: 'image',
  link: 'link',
  listOrdered: 'ol',
  listUnordered: 'ul',
  paragraph: 'paragraph',
  setextHeading: 'heading',
  strikethrough: 'del',
  strong: 'strong',
  table: 'table',
  tableData: 'cell',
  tableHeader: 'cell',
  tableRow: 'row',
  thematicBreak: 'rule',
}

/** Tokens whose source is text. */
const TEXTS: ReadonlySet<string> = new Set(['codeFlowValue', 'codeTextData', 'data'])

/** Nodes in which the end of a line is text. */
const HOLDS_LINES: ReadonlySet<string> = new Set(
  'code codeText del em heading image link paragraph strong'.split(' '),
)

const HOLDS_TEXT: ReadonlySet<string> = new Set(['cell', 'heading', 'paragraph'])

/** Makes the tree of what the tokenizer found in the source. */
export function compile(events: readonly Event[], source: string): MarkdownNode {
  const root = createNode('root')
  const stack = [root]
  let node = root
  /** The list that a blank line stands in, until it is known whether anything of that list follows it. */
  let blankIn: MarkdownNode | undefined
  /** Right after an item's marker: a blank rest of that line separates nothing. */
  let isAtMarker = false

  const innermost = (...types: readonly NodeType[]): MarkdownNode | undefined =>
    stack.findLast(({ type }) => types.includes(type))
  const container = (): MarkdownNode | undefined => innermost('blockquote', 'ol', 'ul')

  const open = (opened: MarkdownNode): void => {
    if (blankIn !== undefined && container() === blankIn) blankIn.isLoose = true
    blankIn = undefined
    node.children.push(opened)
    stack.push(opened)
    node = opened
  }
  const close = (end: number): void => {
    node.end = end
    finishNode(node, innermost)
    if (HOLDS_TEXT.has(node.type)) linkMailAddresses(node)
    stack.pop()
    node = stack.at(-1) ?? root
    joinIndentedCode(node, source)
  }
  // The tokenizer has no token for an item: it goes on to the next one's prefix, or to the list's end.
  const closeItem = (end: number): void => {
    if (node.type === 'item') close(end)
  }

  for (let index = 0; index < events.length; index++) {
    const [kind, token, context] = events[index] ?? []
    if (token === undefined || context === undefined) continue
    const { type } = token
    const isEnter = kind === 'enter'
    const { offset: start } = token.start
    const { offset: end } = token.end
    const nodeType = NODES[type]
    const slice = (): string => context.sliceSerialize(token)

    if (type === 'listItemPrefix') {
      if (isEnter) {
        closeItem(start)
        open(createNode('item', start))
      }
    } else if (nodeType !== undefined) {
      if (isEnter) open(Object.assign(createNode(nodeType, start, end), { align: token._align }))
      else {
        closeItem(end)
        close(end)
      }
    } else if (isEnter) {
      const fact = FACTS[type]
      if (fact !== undefined) {
        fact(node, slice(), innermost)
        // Whatever is inside of it has been said with it.
        while (index < events.length - 1 && events[index + 1]?.[1] !== token) index++
      } else if (type === 'lineEndingBlank') {
        const list = container()
        if (list?.type !== 'blockquote' && !isAtMarker) blankIn = list
      } else if (type === 'characterEscapeValue' || type === 'characterReference') {
        const value = type === 'characterReference' ? decodeString(slice()) : slice()
        node.children.push(createNode('literal', start, end, value))
      } else if (type === 'bareAddress') {
        node.children.push(
          bareLink(slice(), /^www/i.test(slice()) ? `http://${slice()}` : slice(), start, end),
        )
      } else if (type === 'labelText') {
        node.label = normalizeIdentifier(slice())
      } else if (type === 'resource') {
        node.url = ''
      } else if (
        TEXTS.has(type) ||
        (type === 'lineEnding' &&
          HOLDS_LINES.has(node.type) &&
          node.url === undefined &&
          node.children.at(-1)?.type !== 'br')
      ) {
        addText(node, slice(), start, end)
      }
    }
    if (type !== 'linePrefix') isAtMarker = type === 'listItemPrefix' && !isEnter
  }
  return root
}

function addText({ children }: MarkdownNode, value: string, start: number, end: number): void {
  const last = children.at(-1)
  if (last?.type !== 'text') {
    children.push(createNode('text', start, end, value))
    return
  }
  last.value += value
  last.end = end
}

/**
 * Two blocks of indented code with nothing but blank lines between are one. The tokenizer parts them after the
 * first line where that line ended a list.
 */
function joinIndentedCode({ children }: MarkdownNode, source: string): void {
  const [first, second] = [children.at(-2), children.at(-1)]
  if (first === undefined || second === undefined || !isIndented(first) || !isIndented(second)) return
  const between = source.slice(first.end, second.start).replace(/^(?: {0,3}\t| {0,4})/gm, '')
  first.value += between + second.value
  first.end = second.end
  children.pop()
}

function isIndented({ type, fences }: MarkdownNode): boolean {
  return type === 'code' && fences === undefined
}

/** Part of a document. What a type does not have is absent, or empty. */
export interface MarkdownNode {
  readonly type: NodeType
  /** Offsets in the source that was parsed. */
  start: number
  end: number
  children: MarkdownNode[]
  /** Of text and code. */
  value: string
  /** Of a heading, 1 to 6. */
  level?: number
  /** Of a link, an image, a definition. A link without one leads to its `label`. */
  url?: string
  title?: string
  /** The label of a definition, or that a link names, normalised. */
  label?: string
  /** Of a bare address in the text, such as `www.example.com`: where it ends is known only once something else follows. */
  isBare?: boolean
  /** Of code: what its opening fence says. */
  info?: string
  /** Of code: how many of its two fences are there; none of indented code. */
  fences?: number
  /** Of a numbered list: its first number. */
  first?: number
  /** Of a list: a blank line stands between two items or inside of one, and so its items are made of paragraphs. */
  isLoose?: boolean
  /** Of an item of a task list. */
  checked?: boolean
  /** Of a table: one a column. */
  align?: readonly ('left' | 'right' | 'center' | 'none')[]
}

export type NodeType =
  | 'root'
  | 'blockquote'
  | 'code'
  | 'definition'
  | 'heading'
  | 'item'
  | 'ol'
  | 'ul'
  | 'paragraph'
  | 'rule'
  | 'table'
  | 'row'
  | 'cell'
  | 'br'
  | 'del'
  | 'em'
  | 'image'
  | 'codeText'
  | 'link'
  /** An escaped character or a character reference: it is that character, and never markup. */
  | 'literal'
  | 'strong'
  | 'text'

export function createNode(type: NodeType, start = 0, end = 0, value = ''): MarkdownNode {
  return { type, start, end, children: [], value }
}

/** All text inside; of an image, its description. */
export function plainText({ value, children }: Pick<MarkdownNode, 'value' | 'children'>): string {
  return value + children.map(plainText).join('')
}

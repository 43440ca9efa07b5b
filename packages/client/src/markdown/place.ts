import type { MarkdownNode } from './node.ts'

/** A marker in a text node. */
export interface Place {
  readonly children: readonly MarkdownNode[]
  readonly index: number
  readonly at: number
  readonly marker: string
  readonly source: string
}

/** Everything after the marker: the rest of its text node and the nodes that follow. */
export function restAfter({ children, index, at, marker }: Place): MarkdownNode[] {
  const child = children[index]
  if (child?.type !== 'text') return []
  const value = child.value.slice(at + marker.length)
  const following = children.slice(index + 1)
  return value === '' ? following : [{ ...child, value }, ...following]
}

/** The source after the marker; `null` where a line end hides which character of it the marker is. */
export function sourceAfter({ children, index, at, marker, source }: Place): string | null {
  const child = children[index]
  if (child?.type !== 'text') return null
  const rest = child.value.slice(at + marker.length)
  return /[\r\n]/.test(rest) ? null : source.slice(child.end - rest.length)
}
